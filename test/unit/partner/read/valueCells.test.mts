import { badEmail } from '../../../../rakuten/partner/read/emailCell';
import { badUrls } from '../../../../rakuten/partner/read/urlCell';

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
	])('%j has invalid URLs: %j', (cell, bad) => expect(badUrls(cell)).toEqual(bad));

	it('is looked through up to 4,000 characters: a longer one is too long anyway', () => {
		const cell = (letters: number) => `n/a${' '.repeat(letters - 3)}`;
		expect(badUrls(cell(4000))).toEqual(['n/a']);
		expect(badUrls(cell(4001))).toEqual([]);
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
		[`jane@${'example.'.repeat(600)}com`, 'is not an e-mail address'],
	])('%j: %s', (cell, reason) => expect(badEmail(cell)).toBe(reason));
});
