import { contentHash } from '../hash/contentHash';
import { WordTable } from '../hash/WordTable';

/**
 * Counts how often each key was met, in memory that stays small for millions of keys: a key is held
 * as a fingerprint of 64 bits (about 11 bytes), not as text (100 bytes and more). Among three million
 * keys, two different ones share a fingerprint with a probability of 1 in 4 million.
 */
export class KeyCounter {
	private readonly keys = new WordTable(2);
	/** Counts above one, by key; equal keys are rare. */
	private readonly repeated = new Map<string, number>();

	/**
	 * The number of this occurrence of the key: 1 the first time. A key that has been hashed already
	 * comes with the first two words of its hash: they are its fingerprint.
	 */
	count(key: string, hashWords?: Uint32Array): number {
		const { low, high } = hashWords
			? { low: hashWords[0], high: hashWords[1] }
			: contentHash([key]);
		// Two zeros can't be a key of the table.
		if (this.keys.add(low === 0 ? 1 : low, high)) return 1;
		const occurrence = (this.repeated.get(key) ?? 1) + 1;
		this.repeated.set(key, occurrence);
		return occurrence;
	}

	/** Takes the keys of another counter in; returns how many of them were here already. */
	addAll(other: KeyCounter): number {
		let known = 0;
		other.keys.forEachKey((low, high) => {
			if (!this.keys.add(low, high)) known++;
		});
		return known;
	}
}
