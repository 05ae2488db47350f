import { CsvScanner } from '../../csv/CsvScanner';
import { readSourceHeader } from './sourceHeader';
import type { RenamedSourceColumns, SourceHeader } from './sourceHeader';

/** Where a file's header is, and what it says. */
export interface FileHead {
	readonly delimiter: string;
	/** Undefined where no line is a header of a known kind. */
	readonly header: SourceHeader | undefined;
	/** The cells of the header, or of the first line with any where none is known. */
	readonly cells: readonly string[];
	/** Records up to and including the header: titles and blank lines may precede it. */
	readonly records: number;
	/** Those above it that are not blank. */
	readonly linesAbove: number;
}

/** In the order in which they are tried. */
const delimiters = [',', ';', '\t', '|'];

/** A header is within this many records. */
const headRecords = 20;

/**
 * Finds the header in the first bytes of a file, in UTF-8. The delimiter is the one with which a
 * header is recognized; if there is none, the one that gives the first line the most cells.
 *
 * @param isWhole the bytes are the whole file, so its last line is complete
 * @param delimiter given by the user
 */
export function readFileHead(
	bytes: Uint8Array,
	isWhole: boolean,
	renamed: RenamedSourceColumns,
	delimiter?: string,
): FileHead {
	const heads = (delimiter === undefined ? delimiters : [delimiter]).map((each) =>
		headWith(each, bytes, isWhole, renamed),
	);
	const known = heads.find(({ header }) => header !== undefined);
	return (
		known ?? heads.reduce((most, each) => (each.cells.length > most.cells.length ? each : most))
	);
}

function headWith(
	delimiter: string,
	bytes: Uint8Array,
	isWhole: boolean,
	renamed: RenamedSourceColumns,
): FileHead {
	const records: string[][] = [];
	const reader = new CsvScanner(
		(cells) => {
			if (records.length < headRecords) records.push(cells.slice());
		},
		{ delimiter },
	);
	reader.write(bytes);
	if (isWhole) reader.end();
	for (const [index, cells] of records.entries()) {
		const header = readSourceHeader(cells, renamed);
		if (!header) continue;
		const linesAbove = records.slice(0, index).filter(hasValue).length;
		return { delimiter, header, cells, records: index + 1, linesAbove };
	}
	const cells = records.find(hasValue) ?? [];
	return { delimiter, header: undefined, cells, records: 0, linesAbove: 0 };
}

/** Whatever the delimiter turns out to be, a line of nothing but delimiters is blank. */
const hasValue = (cells: readonly string[]) => cells.some((cell) => /[^\s,;|]/.test(cell));
