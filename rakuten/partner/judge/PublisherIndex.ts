/** What is remembered of a Site ID. */
export interface Publisher {
	/** Of its first row. */
	readonly place: number;
	/** What the user of the index noted at its first row; 0 if nothing. */
	readonly note: number;
	/** Two rows of it differ. */
	readonly isTorn: boolean;
	isMarked(mark: Mark): boolean;
}

/** Marks that the user of the index puts on a publisher. */
export type Mark = 'joined' | 'differs';

/** 64 bits that stand for a row's content. */
export interface Content {
	readonly low: number;
	readonly high: number;
}

/**
 * Remembers of each Site ID where it was first met and a hash of that row's content, in 20 bytes (24
 * with notes), so that a million publishers can be compared with each other. A Site ID, of up to 18
 * digits, is its own key. Two contents share a hash with a chance of 1 in 10^19, and only rows of
 * the same Site ID are compared.
 *
 * Memory is many small tables of one size, split when they are full: one large table, outgrown again
 * and again, would take up to three times as much, and tables of many sizes leave holes between.
 */
export class PublisherIndex {
	private readonly wordsPerSlot: number;
	/** The slots of a part that is being split. */
	private readonly moving: Uint32Array;
	/** The part of a key, by as many of the last bits of its hash as tell the parts apart. */
	private partOf: Part[];
	/** The part and place that `seek` found. */
	private part: Part;
	private at = 0;
	private readonly found = new FoundPublisher();
	private count = 0;

	constructor({ hasNotes }: { hasNotes: boolean }) {
		this.wordsPerSlot = hasNotes ? 6 : 5;
		this.part = this.newPart(0);
		this.moving = new Uint32Array(this.part.slots.length);
		this.partOf = [this.part];
	}

	/** Different Site IDs. */
	get size(): number {
		return this.count;
	}

	/**
	 * Takes a row in. `first`: its Site ID is new. `same`: its content is that of the first row.
	 * `other`: it is another, and the Site ID counts as torn from now on.
	 *
	 * @param place a number of the caller's own, below 2^32; `note` too, for an index with notes
	 */
	add(siteId: string, content: Content, place: number, note = 0): 'first' | 'same' | 'other' {
		const isKnown = this.seek(siteId);
		const { slots } = this.part;
		const { at } = this;
		if (isKnown) {
			if (slots[at + 2] === content.low && slots[at + 3] === content.high) return 'same';
			slots[at + 1] |= tornBit;
			return 'other';
		}
		slots[at] = key[0];
		slots[at + 1] = key[1];
		slots[at + 2] = content.low;
		slots[at + 3] = content.high;
		slots[at + 4] = place;
		if (this.wordsPerSlot > 5) slots[at + 5] = note;
		this.count++;
		this.part.used++;
		if (this.part.used > mostInPart) this.split(this.part);
		return 'first';
	}

	/** What is known of a Site ID. The object is lent until the next call of any method. */
	get(siteId: string): Publisher | undefined {
		if (!this.seek(siteId)) return undefined;
		return this.found.look(this.part.slots, this.at, this.wordsPerSlot > 5);
	}

	/** Puts a mark on a Site ID that is there. */
	mark(siteId: string, mark: Mark): void {
		if (this.seek(siteId)) this.part.slots[this.at + 1] |= markBits[mark];
	}

	/** Finds the slot of a Site ID, or the free one where it belongs. */
	private seek(siteId: string): boolean {
		setKey(siteId);
		const low = key[0];
		const high = key[1];
		const hash = hashOf(low, high);
		this.part = this.partOf[hash & (this.partOf.length - 1)];
		const { slots } = this.part;
		for (let slot = firstSlot(hash); ; slot = nextSlot(slot)) {
			this.at = slot * this.wordsPerSlot;
			const foundHigh = slots[this.at + 1] & keyBits;
			if (slots[this.at] === low && foundHigh === high) return true;
			if (slots[this.at] === 0 && foundHigh === 0) return false;
		}
	}

	private newPart(bits: number): Part {
		return { slots: new Uint32Array(slotsInPart * this.wordsPerSlot), used: 0, bits };
	}

	/** Moves half of a full part to a new one: those with a one in the next bit of their hash. */
	private split(part: Part): void {
		const { wordsPerSlot, moving } = this;
		const bit = 1 << part.bits;
		if (bit === this.partOf.length) this.partOf = [...this.partOf, ...this.partOf];
		part.bits++;
		const other = this.newPart(part.bits);
		this.partOf = this.partOf.map((each, index) => (each === part && index & bit ? other : each));
		moving.set(part.slots);
		part.slots.fill(0);
		part.used = 0;
		for (let from = 0; from < moving.length; from += wordsPerSlot) {
			const high = moving[from + 1] & keyBits;
			if (moving[from] === 0 && high === 0) continue;
			const hash = hashOf(moving[from], high);
			const { slots } = hash & bit ? other : part;
			let slot = firstSlot(hash);
			while (slots[slot * wordsPerSlot] !== 0 || slots[slot * wordsPerSlot + 1] !== 0) {
				slot = nextSlot(slot);
			}
			const to = slot * wordsPerSlot;
			for (let word = 0; word < wordsPerSlot; word++) slots[to + word] = moving[from + word];
			if (hash & bit) other.used++;
			else part.used++;
		}
	}
}

/** Site ID (2 words, the last bits free for flags), content (2), place, note. */
interface Part {
	readonly slots: Uint32Array;
	used: number;
	/** So many of the last bits of the hash are the same in all its keys. */
	bits: number;
}

/** 256 such parts hold a million publishers. */
const slotsInPart = 4900;
const mostInPart = 0.85 * slotsInPart;

/** 18 digits take 60 bits. */
const keyBits = 0x0fff_ffff;
const tornBit = 0x1000_0000;
const markBits: Readonly<Record<Mark, number>> = { joined: 0x2000_0000, differs: 0x4000_0000 };

class FoundPublisher implements Publisher {
	place = 0;
	note = 0;
	private flags = 0;

	look(slots: Uint32Array, at: number, hasNotes: boolean): this {
		this.flags = slots[at + 1];
		this.place = slots[at + 4];
		this.note = hasNotes ? slots[at + 5] : 0;
		return this;
	}

	get isTorn(): boolean {
		return (this.flags & tornBit) !== 0;
	}

	isMarked(mark: Mark): boolean {
		return (this.flags & markBits[mark]) !== 0;
	}
}

/** The key being worked on; one, because nothing here waits. Never two zeros. */
const key = new Uint32Array(2);

const mostExactDigits = 15;
const wordSize = 0x1_0000_0000;

function setKey(siteId: string): void {
	if (siteId.length <= mostExactDigits) {
		const number = Number(siteId);
		key[0] = number % wordSize;
		key[1] = Math.floor(number / wordSize);
		return;
	}
	const number = BigInt(siteId);
	key[0] = Number(BigInt.asUintN(32, number));
	key[1] = Number(number >> 32n);
}

function hashOf(low: number, high: number): number {
	let hash = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
	return (hash ^ (hash >>> 13)) >>> 0;
}

/** By the first half of the hash, as its last bits choose the part. */
const firstSlot = (hash: number) => ((hash >>> 16) * slotsInPart) >>> 16;

const nextSlot = (slot: number) => (slot + 1 === slotsInPart ? 0 : slot + 1);
