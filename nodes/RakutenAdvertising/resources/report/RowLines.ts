import { csvLine } from '../../../../rakuten/csv/csvLine';
import { RakutenProblem } from '../../../../rakuten/problem';
import type { ReportRow } from '../../../../rakuten/transaction/ReportRow';

/** Turns rows into lines of a file and keeps them until they are written. */
export class RowLines {
	private lines: string[] = [];
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
		return this.lines.length > 0;
	}

	add(row: ReportRow): void {
		if (this.format === 'jsonl') {
			this.lines.push(`${JSON.stringify(row)}\n`);
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
		this.lines.push(csvLine(Object.values(row)));
	}

	/** Up to so many lines as one text, and how many they are. */
	take(most: number): { text: string; rows: number } {
		const taken = most >= this.lines.length ? this.lines : this.lines.slice(0, most);
		this.lines = most >= this.lines.length ? [] : this.lines.slice(most);
		return { text: taken.join(''), rows: taken.length };
	}

	/** What a file begins with. */
	opening(): string {
		return this.format === 'csv' && this.columns ? csvLine(this.columns) : '';
	}
}
