import { carriageReturn, isBlankByte, lineFeed, quote } from './csvBytes';

/** A buffer that grew for one huge field is not kept for later fields. */
const keptBytes = 64 * 1024;

type Place = 'fieldStart' | 'unquoted' | 'quoted' | 'quoteInQuoted' | 'afterQuoted';

/**
 * One record that arrives in pieces, cut anywhere: within a field, between two quotes, within a
 * character. It goes byte by byte and remembers its position, so that no byte is read twice however
 * small the pieces are. Field bytes are collected first and decoded once the field is complete.
 */
export class PartialRecord {
	/** Line ends inside quoted fields of this record so far; CRLF counts as one. */
	lineEnds = 0;
	/** Whether there was text between a closing quote and the end of its field. */
	strayQuote = false;
	private fields: string[] = [];
	private field = Buffer.alloc(256);
	private fieldBytes = 0;
	private place: Place = 'fieldStart';
	private afterReturn = false;

	constructor(private readonly delimiter: number) {}

	/** Whether any byte of a record has been read. */
	get started(): boolean {
		return this.fields.length > 0 || this.place !== 'fieldStart';
	}

	get inQuotes(): boolean {
		return this.place === 'quoted';
	}

	/** Continues reading; returns the position of the line end that closes the record, or -1. */
	read(bytes: Uint8Array, from: number): number {
		for (let at = from; at < bytes.length; at += 1) {
			const byte = bytes[at];
			if (this.place === 'quoted') {
				if (byte === quote) this.place = 'quoteInQuoted';
				else this.addQuoted(byte);
			} else if (byte === this.delimiter) {
				this.endField();
			} else if (byte === lineFeed || byte === carriageReturn) {
				return at;
			} else if (
				byte === quote &&
				(this.place === 'fieldStart' || this.place === 'quoteInQuoted')
			) {
				// The first quote of a field opens it; a doubled quote is a literal one.
				if (this.place === 'quoteInQuoted') this.addQuoted(byte);
				this.place = 'quoted';
			} else {
				if (this.place === 'quoteInQuoted') this.place = 'afterQuoted';
				if (this.place === 'fieldStart') this.place = 'unquoted';
				if (this.place === 'afterQuoted' && !isBlankByte(byte)) this.strayQuote = true;
				this.add(byte);
			}
		}
		return -1;
	}

	/** Returns the record as far as it was read, and prepares for the next one. */
	take(): string[] {
		this.endField();
		const { fields } = this;
		this.fields = [];
		this.lineEnds = 0;
		this.strayQuote = false;
		if (this.field.length > keptBytes) this.field = Buffer.alloc(256);
		return fields;
	}

	private endField(): void {
		this.fields.push(this.field.toString('utf8', 0, this.fieldBytes));
		this.fieldBytes = 0;
		this.place = 'fieldStart';
		this.afterReturn = false;
	}

	private addQuoted(byte: number): void {
		if (byte === carriageReturn || (byte === lineFeed && !this.afterReturn)) this.lineEnds += 1;
		this.afterReturn = byte === carriageReturn;
		this.add(byte);
	}

	private add(byte: number): void {
		if (this.fieldBytes === this.field.length) {
			const larger = Buffer.alloc(this.field.length * 2);
			larger.set(this.field);
			this.field = larger;
		}
		this.field[this.fieldBytes] = byte;
		this.fieldBytes += 1;
	}
}
