import { csvLine } from '../../rakuten/csv/csvLine';
import { RakutenProblem } from '../../rakuten/problem';
import type { ReportRow } from '../../rakuten/line/reportRow';
import { LineBytes } from '../kit/LineBytes';

/** Turns rows into lines of a file and keeps them until they are written. */
export class RowLines {
	private readonly lines = new LineBytes();
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
		return this.lines.waiting;
	}

	add(row: ReportRow): void {
		if (this.format === 'jsonl') {
			this.lines.add(`${JSON.stringify(row)}\n`);
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
		this.lines.add(csvLine(Object.values(row)));
	}

	/** Up to so many lines as bytes of their own, and how many they are. */
	take(most: number): { bytes: Buffer; rows: number } {
		return this.lines.take(most);
	}

	/** What a file begins with. */
	opening(): string {
		return this.format === 'csv' && this.columns ? csvLine(this.columns) : '';
	}
}
