import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvScanner } from '../../../rakuten/csv/CsvScanner';
import type { CsvEnd, CsvOptions } from '../../../rakuten/csv/CsvScanner';
import { anyCharacter } from '../anyCharacter.mts';

export interface ReadCsv {
	rows: string[][];
	lines: number[];
	end: CsvEnd;
}

/** Everything CsvScanner says about the chunks. Strings are taken as UTF-8. */
export function readCsv(chunks: Array<string | Uint8Array>, options?: CsvOptions): ReadCsv {
	const rows: string[][] = [];
	const lines: number[] = [];
	const reader = new CsvScanner((fields, line) => {
		rows.push(fields.slice());
		lines.push(line);
	}, options);
	for (const chunk of chunks) {
		reader.write(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
	}
	return { rows, lines, end: reader.end() };
}

/** The same text as csv-parse, the oracle, reads it. */
export function oracleRows(text: string | Buffer, delimiter = ','): string[][] {
	return parse(text, {
		bom: true,
		delimiter,
		record_delimiter: ['\r\n', '\n', '\r'],
		relax_column_count: true,
		relax_quotes: true,
	});
}

/** Cuts bytes at these places, taken modulo the length; equal places give empty chunks. */
export function cut(bytes: Uint8Array, places: number[]): Uint8Array[] {
	const sorted = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
	return [...sorted, bytes.length].map((to, index) =>
		bytes.subarray(index === 0 ? 0 : sorted[index - 1], to),
	);
}

export const oneByteEach = (bytes: Uint8Array) => cut(bytes, [...bytes.keys()]);

const awkward = [
	'"',
	'""',
	',',
	';',
	'\r',
	'\n',
	'\r\n',
	'\uFEFF',
	'\0',
	' ',
	'é',
	'漢',
	'😀',
	'ﬀ',
];
const anyText = fc.oneof(
	fc.array(fc.oneof(fc.constantFrom(...awkward), fc.string({ unit: anyCharacter, maxLength: 3 })), {
		maxLength: 6,
	}),
	// Few different values, so that a field often equals or begins like the one above it.
	fc.constantFrom(['3/1/26'], ['3/1/27'], ['3/1/2'], [''], ['Maison Lumière'], ['Fields, Moss']),
);

export interface Cell {
	value: string;
	quoted: boolean;
}

const anyCell: fc.Arbitrary<Cell> = fc.record({
	value: anyText.map((parts) => parts.join('')),
	quoted: fc.boolean(),
});

/** A table as text, with what it should be read as: rows, and the line each one starts on. */
export interface WrittenTable {
	text: string;
	rows: string[][];
	lines: number[];
}

/** Any table of any strings, quoted at random and where it must be, with or without BOM. */
export function anyTable(delimiter = ','): fc.Arbitrary<WrittenTable> {
	const anyRow = fc.array(anyCell, { minLength: 1, maxLength: 5 });
	return fc
		.record({
			cells: fc.array(anyRow, { maxLength: 8 }),
			lineEnd: fc.constantFrom('\r\n', '\n', '\r'),
			lastLineEnd: fc.boolean(),
		})
		.map(({ cells, lineEnd, lastLineEnd }) => {
			let text = '\uFEFF';
			const lines: number[] = [];
			cells.forEach((row, index) => {
				lines.push(1 + (text.match(/\r\n|\r|\n/g) ?? []).length);
				const last = index === cells.length - 1;
				// A last, unquoted empty field without line end would be no record at all.
				const forced = last && !lastLineEnd;
				text += row.map((cell) => write(cell, delimiter, forced)).join(delimiter);
				if (!last || lastLineEnd) text += lineEnd;
			});
			return { text, lines, rows: cells.map((row) => row.map(({ value }) => value)) };
		});
}

function write({ value, quoted }: Cell, delimiter: string, forced: boolean): string {
	const mustQuote = value.startsWith('"') || /[\r\n]/.test(value) || value.includes(delimiter);
	return quoted || forced || mustQuote ? `"${value.replaceAll('"', '""')}"` : value;
}
