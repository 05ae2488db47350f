import { countText } from '../countText';
import { isBlank } from '../line/isBlank';
import type { RawRow } from './TotalRows';

/** What quotation marks did to a row, as a reason to reject it; undefined if there is no such sign. */
export function quoteFault(row: RawRow, width: number): string | undefined {
	const { fields, line, innerLines, strayQuote } = row;
	if (innerLines > 0 && fields.some((_, at) => swallowsRows(fields, at, width))) {
		return `A quotation mark is not closed where it should be: lines ${line} to ${line + innerLines} of the report were read as this one row`;
	}
	if (!strayQuote) return undefined;
	const where = innerLines > 0 ? `lines ${line} to ${line + innerLines}` : `line ${line}`;
	return `Text follows a closing quotation mark, so it is uncertain where the values of this row begin and end (${where} of the report)`;
}

/** Whether a field, together with those around it, is whole rows of the report's width. */
function swallowsRows(fields: readonly string[], at: number, width: number): boolean {
	const lines = fields[at].split(/\r\n|\r|\n/);
	if (lines.length < 2) return false;
	const behind = fields.length - at - 1;
	return lines.every((text, index) => {
		const values = text.split(',').length;
		if (index === 0) return at + values === width;
		return (index < lines.length - 1 ? values : values + behind) === width;
	});
}

/**
 * A row that has one value more than the header, without the one that is empty and too many, as rows
 * with an extra empty field after the Order ID have come. Undefined unless exactly one way makes
 * every cell readable.
 *
 * @param fits whether all values of a row can be read in their columns
 */
export function withoutExtra(
	fields: readonly string[],
	fits: (fields: readonly string[]) => boolean,
): string[] | undefined {
	// Without any one of several empty values that follow one another, the row is the same.
	const places = [...fields.keys()].filter(
		(at) => isBlank(fields[at]) && (at === 0 || !isBlank(fields[at - 1])),
	);
	if (places.length > mostTried) return undefined;
	const fitting = places.map((place) => fields.filter((_, at) => at !== place)).filter(fits);
	return fitting.length === 1 ? fitting[0] : undefined;
}

/** Bounds the work on a row of thousands of empty values. */
const mostTried = 64;

export const wrongWidth = (values: number, columns: number) =>
	`This row has ${countText(values, 'value')} where the header has ${columns} columns`;
