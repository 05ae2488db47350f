import fc from 'fast-check';
import { badEmail } from '../../../rakuten/partner/emailCell';
import { makeHarmless, undoHarmless } from '../../../rakuten/partner/formulaCells';
import { readSiteIdCell } from '../../../rakuten/partner/siteIdCell';
import { badUrls } from '../../../rakuten/partner/urlCell';

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
	])('%j is none: %s', (cell, text) => {
		expect(readSiteIdCell(cell)).toEqual({
			siteId: undefined,
			finding: { kind: 'noSiteId', text },
		});
	});
});

describe('a cell with URLs', () => {
	it.each([
		'https://www.example.com/',
		'http://example.co.uk:8080/a?b=c#d',
		'example.com',
		'WWW.Example.COM',
		'//cdn.example.com/x',
		'example.com/a,b,c',
		'https://a.example, b.example',
		'a.example,b.example',
		'https://a.example\nhttps://b.example\r\n',
		'a.example; b.example | c.example',
		'bücher.example',
		'例え.テスト',
		'xn--bcher-kva.example',
		'my_shop.example',
		'<https://a.example>',
		'https://user@example.com/',
		'itms-apps://itunes.apple.com/app/id1',
		'',
	])('%j is all right', (cell) => expect(badUrls(cell)).toEqual([]));

	it.each([
		['n/a', ['n/a']],
		['none yet', ['none', 'yet']],
		['localhost', ['localhost']],
		['https://', ['https://']],
		['a.example, see notes', ['see', 'notes']],
		['a.example,none', ['none']],
		['javascript:alert(1)', ['javascript:alert(1)']],
		['1.2', ['1.2']],
		['jane@', ['jane@']],
	])('%j has what is none: %j', (cell, bad) => expect(badUrls(cell)).toEqual(bad));

	it('is looked through in a time that grows with its length only', () => {
		const started = Date.now();
		for (const hostile of ['a.'.repeat(50_000), '-'.repeat(100_000), 'a-'.repeat(50_000) + '.']) {
			badUrls(hostile);
			badEmail(`a@${hostile}`);
		}
		expect(Date.now() - started).toBeLessThan(2000);
	});
});

describe('an e-mail address', () => {
	it.each([
		'',
		'jane@example.com',
		'j.d+x@sub.example.co.uk',
		"o'neill@example.com",
		'jörg@müller.example',
	])('%j is all right', (cell) => expect(badEmail(cell)).toBeUndefined());

	it.each([
		['n/a', 'is not an e-mail address'],
		['jane@example', 'is not an e-mail address'],
		['jane@@example.com', 'is not an e-mail address'],
		['Jane <jane@example.com>', 'is not an e-mail address'],
		['jane example.com', 'is not an e-mail address'],
		['@example.com', 'is not an e-mail address'],
		[`${'x'.repeat(65)}@example.com`, 'is not an e-mail address'],
		['jane@example.com; joe@example.com', 'holds 2 e-mail addresses'],
		['jane@example.com,joe@example.com', 'holds 2 e-mail addresses'],
	])('%j: %s', (cell, reason) => expect(badEmail(cell)).toBe(reason));
});

describe('a cell like a formula', () => {
	it.each([
		['=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'],
		['+44 20', "'+44 20"],
		['-1', "'-1"],
		['@sum', "'@sum"],
		['\t=1', "'\t=1"],
		["'=1", "''=1"],
		["'tis", "'tis"],
		['a=1', 'a=1'],
		['', ''],
	])('%j is made harmless as %j', (cell, harmless) => {
		expect(makeHarmless(cell)).toBe(harmless);
	});

	it('comes back as it was, whatever it was', () => {
		const anyCell = fc
			.array(fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', 'a', ' '), { maxLength: 6 })
			.map((parts) => parts.join(''));
		fc.assert(
			fc.property(fc.oneof(anyCell, fc.string()), (cell) => {
				expect(undoHarmless(makeHarmless(cell))).toBe(cell);
				expect(makeHarmless(cell)).not.toMatch(/^[=+\-@\t\r]/);
			}),
			{ numRuns: 1000 },
		);
	});
});
