import { behindLineEnd, byteOrderMark, carriageReturn, lineFeed } from './csvBytes';
import { RakutenProblem } from '../problem';
import { PartialRecord } from './PartialRecord';
import { WholeRecords } from './WholeRecords';

/** What the input turned out to be once it was read to its end. */
export interface CsvEnd {
	/** The last record ended inside a quoted field: the input is cut off or malformed. */
	openQuote: boolean;
	/** The last byte ended a record. False for empty input and for input cut off within a record. */
	endsWithLineEnd: boolean;
	/** Records handed on, header and blank lines included. */
	records: number;
	/** Bytes written, byte order mark included. */
	bytes: number;
	/** Physical lines; a line break inside a quoted field counts too. */
	lines: number;
}

export interface CsvOptions {
	/** One ASCII character, neither quote nor line end. Default: comma. */
	delimiter?: string;
	/** In bytes, give or take a chunk. Default: no limit. */
	longestRecord?: number;
}

/** Where a quotation mark is never closed, everything after it would be one record. */
const recordTooLong = (line: number, bytes: number) =>
	new RakutenProblem(
		'recordTooLong',
		`The line that begins at line ${line} is longer than ${bytes / 1024} KiB`,
		'Either this is not CSV, or a quotation mark in that line is never closed.',
	);

/**
 * Takes one record. The array of fields is lent: it may hold the next record as soon as the handler
 * returns. `line` is the physical line on which the record starts, counted from 1, where a line break
 * inside a quoted field counts too; `innerLines` is how many of those the record has. `strayQuote` says
 * that there was text between a closing quote and the end of its field, as in `"5" screen"`: a quote
 * that was not doubled, or one too many.
 */
interface CsvRecordHandler {
	(fields: string[], line: number, strayQuote: boolean, innerLines: number): void;
}

/**
 * Reads CSV as it arrives, in chunks of any size, cut anywhere. It keeps only the current record
 * and chunk, whatever the size of the input. Records that lie entirely within a chunk are read the
 * fast way (WholeRecords); a record that is cut off by a chunk, or longer than a block, is read
 * byte by byte (PartialRecord).
 *
 * It reads RFC 4180 in UTF-8: quoted fields can contain delimiters, line breaks and doubled quotes;
 * CRLF, LF and a lone CR end a record. A byte order mark is skipped. Beyond the RFC:
 * - A blank line is a record of one empty field, `['']`.
 * - Records may have different numbers of fields; nothing is filled up or cut.
 * - A quote inside an unquoted field is text (`5" screen`), and so is a space before a quote.
 * - Text between a closing quote and the delimiter is kept: `"a"b` is `ab`.
 * - Bytes that are not valid UTF-8 become U+FFFD, as everywhere in Node.
 * - `end()` passes on a last record without a line end as far as it goes, even one with an unclosed
 * quote. `CsvEnd` reports both; in either case a download is not complete.
 *
 * Memory: in V8, a field of 13 characters or more is a slice that keeps its block of 64 KiB of text
 * alive. That costs nothing if whole rows are kept or dropped. To keep a few such fields of a very
 * large file for a long time, copy them (see KeptTexts).
 *
 * A record that is longer than allowed is a RakutenProblem named `recordTooLong`. An error thrown by
 * the handler is thrown by `write` or `end`; the scanner can't be used after
 * that.
 */
export class CsvScanner {
	private readonly whole: WholeRecords;
	private readonly partial: PartialRecord;
	/** Bytes of a byte order mark seen so far; undefined once the start has been dealt with. */
	private markBytes: number | undefined = 0;
	private readonly longestRecord: number;
	/** Bytes of the record that is read in pieces. */
	private partialBytes = 0;
	/** The last chunk ended a record with CR, so a line feed may follow that belongs to it. */
	private afterReturn = false;
	private line = 1;
	private records = 0;
	private bytes = 0;
	private ended = false;

	constructor(
		private readonly onRecord: CsvRecordHandler,
		{ delimiter = ',', longestRecord = Infinity }: CsvOptions = {},
	) {
		this.longestRecord = longestRecord;
		if (!/^[^"\r\n\u0080-\uffff]$/.test(delimiter)) {
			throw new Error('A CSV delimiter is one ASCII character, neither quote nor line end');
		}
		const delimiterByte = delimiter.charCodeAt(0);
		this.partial = new PartialRecord(delimiterByte);
		this.whole = new WholeRecords(delimiterByte, (fields, innerLines, strayQuote) => {
			this.handOn(fields, innerLines, strayQuote);
		});
	}

	/** The chunk is not kept and may be reused afterwards. */
	write(chunk: Uint8Array): void {
		if (this.ended) throw new Error('This CSV has already been read to its end');
		if (chunk.length === 0) return;
		const bytes = Buffer.isBuffer(chunk)
			? chunk
			: Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
		this.bytes += bytes.length;
		let at = this.markBytes === undefined ? 0 : this.skipByteOrderMark(bytes, this.markBytes);
		if (this.afterReturn && bytes[0] === lineFeed) at = 1;
		while (at < bytes.length) {
			if (!this.partial.started) at = this.whole.read(bytes, at);
			if (at < bytes.length) at = this.readPartial(bytes, at);
		}
		this.afterReturn = !this.partial.started && bytes[bytes.length - 1] === carriageReturn;
	}

	/** Passes on what is left and returns how the input ended. Call it once, at the end. */
	end(): CsvEnd {
		if (this.ended) throw new Error('This CSV has already been read to its end');
		this.ended = true;
		if (this.markBytes !== undefined) this.giveBackMark(this.markBytes);
		const cutOff = this.partial.started;
		const openQuote = this.partial.inQuotes;
		const endsWithLineEnd = this.records > 0 && !cutOff;
		if (cutOff) this.handOnPartial();
		const lines = this.line - 1;
		return { openQuote, endsWithLineEnd, records: this.records, bytes: this.bytes, lines };
	}

	private handOn(fields: string[], innerLines: number, strayQuote: boolean): void {
		const { line } = this;
		this.records += 1;
		this.line = line + 1 + innerLines;
		this.onRecord(fields, line, strayQuote, innerLines);
	}

	private handOnPartial(): void {
		const { lineEnds, strayQuote } = this.partial;
		this.handOn(this.partial.take(), lineEnds, strayQuote);
	}

	private readPartial(bytes: Buffer, from: number): number {
		const lineEndAt = this.partial.read(bytes, from);
		this.partialBytes += (lineEndAt < 0 ? bytes.length : lineEndAt) - from;
		if (this.partialBytes > this.longestRecord) throw recordTooLong(this.line, this.longestRecord);
		if (lineEndAt < 0) return bytes.length;
		this.partialBytes = 0;
		this.handOnPartial();
		return behindLineEnd(bytes, lineEndAt);
	}

	/** Returns the position after the mark, or after as much of it as this chunk contains. */
	private skipByteOrderMark(bytes: Buffer, seenBefore: number): number {
		let seen = seenBefore;
		let at = 0;
		while (seen < byteOrderMark.length && bytes[at] === byteOrderMark[seen]) {
			seen += 1;
			at += 1;
		}
		if (seen === byteOrderMark.length) {
			this.markBytes = undefined;
			return at;
		}
		if (at === bytes.length) {
			this.markBytes = seen;
			return at;
		}
		this.giveBackMark(seenBefore);
		return 0;
	}

	/** It was not a mark: the part of it in earlier chunks is the beginning of the first field. */
	private giveBackMark(count: number): void {
		this.markBytes = undefined;
		this.partial.read(Uint8Array.from(byteOrderMark.slice(0, count)), 0);
	}
}
