import { behindLineEnd, carriageReturn, isBlankByte, lineFeed, quote } from './csvBytes';

/**
 * How many bytes are converted to one string, from which the fields are sliced. Small enough to
 * stay in the processor's cache and, if a consumer keeps a slice, not to keep much else alive.
 */
const blockBytes = 64 * 1024;

/**
 * The fast way: reads the records that lie entirely within one chunk.
 *
 * It scans bytes, not characters: every byte with a meaning is ASCII and never occurs inside a
 * multi-byte UTF-8 character. A block is copied to a string as Latin-1, which costs next to
 * nothing, and fields are sliced from it; only a field with a byte above 127 is decoded as UTF-8.
 */
export class WholeRecords {
	/** The same array for every record. */
	private readonly fields: string[] = [];

	constructor(
		private readonly delimiter: number,
		/**
		 * `fields` is overwritten by the next record; `innerLines`: line ends inside quotes;
		 * `strayQuote`: there was text between a closing quote and the end of its field.
		 */
		private readonly onRecord: (fields: string[], innerLines: number, strayQuote: boolean) => void,
	) {}

	/**
	 * Returns the start of the first record that does not lie entirely in this chunk and a block.
	 */
	read(bytes: Buffer, from: number): number {
		let at = from;
		while (at < bytes.length) {
			const next = this.readBlock(bytes, at, Math.min(at + blockBytes, bytes.length));
			if (next === at) break;
			at = next;
		}
		return at;
	}

	/**
	 * The hot loop: one function with local variables and no calls except those that cut fields.
	 */
	private readBlock(bytes: Buffer, start: number, stop: number): number {
		const { delimiter, fields } = this;
		const text = bytes.toString('latin1', start, stop);
		/** Most bytes are greater than all that end a field: one comparison rules them out. */
		const highest = Math.max(delimiter, carriageReturn);
		let recordAt = start;
		while (recordAt < stop) {
			let at = recordAt;
			let column = 0;
			let innerLines = 0;
			let strayQuote = false;
			let byte = delimiter;
			for (; byte === delimiter; column += 1, at += 1) {
				if (at >= stop) return recordAt;
				const fieldAt = at;
				/** All bits that occur in the field: above 127 if any byte is. */
				let bits = 0;
				byte = bytes[at];
				if (byte !== quote) {
					while (
						byte > highest ||
						(byte !== delimiter && byte !== lineFeed && byte !== carriageReturn)
					) {
						bits |= byte;
						at += 1;
						if (at >= stop) return recordAt;
						byte = bytes[at];
					}
					fields[column] =
						bits < 128
							? text.slice(fieldAt - start, at - start)
							: bytes.toString('utf8', fieldAt, at);
					continue;
				}
				let doubled = false;
				let breaks = false;
				do {
					for (at += 1; at < stop && (byte = bytes[at]) !== quote; at += 1) {
						if (byte <= carriageReturn) breaks = true;
						bits |= byte;
					}
					// It is not yet known whether a quote in the last position is doubled.
					at += 1;
					if (at >= stop) return recordAt;
					byte = bytes[at];
					if (byte === quote) doubled = true;
				} while (byte === quote);
				const closedAt = at - 1;
				while (byte !== delimiter && byte !== lineFeed && byte !== carriageReturn) {
					at += 1;
					if (at >= stop) return recordAt;
					byte = bytes[at];
				}
				if (breaks) innerLines += countLineEnds(bytes, fieldAt + 1, closedAt);
				if (at > closedAt + 1) strayQuote ||= !isBlank(bytes, closedAt + 1, at);
				if (at > closedAt + 1 || bits > 127) {
					fields[column] = decodeQuoted(bytes, fieldAt + 1, closedAt, at);
				} else {
					const content = text.slice(fieldAt + 1 - start, closedAt - start);
					fields[column] = doubled ? content.replaceAll('""', '"') : content;
				}
			}
			if (fields.length > column) fields.length = column;
			recordAt = behindLineEnd(bytes, at - 1);
			this.onRecord(fields, innerLines, strayQuote);
		}
		return recordAt;
	}
}

/** A quoted field with the text between its closing quote and the delimiter, decoded together. */
function decodeQuoted(bytes: Buffer, from: number, closedAt: number, to: number): string {
	const content = bytes.toString('latin1', from, closedAt).replaceAll('""', '"');
	const rest = bytes.toString('latin1', closedAt + 1, to);
	return Buffer.from(content + rest, 'latin1').toString('utf8');
}

const isBlank = (bytes: Buffer, from: number, to: number) =>
	bytes.subarray(from, to).every(isBlankByte);

function countLineEnds(bytes: Buffer, from: number, to: number): number {
	let count = 0;
	for (let at = from; at < to; at += 1) {
		const completesPair = at > from && bytes[at - 1] === carriageReturn;
		if (bytes[at] === carriageReturn || (bytes[at] === lineFeed && !completesPair)) count += 1;
	}
	return count;
}
