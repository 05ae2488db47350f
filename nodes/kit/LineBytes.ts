const startBytes = 64 * 1024;
const mostBytesPerUnit = 3;

/**
 * Lines of a file that wait to be written. They are kept as bytes: thousands of texts at a time
 * would make V8 enlarge its space for new objects to 100 MB and more.
 */
export class LineBytes {
	private bytes = Buffer.allocUnsafe(startBytes);
	/** Where in the bytes each line ends. */
	private readonly ends: number[] = [];
	/** Lines that have been taken; their bytes are reused once all are. */
	private taken = 0;

	get waiting(): boolean {
		return this.taken < this.ends.length;
	}

	/** `line`: with its line end. */
	add(line: string): void {
		const start = this.endOf(this.ends.length - 1);
		const needed = start + line.length * mostBytesPerUnit;
		if (needed > this.bytes.length) {
			const larger = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
			this.bytes.copy(larger, 0, 0, start);
			this.bytes = larger;
		}
		this.ends.push(start + this.bytes.write(line, start));
	}

	/** Up to this many lines as separate bytes, and how many they are. */
	take(most: number): { bytes: Buffer; rows: number } {
		const rows = Math.min(most, this.ends.length - this.taken);
		const start = this.endOf(this.taken - 1);
		this.taken += rows;
		const bytes = Buffer.from(this.bytes.subarray(start, this.endOf(this.taken - 1)));
		if (!this.waiting) {
			this.ends.length = 0;
			this.taken = 0;
		}
		return { bytes, rows };
	}

	private endOf(line: number): number {
		return line < 0 ? 0 : this.ends[line];
	}
}
