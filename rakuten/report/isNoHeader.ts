import { knownColumn } from './columns';

/**
 * Whether what should be a header is none: a refusal in words, or in a table of its own, sent with
 * status 200 (`Access denied`, `You cannot request this report now.`, `error_code,error_message`).
 * A report of Rakuten's has at least one of the hundred columns that are known.
 */
export function isNoHeader(values: readonly string[]): boolean {
	return values.every((value) => knownColumn(value) === undefined);
}
