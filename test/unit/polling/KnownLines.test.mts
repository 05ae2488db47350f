import fc from 'fast-check';

import { KnownLines, lineHash } from '../../../rakuten/polling/KnownLines';

const moments = fc.integer({ min: 0, max: 4_000_000_000_000 });
const entries = fc.array(fc.tuple(fc.string(), moments), { maxLength: 60 });

function known(lines: Array<[string, number]>): KnownLines {
	const made = new KnownLines();
	for (const [id, at] of lines) made.add(lineHash(id), at);
	return made;
}

describe('known lines', () => {
	it('are read as they were written', () => {
		fc.assert(
			fc.property(entries, (lines) => {
				const written = known(lines).write();
				const read = KnownLines.read(written)!;
				expect(read.write()).toBe(written);
				for (const [id] of lines) expect(read.has(lineHash(id))).toBe(true);
				expect(read.has(lineHash('another line altogether'))).toBe(false);
			}),
		);
	});

	it('are known by a short hash that differs with the ID', () => {
		const hashes = Array.from({ length: 20_000 }, (_, index) => lineHash(`line ${index}`));
		expect(new Set(hashes).size).toBe(20_000);
		expect(hashes.every((each) => /^[\w-]{10}$/.test(each))).toBe(true);
	});

	it('take little room', () => {
		const lines = Array.from({ length: 1000 }, (_, index): [string, number] => [
			`line ${index}`,
			1_790_000_000_000 + (index % 30) * 60_000,
		]);
		expect(known(lines).write().length).toBeLessThan(10_400);
	});

	it('are forgotten by the minute, from the oldest on', () => {
		const lines = known([
			['a', 60_000],
			['b', 119_999],
			['c', 120_000],
			['d', 300_000],
		]);
		lines.forgetBefore(119_000);
		expect(lines.size).toBe(4);
		lines.forgetBefore(120_001);
		expect(['a', 'b', 'c', 'd'].map((id) => lines.has(lineHash(id)))).toEqual([
			false,
			false,
			true,
			true,
		]);
		expect(lines.forgetOldest(2)).toBeUndefined();
		expect(lines.forgetOldest(1)).toBe(179_999);
		expect(lines.has(lineHash('d'))).toBe(true);
		expect(lines.size).toBe(1);
	});

	it('are written by the minute, the earliest first', () => {
		const lines = known([
			['c', 36 * 60_000],
			['a', 59_999],
			['b', 36 * 60_000 + 1],
		]);
		const [a, b, c] = ['a', 'b', 'c'].map(lineHash);
		expect(lines.write()).toBe(`0:${a} 10:${c}${b}`);
		expect(KnownLines.read('')!.size).toBe(0);
		expect(new KnownLines().write()).toBe('');
	});

	it('are forgotten by age, whichever was added first', () => {
		const lines = known([
			['late', 300_000],
			['early', 60_000],
			['middle', 120_000],
		]);
		expect(lines.forgetOldest(3)).toBeUndefined();
		expect(lines.forgetOldest(1)).toBe(179_999);
		expect(lines.has(lineHash('late'))).toBe(true);
	});

	it('take over those of others, with their minutes', () => {
		const lines = known([['a', 60_000]]);
		lines.addAll(known([['b', 120_000]]));
		expect(lines.write()).toBe(`1:${lineHash('a')} 2:${lineHash('b')}`);
	});

	it.each([
		'x',
		' ',
		'1:aaaaaaaaaa2:bbbbbbbbbb',
		'1234567890:aaaaaaaaaa',
		'1:aaaaaaaaaa bbbbbbbbbb',
		'x1:!',
		'1:',
		'1:short',
		'q9:aaaaaaaaaa ',
		'-1:aaaaaaaaaa',
		'1:aaaaaaaaa!',
		'1:aaaaaaaaaa  2:bbbbbbbbbb',
	])('are not read from %j', (text) => {
		expect(KnownLines.read(text)).toBeUndefined();
	});
});
