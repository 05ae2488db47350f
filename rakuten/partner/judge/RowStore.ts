/** What is kept of a row that waits for the other export's row of the same publisher. */
export interface StoredRow {
	readonly slots: readonly string[];
	readonly day: number | undefined;
	readonly writtenDate: string;
}

const blockBytes = 1024 * 1024;
const mostBytesPerUnit = 3;

/**
 * Keeps rows as bytes in large blocks, about as many as the file has: objects and texts would take
 * several times as much. A row is found again by the number that `add` gives.
 */
export class RowStore {
	private readonly blocks: Buffer[] = [];
	private used = blockBytes;

	/** At most 2^32 bytes, counted in whole blocks. */
	add({ slots, day, writtenDate }: StoredRow): number {
		const text = JSON.stringify([day ?? null, writtenDate, ...slots]);
		const room = lengthBytes + text.length * mostBytesPerUnit;
		// A place within a block is below its usual size, also in one that a huge row has for itself.
		if (this.used >= blockBytes || this.used + room > this.blocks.at(-1)!.length) {
			this.blocks.push(Buffer.allocUnsafe(Math.max(blockBytes, room)));
			this.used = 0;
		}
		const block = this.blocks[this.blocks.length - 1];
		const place = (this.blocks.length - 1) * blockBytes + this.used;
		const bytes = block.write(text, this.used + lengthBytes);
		block.writeUInt32LE(bytes, this.used);
		this.used += lengthBytes + bytes;
		return place;
	}

	get(place: number): StoredRow {
		const block = this.blocks[Math.floor(place / blockBytes)];
		const at = place % blockBytes;
		const from = at + lengthBytes;
		const text = block.toString('utf8', from, from + block.readUInt32LE(at));
		const [day, writtenDate, ...slots] = JSON.parse(text) as [number | null, string, ...string[]];
		return { slots, day: day ?? undefined, writtenDate };
	}
}

const lengthBytes = 4;
