import { knownColumn } from './columns';

/**
 * Whether what should be a header is something else: a refusal in words or in its own table, sent
 * with status 200 (`Access denied`, `You cannot request this report now.`,
 * `error_code,error_message`). A Rakuten report has at least one of the hundred known columns.
 */
export function isNoHeader(values: readonly string[]): boolean {
	return values.every((value) => knownColumn(value) === undefined);
}
