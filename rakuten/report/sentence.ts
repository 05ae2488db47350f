import { knownColumn } from './columns';

/**
 * Whether a text reads like a refusal in words ("You cannot request this report now.", sent with
 * status 200 by older hosts) rather than like a header: several words and no known column.
 */
export function isSentence(text: string): boolean {
	const words = text.trim().split(/\s+/);
	return words.length > 3 && !text.split(',').some((part) => knownColumn(part) !== undefined);
}
