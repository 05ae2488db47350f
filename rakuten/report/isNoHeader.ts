import { knownColumn } from './columns';

/**
 * Whether what should be a header is something else: a refusal in words or in its own table, sent
 * with status 200 (`Access denied`, `You cannot request this report now.`,
 * `error_code,error_message`). A Rakuten report has at least one known column with a name of its own.
 */
export function isNoHeader(values: readonly string[]): boolean {
	return values.every((value) => {
		const known = knownColumn(value);
		return known === undefined || everyday.has(known.name);
	});
}

/** Columns whose names a table of errors may have too: `Status,Reason`. */
const everyday = new Set(['date', 'time', 'status', 'reason']);
