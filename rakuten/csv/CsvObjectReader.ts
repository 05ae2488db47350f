import { CsvScanner } from './CsvScanner';
import type { CsvEnd, CsvOptions } from './CsvScanner';
import type { CsvRowHandler } from './CsvReader';
import { headerKeys } from './headerKeys';
import { rowMaker } from './rowMaker';
import type { CsvObject, RowMaker } from './rowMaker';

export type { CsvObject } from './rowMaker';

/** Takes one row; `line` as in CsvRowHandler. */
export interface CsvObjectHandler {
	(row: CsvObject, line: number): void;
}

/**
 * Reads CSV as CsvReader does, but hands on one plain object for each row after the first record,
 * which is the header. Values are strings. Keys are in the order of the columns (except that
 * JavaScript puts keys that are whole numbers first).
 *
 * A record that has not as many fields as the header, blank lines among them, is no row of the
 * table: it goes to `onUneven` with its fields.
 */
export class CsvObjectReader {
	private readonly scanner: CsvScanner;
	private makeRow: RowMaker | undefined;
	private columnKeys: readonly string[] | undefined;

	constructor(onRow: CsvObjectHandler, onUneven: CsvRowHandler, options: CsvOptions = {}) {
		this.scanner = new CsvScanner((fields, line) => {
			if (this.makeRow === undefined || this.columnKeys === undefined) {
				this.columnKeys = headerKeys(fields);
				this.makeRow = rowMaker(this.columnKeys);
			} else if (fields.length === this.columnKeys.length) {
				onRow(this.makeRow(fields), line);
			} else {
				onUneven(fields.slice(), line);
			}
		}, options);
	}

	/** The keys of the rows; undefined until the header has been read. */
	get keys(): readonly string[] | undefined {
		return this.columnKeys;
	}

	write(chunk: Uint8Array): void {
		this.scanner.write(chunk);
	}

	/** Hands on what is left and tells how the input ended. `records` counts the header too. */
	end(): CsvEnd {
		return this.scanner.end();
	}
}
