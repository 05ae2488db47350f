import { readSiteIdCell } from '../../../../rakuten/partner/read/siteIdCell';

describe('a Site ID', () => {
	it.each(['3771737', ' 3771737 ', '42', '0003771737', '123456789012345678'])(
		'%j is taken as it is',
		(cell) => expect(readSiteIdCell(cell)).toEqual({ siteId: cell.trim() }),
	);

	it.each([
		['3,771,737', '3771737'],
		['3.771.737', '3771737'],
		['3 771 737', '3771737'],
		['3771737.0', '3771737'],
		['3771737.00', '3771737'],
		["'3771737", '3771737'],
	])('%j, as spreadsheets write it, is %s with a warning', (cell, siteId) => {
		const reading = readSiteIdCell(cell);
		expect(reading.siteId).toBe(siteId);
		expect(reading.finding!.kind).toBe('siteIdRewritten');
		expect(reading.finding!.text).toContain(`"${cell}"`);
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
		['3,77,737', 'Site ID "3,77,737" is not a number'],
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
