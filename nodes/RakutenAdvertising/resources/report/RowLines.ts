import { csvLine } from '../../../../rakuten/csv/csvLine';
import { RakutenProblem } from '../../../../rakuten/problem';
import type { ReportRow } from '../../../../rakuten/transaction/ReportRow';

const startBytes = 64 * 1024;
const mostBytesPerUnit = 3;

/**
 * Turns rows into lines of a file and keeps them until they are written. They are kept as bytes:
 * thousands of texts at a time would make V8 enlarge its space for new objects to 100 MB and more.
 */
export class RowLines {
	private bytes = Buffer.allocUnsafe(startBytes);
	/** Where in the bytes each line ends. */
	private readonly ends: number[] = [];
	/** Lines that have been taken; their bytes are reused once all are. */
	private taken = 0;
	private columns: readonly string[] | undefined;

	/** `columns`: of the file so far; every row of a CSV file must have the same. */
	constructor(
		private readonly format: 'csv' | 'jsonl',
		columns: readonly string[] | undefined,
	) {
		this.columns = columns;
	}

	/** Column names of the file, once a row has come. */
	get header(): readonly string[] | undefined {
		return this.columns;
	}

	get waiting(): boolean {
		return this.taken < this.ends.length;
	}

	add(row: ReportRow): void {
		if (this.format === 'jsonl') {
			this.write(`${JSON.stringify(row)}\n`);
			return;
		}
		const names = Object.keys(row);
		this.columns ??= names;
		if (
			names.length !== this.columns.length ||
			!names.every((name, i) => name === this.columns![i])
		) {
			throw new RakutenProblem(
				'columnsChanged',
				'The columns of the report changed while it was being imported',
				'Somebody saved the report with other columns in the meantime. Import again.',
			);
		}
		this.write(csvLine(Object.values(row)));
	}

	/** Up to so many lines as bytes of their own, and how many they are. */
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

	/** What a file begins with. */
	opening(): string {
		return this.format === 'csv' && this.columns ? csvLine(this.columns) : '';
	}

	private write(line: string): void {
		const start = this.endOf(this.ends.length - 1);
		const needed = start + line.length * mostBytesPerUnit;
		if (needed > this.bytes.length) {
			const larger = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
			this.bytes.copy(larger, 0, 0, start);
			this.bytes = larger;
		}
		this.ends.push(start + this.bytes.write(line, start));
	}

	private endOf(line: number): number {
		return line < 0 ? 0 : this.ends[line];
	}
}
