import fc from 'fast-check';
import { WordTable } from '../../../rakuten/hash/WordTable';

const keyMask = 0x0fff_ffff;
const flag = 0x8000_0000;

describe('WordTable', () => {
	it('knows the keys that were added and no other, whatever bits they have', () => {
		const word = fc.oneof(
			fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
			fc.integer({ min: 0, max: 0xffff_ffff }),
		);
		const anyKey = fc.tuple(word, word).filter(([low, high]) => low !== 0 || high !== 0);
		fc.assert(
			fc.property(fc.array(anyKey, { maxLength: 60 }), anyKey, (keys, other) => {
				const table = new WordTable(2);
				const known = new Set<string>();
				for (const [low, high] of keys) {
					expect(table.add(low, high)).toBe(!known.has(`${low} ${high}`));
					known.add(`${low} ${high}`);
				}
				expect(table.size).toBe(known.size);
				expect(table.seek(...other)).toBe(known.has(other.join(' ')));
				const listed = new Set<string>();
				table.forEachKey((low, high) => listed.add(`${low} ${high}`));
				expect(listed).toEqual(known);
			}),
		);
	});

	it('keeps every word of a record, and the flags next to its key, while it grows', () => {
		const table = new WordTable(4, keyMask);
		const count = 60_000;
		const highOf = (number: number) => number % 1000;
		for (let number = 1; number <= count; number++) {
			if (!table.add(number, highOf(number))) throw new Error(`${number} was taken for another`);
			if (table.words[table.at + 2] !== 0) throw new Error(`${number} has an old word`);
			table.words[table.at + 2] = number * 2;
			table.words[table.at + 3] = number * 3;
			if (number % 3 === 0) table.words[table.at + 1] |= flag;
		}
		expect(table.size).toBe(count);
		for (let number = 1; number <= count; number++) {
			if (table.add(number, highOf(number))) throw new Error(`${number} is lost`);
			const { words, at } = table;
			const high = (highOf(number) | (number % 3 === 0 ? flag : 0)) >>> 0;
			const found = [...words.subarray(at, at + 4)];
			if (found.join() !== [number, high, number * 2, number * 3].join()) {
				throw new Error(`${number} has become ${found.join()}`);
			}
		}
		let keys = 0;
		table.forEachKey((low, high) => {
			keys++;
			if (high !== highOf(low)) throw new Error(`${low} has the key ${high}`);
		});
		expect(keys).toBe(count);
		expect(table.seek(count + 1, 0)).toBe(false);
	});
});
