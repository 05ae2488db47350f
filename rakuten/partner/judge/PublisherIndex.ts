import type { ContentHash } from '../../hash/contentHash';
import { WordTable } from '../../hash/WordTable';

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

/**
 * Remembers of each Site ID where it was first met and a hash of that row's content, so that a
 * million publishers can be compared with each other in about 26 bytes each (31 with notes). A Site
 * ID, of up to 18 digits, is its own key. Two contents share a hash with a chance of 1 in 10^19, and
 * only rows of the same Site ID are compared.
 */
export class PublisherIndex {
	/** Site ID (2 words, the last bits free for flags), content (2), place, note. */
	private readonly table: WordTable;
	private readonly hasNotes: boolean;
	private readonly found = new FoundPublisher();

	constructor({ hasNotes }: { hasNotes: boolean }) {
		this.hasNotes = hasNotes;
		this.table = new WordTable(hasNotes ? 6 : 5, keyBits);
	}

	/** Different Site IDs. */
	get size(): number {
		return this.table.size;
	}

	/**
	 * Takes a row in. `first`: its Site ID is new. `same`: its content is that of the first row.
	 * `other`: it is another, and the Site ID counts as torn from now on.
	 *
	 * @param place a number of the caller's own, below 2^32; `note` too, for an index with notes
	 */
	add(siteId: string, content: ContentHash, place: number, note = 0): 'first' | 'same' | 'other' {
		const { table } = this;
		setKey(siteId);
		const isNew = table.add(key[0], key[1]);
		const { words, at } = table;
		if (isNew) {
			words[at + 2] = content.low;
			words[at + 3] = content.high;
			words[at + 4] = place;
			if (this.hasNotes) words[at + 5] = note;
			return 'first';
		}
		if (words[at + 2] === content.low && words[at + 3] === content.high) return 'same';
		words[at + 1] |= tornBit;
		return 'other';
	}

	/** What is known of a Site ID. The object is lent until the next call of any method. */
	get(siteId: string): Publisher | undefined {
		if (!this.seek(siteId)) return undefined;
		return this.found.look(this.table.words, this.table.at, this.hasNotes);
	}

	/** Puts a mark on a Site ID that is there. */
	mark(siteId: string, mark: Mark): void {
		if (this.seek(siteId)) this.table.words[this.table.at + 1] |= markBits[mark];
	}

	private seek(siteId: string): boolean {
		setKey(siteId);
		return this.table.seek(key[0], key[1]);
	}
}

/** 18 digits take 60 bits. */
const keyBits = 0x0fff_ffff;
const tornBit = 0x1000_0000;
const markBits: Readonly<Record<Mark, number>> = { joined: 0x2000_0000, differs: 0x4000_0000 };

class FoundPublisher implements Publisher {
	place = 0;
	note = 0;
	private flags = 0;

	look(words: Uint32Array, at: number, hasNotes: boolean): this {
		this.flags = words[at + 1];
		this.place = words[at + 4];
		this.note = hasNotes ? words[at + 5] : 0;
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
