/**
 * A tiny seeded generator (mulberry32 over an FNV-1a hash of the seed's parts). The same parts give
 * the same values on every machine, which is what makes the sandbox's data repeatable.
 */
export class Random {
	#state: number;

	/** @param parts what this stream of values belongs to, e.g. `7, 'orders', 1, 20500` */
	constructor(...parts: Array<string | number>) {
		let hash = 0x811c9dc5;
		for (const character of parts.join('\u0001')) {
			hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
		}
		this.#state = hash >>> 0;
	}

	/** A number in [0, 1). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	}

	/** A whole number from `min` to `max`, both included. */
	whole(min: number, max: number): number {
		return min + Math.floor(this.next() * (max - min + 1));
	}

	/** True with this probability. */
	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(values: readonly T[]): T {
		return values[Math.floor(this.next() * values.length)]!;
	}

	/** A whole number around `mean` (Poisson, Knuth's way; means here are small). */
	around(mean: number): number {
		if (mean > 40) return Math.round(mean * (0.8 + 0.4 * this.next()));
		const limit = Math.exp(-mean);
		let count = 0;
		for (let product = this.next(); product > limit; product *= this.next()) count++;
		return count;
	}

	hex(length: number): string {
		let text = '';
		while (text.length < length) text += this.whole(0, 15).toString(16);
		return text;
	}

	/** A text in the shape of a random UUID. */
	uuid(): string {
		return [8, 4, 4, 4, 12].map((length) => this.hex(length)).join('-');
	}
}
