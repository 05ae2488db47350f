/**
 * Counts how often each key was met, in memory that stays small for millions of keys: a key is
 * held as a 96-bit fingerprint in one typed array (12 bytes), not as text (100 bytes and more).
 * Two different keys share a fingerprint with a probability of about 1 in 10^16 at three million
 * keys.
 */
export class KeyCounter {
	private slots = new Uint32Array(startSlots * wordsPerSlot);
	private used = 0;
	/** Counts above one, by the key's slot text; equal keys are rare. */
	private repeated = new Map<string, number>();

	/**
	 * The number of this occurrence of the key: 1 the first time. A key that has been hashed already
	 * comes with the first three words of its hash: they are its fingerprint.
	 */
	count(key: string, hashWords?: Uint32Array): number {
		if ((this.used + 1) * 4 > (this.slots.length / wordsPerSlot) * 3) this.grow();
		if (hashWords) setWords(hashWords[0], hashWords[1], hashWords[2]);
		else fingerprint(key);
		if (insert(this.slots)) {
			this.used++;
			return 1;
		}
		const occurrence = (this.repeated.get(key) ?? 1) + 1;
		this.repeated.set(key, occurrence);
		return occurrence;
	}

	/** Takes the keys of another counter in; how many of them were here already. */
	addAll(other: KeyCounter): number {
		let known = 0;
		const { slots } = other;
		for (let at = 0; at < slots.length; at += wordsPerSlot) {
			if (slots[at] === 0) continue;
			if ((this.used + 1) * 4 > (this.slots.length / wordsPerSlot) * 3) this.grow();
			words[0] = slots[at];
			words[1] = slots[at + 1];
			words[2] = slots[at + 2];
			if (insert(this.slots)) this.used++;
			else known++;
		}
		return known;
	}

	private grow(): void {
		const old = this.slots;
		this.slots = new Uint32Array(old.length * 2);
		for (let at = 0; at < old.length; at += wordsPerSlot) {
			if (old[at] === 0) continue;
			words[0] = old[at];
			words[1] = old[at + 1];
			words[2] = old[at + 2];
			insert(this.slots);
		}
	}
}

const wordsPerSlot = 3;
const startSlots = 4096;

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
function insert(slots: Uint32Array): boolean {
	const count = slots.length / wordsPerSlot;
	// Not destructured: for a typed array that runs the iterator protocol, ten times slower.
	const first = words[0];
	const second = words[1];
	const third = words[2];
	for (let slot = second & (count - 1); ; slot = (slot + 1) & (count - 1)) {
		const at = slot * wordsPerSlot;
		if (slots[at] === 0) {
			slots[at] = first;
			slots[at + 1] = second;
			slots[at + 2] = third;
			return true;
		}
		if (slots[at] === first && slots[at + 1] === second && slots[at + 2] === third) return false;
	}
}
