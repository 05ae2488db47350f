import fc from 'fast-check';

import { KeyCounter } from '../../../rakuten/report/KeyCounter';

describe('KeyCounter', () => {
	it('numbers the occurrences of a key as a Map does', () => {
		fc.assert(
			fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 300 }), (keys) => {
				const counter = new KeyCounter();
				const seen = new Map<string, number>();
				for (const key of keys) {
					const expected = (seen.get(key) ?? 0) + 1;
					seen.set(key, expected);
					expect(counter.count(key)).toBe(expected);
				}
			}),
		);
	});

	it('counts a key by the hash it comes with, two zeros included', () => {
		const counter = new KeyCounter();
		expect(counter.count('a', Uint32Array.of(0, 0))).toBe(1);
		expect(counter.count('b', Uint32Array.of(0, 1))).toBe(1);
		expect(counter.count('a', Uint32Array.of(0, 0))).toBe(2);
		expect(counter.count('c', Uint32Array.of(5, 0))).toBe(1);
		expect(counter.count('c', Uint32Array.of(5, 0))).toBe(2);
		expect(counter.count('c', Uint32Array.of(5, 0))).toBe(3);
	});

	it('takes in the keys of another and returns how many it had already', () => {
		const counters = [0, 1, 2].map((first) => {
			const counter = new KeyCounter();
			for (let index = first * 6000; index < first * 6000 + 8000; index++) {
				counter.count(`key ${index}`);
			}
			return counter;
		});
		expect(counters[0].addAll(counters[1])).toBe(2000);
		expect(counters[0].addAll(counters[2])).toBe(2000);
		expect(counters[0].addAll(counters[2])).toBe(8000);
		expect(counters[0].addAll(new KeyCounter())).toBe(0);
	});

	it('distinguishes tens of thousands of similar keys while it grows', () => {
		const counter = new KeyCounter();
		for (let index = 0; index < 60_000; index++) {
			if (counter.count(`4000${index}`) !== 1)
				throw new Error(`key ${index} was taken for another`);
		}
		for (const index of [0, 1, 4095, 4096, 59_999]) {
			expect(counter.count(`4000${index}`)).toBe(2);
			expect(counter.count(`4000${index}`)).toBe(3);
		}
	});
});
