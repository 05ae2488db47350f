import { CsvScanner } from './CsvScanner';
import type { CsvEnd, CsvOptions } from './CsvScanner';

export type { CsvEnd, CsvOptions } from './CsvScanner';

/**
 * Takes one record. The array is the handler's own. `line` is the physical line on which the record
 * starts, counted from 1, where a line break inside a quoted field counts too.
 */
export interface CsvRowHandler {
	(fields: string[], line: number): void;
}

/**
 * Reads CSV as it arrives, in chunks of any size, cut anywhere. Nothing is kept but the record
 * being read and the chunk, whatever the size of the input.
 *
 * Read is RFC 4180 in UTF-8: quoted fields with delimiters, line breaks and doubled quotes in them;
 * CRLF, LF and a lone CR end a record. A byte order mark is skipped. Beyond the RFC:
 * - A blank line is a record of one empty field, `['']`.
 * - Records may differ in their number of fields; nothing is filled up or cut.
 * - A quote inside an unquoted field is text (`5" screen`), and so is a blank before a quote.
 * - Text between a closing quote and the delimiter is kept: `"a"b` is `ab`.
 * - Bytes that are no UTF-8 become U+FFFD, as everywhere in Node.
 * - A last record without a line end is handed on by `end()`, as far as it goes, even one with a
 *   quote left open. `CsvEnd` tells both; a download for which it does is not complete.
 *
 * Memory: a field of 13 characters or more is, in V8, a slice that keeps its block of 64 KiB of
 * text alive. That costs nothing where whole rows are kept or dropped. Whoever keeps a few such
 * fields of a very large file for long should copy them: `Buffer.from(field).toString()`.
 *
 * An error thrown by the handler comes out of `write` or `end`; the reader is of no use after it.
 */
export class CsvReader {
	private readonly scanner: CsvScanner;

	constructor(onRow: CsvRowHandler, options: CsvOptions = {}) {
		this.scanner = new CsvScanner((fields, line) => onRow(fields.slice(), line), options);
	}

	/** The chunk is not kept and may be reused afterwards. */
	write(chunk: Uint8Array): void {
		this.scanner.write(chunk);
	}

	/** Hands on what is left and tells how the input ended. To be called once, last. */
	end(): CsvEnd {
		return this.scanner.end();
	}
}
