import { knownColumn } from './columns';
import { isBlank } from './rowFields';

/**
 * Whether what should be a header is a refusal in words (`Access denied`, `You cannot request this
 * report now.`; sent with status 200 by older hosts): no known column, and one value only or
 * several words in a value, or a blank behind a comma as in prose.
 */
export function isSentence(header: readonly string[]): boolean {
	const values = header.filter((value) => !isBlank(value));
	if (values.some((value) => knownColumn(value) !== undefined)) return false;
	return (
		values.length === 1 ||
		values.some((value) => value.startsWith(' ') || value.trim().split(/\s+/).length > 3)
	);
}
