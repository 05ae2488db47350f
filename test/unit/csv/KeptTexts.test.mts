import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { KeptTexts, ownCopy } from '../../../rakuten/csv/KeptTexts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** By how many megabytes what `make` returns enlarges the heap. */
function megabytesOf(make: () => unknown): number {
	collectGarbage();
	const before = process.memoryUsage().heapUsed;
	const kept = [make()];
	collectGarbage();
	const after = process.memoryUsage().heapUsed;
	expect(kept).toHaveLength(1);
	return (after - before) / 1024 ** 2;
}

/** A block of a report as the scanner cuts it: one large text. */
const block = (index: number) => Buffer.alloc(64 * 1024, `row ${index}, `).toString('latin1');

describe('kept texts', () => {
	it.each([
		['one by one', () => (text: string) => ownCopy(text)],
		[
			'of a column of different texts',
			() => {
				const texts = new KeptTexts(false);
				return (text: string) => texts.of(text);
			},
		],
		[
			'of a column that repeats itself',
			() => {
				const texts = new KeptTexts(true);
				return (text: string) => texts.of(text);
			},
		],
	])('%s keep none of the blocks they were cut from', (_kind, make) => {
		const keep = make();
		const cut = () => Array.from({ length: 300 }, (_, index) => keep(block(index).slice(100, 150)));
		expect(megabytesOf(cut)).toBeLessThan(4);
	});

	it('are one text where a column repeats itself', () => {
		const texts = new KeptTexts(true);
		const names = ['an advertiser with a long name', 'and another one with a longer one'];
		const many = () =>
			Array.from({ length: 100_000 }, (_, index) =>
				texts.of(Buffer.from(names[index % 2]).toString()),
			);
		expect(megabytesOf(many)).toBeLessThan(3);
	});

	it('are forgotten after 512 different ones', () => {
		const texts = new KeptTexts(true);
		const pass = () => {
			for (let index = 0; index < 100_000; index++) texts.of(`${'x'.repeat(100)} ${index}`);
		};
		expect(megabytesOf(() => void pass())).toBeLessThan(3);
		expect(texts.of('still the same text as before')).toBe('still the same text as before');
	});

	it.each([0, 1, 12, 13, 341, 342, 5000])('of %i characters stay equal', (length) => {
		for (const letter of ['a', 'é', '漢', '😀']) {
			const text = letter.repeat(length);
			expect(ownCopy(text)).toBe(text);
			for (const repeats of [true, false]) expect(new KeptTexts(repeats).of(text)).toBe(text);
		}
	});
});
