import type { CsvEnd, CsvScanner } from '../rakuten/csv/CsvScanner.ts';
import type { CsvObject, RowMaker } from '../rakuten/csv/rowMaker.ts';

/** The package's own parts, as its sources have to be imported in a way of their own here. */
export interface CsvParts {
	CsvScanner: typeof CsvScanner;
	headerKeys: (header: readonly string[]) => string[];
	rowMaker: (keys: readonly string[]) => RowMaker;
}

export interface CsvObjectReader {
	/** The keys of the rows; undefined until the header has been read. */
	readonly keys: readonly string[] | undefined;
	write(chunk: Uint8Array): void;
	/** Hands on what is left and says how the input ended. `records` counts the header too. */
	end(): CsvEnd;
}

/**
 * Reads CSV as CsvScanner does, but hands on one plain object for each row after the first record,
 * which is the header: what other libraries do, for comparisons with them. Values are strings. Keys
 * are in the order of the columns (except that JavaScript puts keys that are whole numbers first).
 *
 * A record that doesn't have as many fields as the header, including a blank line, is not a row of
 * the table: it goes to `onUneven` with its fields.
 */
export function csvObjectReader(
	{ CsvScanner: Scanner, headerKeys, rowMaker }: CsvParts,
	onRow: (row: CsvObject, line: number) => void,
	onUneven: (fields: string[], line: number) => void,
): CsvObjectReader {
	let makeRow: RowMaker | undefined;
	let keys: readonly string[] | undefined;
	const scanner = new Scanner((fields, line) => {
		if (makeRow === undefined || keys === undefined) {
			keys = headerKeys(fields);
			makeRow = rowMaker(keys);
		} else if (fields.length === keys.length) {
			onRow(makeRow(fields), line);
		} else {
			onUneven(fields.slice(), line);
		}
	});
	return {
		get keys() {
			return keys;
		},
		write: (chunk) => scanner.write(chunk),
		end: () => scanner.end(),
	};
}
