/** 64 bits that stand for a content, in two words. */
export interface ContentHash {
	readonly low: number;
	readonly high: number;
}

/** Comes after every text, so that moving a letter from one to the next changes the hash. */
const boundary = 0x1_0000;

/**
 * 64 bits over the texts, in their order: two rounds of 32-bit multiply-and-mix with different
 * constants over the UTF-16 units. The first `from` texts are left out. The object is reused by the
 * next call.
 */
export function contentHash(texts: readonly string[], from = 0): ContentHash {
	let a = 0xdeadbeef;
	let b = 0x41c6ce57;
	for (let at = from; at < texts.length; at++) {
		const text = texts[at];
		for (let index = 0; index < text.length; index++) {
			const unit = text.charCodeAt(index);
			a = Math.imul(a ^ unit, 2654435761);
			// With the upper half of the other word: the lowest bits of both would always be equal.
			b = Math.imul(b ^ unit ^ (a >>> 16), 1597334677);
		}
		a = Math.imul(a ^ boundary, 2654435761);
		b = Math.imul(b ^ boundary, 1597334677) + 374761393;
	}
	hash.low = (Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)) >>> 0;
	hash.high = (Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)) >>> 0;
	return hash;
}

const hash = { low: 0, high: 0 };
