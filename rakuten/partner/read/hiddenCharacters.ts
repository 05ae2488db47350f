import { withoutEnds } from '../../withoutEnds';

/** Zero-width spaces, marks of direction and other signs that can't be seen. */
const hidden = /\p{Cf}/u;
const hiddenOrBlank = /[\s\p{Cf}]/u;

/** Whether a text begins or ends with characters that can't be seen, blanks aside. */
export const hasHiddenEnds = (text: string): boolean =>
	hidden.test(text) && withoutEnds(text, hiddenOrBlank) !== text.trim();

/** The text without blanks and characters at its ends that can't be seen. */
export const withoutHiddenEnds = (text: string): string =>
	hidden.test(text) ? withoutEnds(text, hiddenOrBlank) : text.trim();

/** The text without any character that can't be seen. */
export const withoutHidden = (text: string): string => text.replace(/\p{Cf}/gu, '');

/** The text with characters that can't be seen as their numbers, such as `<U+200B>`. */
export const withHiddenShown = (text: string): string =>
	text.replace(
		/\p{Cf}/gu,
		(each) => `<U+${each.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}>`,
	);
