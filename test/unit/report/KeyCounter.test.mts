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

	it('tells tens of thousands of similar keys apart while it grows', () => {
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
