/**
 * Counts how often each key was met, in memory that stays small for millions of keys: a key is
 * held as a 96-bit fingerprint in one typed array (12 bytes), not as text (100 bytes and more).
 * Two different keys share a fingerprint with a probability of about 1 in 10^16 at three million
 * keys.
 */
export class KeyCounter {
	private readonly parts = [emptyPart(0)];
	/** The part of a fingerprint, by as many bits of its last word as tell the parts apart. */
	private partOf = [this.parts[0]];
	/** Counts above one, by key; equal keys are rare. */
	private readonly repeated = new Map<string, number>();

	/**
	 * The number of this occurrence of the key: 1 the first time. A key that has been hashed already
	 * comes with the first three words of its hash: they are its fingerprint.
	 */
	count(key: string, hashWords?: Uint32Array): number {
		if (hashWords) setWords(hashWords[0], hashWords[1], hashWords[2]);
		else fingerprint(key);
		if (this.add()) return 1;
		const occurrence = (this.repeated.get(key) ?? 1) + 1;
		this.repeated.set(key, occurrence);
		return occurrence;
	}

	/** Takes the keys of another counter in; how many of them were here already. */
	addAll(other: KeyCounter): number {
		let known = 0;
		for (const { slots } of other.parts) {
			forEachIn(slots, () => {
				if (!this.add()) known++;
			});
		}
		return known;
	}

	/** Takes the fingerprint in; false where it is there already. */
	private add(): boolean {
		const part = this.partOf[words[2] & (this.partOf.length - 1)];
		if (!insert(part)) return false;
		if (part.used > mostInPart) this.split(part);
		return true;
	}

	/** Moves half of a full part to a new one: those with a one in the next bit. */
	private split(part: Part): void {
		const bit = 1 << part.bits;
		if (bit === this.partOf.length) this.partOf = [...this.partOf, ...this.partOf];
		part.bits++;
		const other = emptyPart(part.bits);
		this.parts.push(other);
		this.partOf = this.partOf.map((each, index) => (each === part && index & bit ? other : each));
		moving.set(part.slots);
		part.slots.fill(0);
		part.used = 0;
		forEachIn(moving, () => insert(words[2] & bit ? other : part));
	}
}

/**
 * A small table of fingerprints. Many of one size that are split when they are full, because one
 * large table, outgrown again and again, takes up to three times the memory, and what it has
 * outgrown waits for the garbage collector.
 */
interface Part {
	readonly slots: Uint32Array;
	used: number;
	/** So many of the last bits of the last word are the same in all its fingerprints. */
	bits: number;
}

const wordsPerSlot = 3;
const slotsInPart = 4096;
const mostInPart = 0.85 * slotsInPart;
const emptyPart = (bits: number): Part => ({
	slots: new Uint32Array(slotsInPart * wordsPerSlot),
	used: 0,
	bits,
});

/** The slots of a part that is being split. */
const moving = new Uint32Array(slotsInPart * wordsPerSlot);

/** Puts one fingerprint after the other into `words`. */
function forEachIn(slots: Uint32Array, use: () => void): void {
	for (let at = 0; at < slots.length; at += wordsPerSlot) {
		if (slots[at] === 0) continue;
		setWords(slots[at], slots[at + 1], slots[at + 2]);
		use();
	}
}

/** The fingerprint being worked on; one, because nothing here waits. Word 0 is never 0. */
const words = new Uint32Array(wordsPerSlot);

/** Three rounds of 32-bit multiply-and-mix with different constants over the UTF-16 units. */
function fingerprint(key: string): void {
	let a = 0xdeadbeef;
	let b = 0x41c6ce57;
	let c = 0x9e3779b9;
	for (let index = 0; index < key.length; index++) {
		const unit = key.charCodeAt(index);
		a = Math.imul(a ^ unit, 2654435761);
		b = Math.imul(b ^ unit, 1597334677);
		c = Math.imul(c ^ unit, 2246822519) + 374761393;
	}
	a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
	b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(c ^ (c >>> 13), 3266489909);
	c = Math.imul(c ^ (c >>> 15), 2246822519) ^ Math.imul(a ^ (a >>> 13), 3266489917);
	setWords(a, b, c);
}

function setWords(first: number, second: number, third: number): void {
	words[0] = first === 0 ? 1 : first;
	words[1] = second;
	words[2] = third;
}

/** Puts the fingerprint into the first free slot from its own on; false where it is there already. */
function insert(part: Part): boolean {
	const { slots } = part;
	// Not destructured: for a typed array that runs the iterator protocol, ten times slower.
	const first = words[0];
	const second = words[1];
	const third = words[2];
	for (let slot = second & (slotsInPart - 1); ; slot = (slot + 1) & (slotsInPart - 1)) {
		const at = slot * wordsPerSlot;
		if (slots[at] === 0) {
			slots[at] = first;
			slots[at + 1] = second;
			slots[at + 2] = third;
			part.used++;
			return true;
		}
		if (slots[at] === first && slots[at + 1] === second && slots[at + 2] === third) return false;
	}
}
