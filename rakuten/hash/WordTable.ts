/**
 * A hash table for millions of records, each a few 32-bit words of which the first two are its key.
 *
 * Memory grows with the records, and nothing is thrown away while it does. A table of one array
 * would be outgrown again and again: old and new together take up to three times as much, and what
 * was outgrown waits for the garbage collector. So a table has many small parts. A full part gets
 * one more page, and one that has seven is split into two of four; all pages have one size, because
 * many sizes would leave holes between them. Between 68 and 85 % of the slots are in use.
 */
export class WordTable {
	/** The page that has the record of the key used last, and the place of its first word there. */
	words: Uint32Array;
	at = 0;
	/** Different keys. */
	size = 0;
	/** The part of a key, by as many of the last bits of its hash as tell the parts apart. */
	private partOf: Part[];
	private part: Part;
	/** The records of a part whose pages change. */
	private moving: Uint32Array | undefined;

	/**
	 * @param wordsPerRecord the two of the key included
	 * @param keyMask the bits of the second word that belong to the key; the user may set the others
	 */
	constructor(
		private readonly wordsPerRecord: number,
		private readonly keyMask = 0xffff_ffff,
	) {
		this.part = { pages: this.newPages(pagesOfNew), used: 0, bits: 0 };
		this.partOf = [this.part];
		this.words = this.part.pages[0];
	}

	/**
	 * Takes a key in, unless it is there, and goes to its record; true if it is new. The other words
	 * of a new record are zero. The record moves with the next call.
	 *
	 * @param low with `high` the key, as unsigned words within the mask, not both zero
	 */
	add(low: number, high: number): boolean {
		if (this.seek(low, high)) return false;
		const { part } = this;
		if (part.used >= fullest * part.pages.length * slotsInPage) {
			this.enlarge(part);
			this.seek(low, high);
		}
		this.words[this.at] = low;
		this.words[this.at + 1] = high;
		this.part.used++;
		this.size++;
		return true;
	}

	/** Goes to a key's record, or to the free one where it belongs; true if the key is there. */
	seek(low: number, high: number): boolean {
		const { wordsPerRecord, keyMask } = this;
		const hash = hashOf(low, high);
		this.part = this.partOf[hash & (this.partOf.length - 1)];
		const { pages } = this.part;
		const slots = pages.length * slotsInPage;
		const wanted = high & keyMask;
		// By the first half of the hash, as its last bits choose the part.
		for (let slot = ((hash >>> 16) * slots) >>> 16; ; slot = slot + 1 === slots ? 0 : slot + 1) {
			const words = pages[slot >> bitsOfSlot];
			const at = (slot & (slotsInPage - 1)) * wordsPerRecord;
			const foundLow = words[at];
			const foundHigh = words[at + 1] & keyMask;
			const isThere = foundLow === low && foundHigh === wanted;
			if (isThere || (foundLow === 0 && foundHigh === 0)) {
				this.words = words;
				this.at = at;
				return isThere;
			}
		}
	}

	/** Every key, in no order. The table must not change in the meantime. */
	forEachKey(use: (low: number, high: number) => void): void {
		for (const { pages } of new Set(this.partOf)) {
			for (const words of pages) {
				for (let at = 0; at < words.length; at += this.wordsPerRecord) {
					const high = (words[at + 1] & this.keyMask) >>> 0;
					if (words[at] !== 0 || high !== 0) use(words[at], high);
				}
			}
		}
	}

	private newPages(count: number): Uint32Array[] {
		return Array.from({ length: count }, () => new Uint32Array(slotsInPage * this.wordsPerRecord));
	}

	/** Gives a full part a page more, or splits it. */
	private enlarge(part: Part): void {
		const { wordsPerRecord } = this;
		const moving = (this.moving ??= new Uint32Array(mostPages * slotsInPage * wordsPerRecord));
		part.pages.forEach((words, page) => {
			moving.set(words, page * words.length);
			words.fill(0);
		});
		const end = part.pages.length * slotsInPage * wordsPerRecord;
		part.used = 0;
		if (part.pages.length === mostPages) this.split(part);
		else part.pages.push(...this.newPages(1));
		for (let from = 0; from < end; from += wordsPerRecord) {
			const high = (moving[from + 1] & this.keyMask) >>> 0;
			if (moving[from] === 0 && high === 0) continue;
			this.seek(moving[from], high);
			for (let word = 0; word < wordsPerRecord; word++) {
				this.words[this.at + word] = moving[from + word];
			}
			this.part.used++;
		}
	}

	/** Gives half of an emptied part's keys to a new one: those with a one in the next bit. */
	private split(part: Part): void {
		const bit = 1 << part.bits;
		if (bit === this.partOf.length) this.partOf = [...this.partOf, ...this.partOf];
		part.bits++;
		const pages = [...part.pages.splice(pagesOfNew), ...this.newPages(2 * pagesOfNew - mostPages)];
		const other: Part = { pages, used: 0, bits: part.bits };
		this.partOf = this.partOf.map((each, index) => (each === part && index & bit ? other : each));
	}
}

interface Part {
	readonly pages: Uint32Array[];
	used: number;
	/** Number of the last bits of the hash that are the same in all its keys. */
	bits: number;
}

const bitsOfSlot = 10;
const slotsInPage = 1 << bitsOfSlot;
const pagesOfNew = 4;
const mostPages = 7;
const fullest = 0.85;

function hashOf(low: number, high: number): number {
	let hash = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
	return (hash ^ (hash >>> 13)) >>> 0;
}
