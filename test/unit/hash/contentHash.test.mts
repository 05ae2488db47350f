import { contentHash } from '../../../rakuten/hash/contentHash';

describe('contentHash', () => {
	const hashOf = (texts: string[], from?: number) => ({ ...contentHash(texts, from) });

	it('depends on where a text ends', () => {
		expect(hashOf(['ab', 'c'])).not.toEqual(hashOf(['a', 'bc']));
		expect(hashOf(['a', ''])).not.toEqual(hashOf(['', 'a']));
		expect(hashOf(['a'])).not.toEqual(hashOf(['a', '']));
		expect(hashOf(['x', 'a'], 1)).toEqual(hashOf(['y', 'a'], 1));
	});

	it('is different for many thousand different contents', () => {
		const met = new Set<string>();
		for (let number = 0; number < 40_000; number++) {
			const { low, high } = contentHash([`Publisher ${number}`, `site-${number % 100}.example`]);
			met.add(`${low} ${high}`);
		}
		expect(met.size).toBe(40_000);
	});
});
