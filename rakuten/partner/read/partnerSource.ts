import type { JoinDateFormat } from './joinDate';
import type { SourceHeader } from './sourceHeader';

/**
 * Takes a row's cells, in the order of the header. `line`: where it starts, from 1; `strayQuote`: a
 * quotation mark in it is neither doubled nor around a value.
 */
export interface CellsHandler {
	(cells: readonly string[], line: number, strayQuote: boolean): void;
}

/** What the end of a source told. */
export interface SourceEnd {
	/** Lines without any value; they are not rows. */
	readonly blankLines: number;
}

/** A file, or the items of another node, that contains publishers and was recognized as such. */
export interface PartnerSource {
	/** In messages, e.g. `"overview.csv"` or `The input`. */
	readonly name: string;
	readonly header: SourceHeader;
	/** How its join dates are written, other than rows that say so themselves. */
	readonly dateFormat: JoinDateFormat;
	/**
	 * Reads it from its beginning to its end, as often as it is called; the cells are lent. Goes on
	 * a piece at a time. Throws a RakutenProblem where it breaks off.
	 */
	read(onRow: CellsHandler): AsyncGenerator<void, SourceEnd>;
}
