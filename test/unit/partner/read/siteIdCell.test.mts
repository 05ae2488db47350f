import { readSiteIdCell } from '../../../../rakuten/partner/read/siteIdCell';

describe('a Site ID', () => {
	it.each(['3771737', ' 3771737 ', '42', '123456789012345678'])('%j is taken as it is', (cell) =>
		expect(readSiteIdCell(cell)).toEqual({ siteId: cell.trim() }),
	);

	it.each([
		['3,771,737', '3771737'],
		['3.771.737', '3771737'],
		['3 771 737', '3771737'],
		['3771737.0', '3771737'],
		['3771737.00', '3771737'],
		["'3771737", '3771737'],
		["' 3771737", '3771737'],
		['="3771737"', '3771737'],
		['="3,771,737"', '3771737'],
		['="03771737"', '3771737'],
		['3’771’737', '3771737'],
		["3'771'737", '3771737'],
		['3\u00a0771\u00a0737', '3771737'],
		['37,71,737', '3771737'],
		['3,77,737', '377737'],
		['03771737', '3771737'],
		['0003771737', '3771737'],
		["'03771737.0", '3771737'],
	])('%j, as spreadsheets write it, is %s with a warning', (cell, siteId) => {
		expect(readSiteIdCell(cell)).toEqual({
			siteId,
			finding: { kind: 'siteIdRewritten', text: `Site ID is written "${cell}"; ${siteId} is used` },
		});
	});

	it.each([
		['\u200b3771739', '"<U+200B>3771739"'],
		['3771739 \u200e', '"3771739 <U+200E>"'],
		['\u200d="377\u00ad1739"\u2060', '"<U+200D>="377<U+00AD>1739"<U+2060>"'],
		['\u202a3,771,739\u202c', '"<U+202A>3,771,739<U+202C>"'],
	])('%j has invisible characters, which are shown', (cell, shown) => {
		const { siteId, finding } = readSiteIdCell(cell);
		expect(siteId?.endsWith('71739')).toBe(true);
		expect(finding).toEqual({
			kind: 'siteIdRewritten',
			text: `Site ID is written ${shown}; ${siteId} is used`,
		});
	});

	it.each([
		['', 'No Site ID'],
		['   ', 'No Site ID'],
		['1.23E+06', 'Site ID "1.23E+06" was shortened by a spreadsheet; its digits are lost'],
		['1,23e+6', 'Site ID "1,23e+6" was shortened by a spreadsheet; its digits are lost'],
		['4E+06', 'Site ID "4E+06" was shortened by a spreadsheet; its digits are lost'],
		['####', 'Site ID "####" was hidden by a spreadsheet whose column was too narrow'],
		['n/a', 'Site ID "n/a" is not a number'],
		['3771737.5', 'Site ID "3771737.5" is not a number'],
		['-3771737', 'Site ID "-3771737" is not a number'],
		['771,000', 'Site ID "771,000" is not a number'],
		['1.000', 'Site ID "1.000" is not a number'],
		['3,7717,37', 'Site ID "3,7717,37" is not a number'],
		['3,771.737', 'Site ID "3,771.737" is not a number'],
		['="3771737', 'Site ID "="3771737" is not a number'],
		['00', 'Site ID "00" is not a number'],
		['\u200b', 'No Site ID'],
		['n\u200b/a', 'Site ID "n<U+200B>/a" is not a number'],
		['0', 'Site ID "0" is not a number'],
		['1234567890123456789', 'Site ID "1234567890123456789" is not a number'],
		['٣٧٧١', 'Site ID "٣٧٧١" is not a number'],
	])('%j is not valid: %s', (cell, text) => {
		expect(readSiteIdCell(cell)).toEqual({
			siteId: undefined,
			finding: { kind: 'noSiteId', text },
		});
	});
});
