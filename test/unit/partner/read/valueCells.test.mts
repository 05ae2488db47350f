import { badEmail } from '../../../../rakuten/partner/read/emailCell';
import { badUrls } from '../../../../rakuten/partner/read/urlCell';

/** Microseconds of processor time of the best of some runs; what other processes do adds nothing. */
function leastWork(work: () => void): number {
	const runs = Array.from({ length: 5 }, () => {
		const before = process.cpuUsage();
		work();
		return process.cpuUsage(before).user;
	});
	return Math.min(...runs);
}

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

	it.each([
		['a.', ''],
		['-', ''],
		['a-', '.'],
		['a', ''],
		['a,', ''],
		['@', ''],
	])('is checked in time that grows linearly with its length: %j', (part, end) => {
		const workOn = (times: number) => {
			const hostile = part.repeat(times) + end;
			return leastWork(() => {
				badUrls(hostile);
				badEmail(`a@${hostile}`);
			});
		};
		// Four times the letters are four times the work; a quadratic search would take sixteen times.
		expect(workOn(80_000)).toBeLessThan(10 * workOn(20_000) + 10_000);
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
