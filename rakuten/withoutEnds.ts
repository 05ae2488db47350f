/**
 * The text without some characters at its ends. A pattern such as `/^"+|"+$/g` does the same, but
 * for a long run of those characters within the text it takes time that grows with its square.
 *
 * @param isEnd matches each of the characters; not with the flag `g`
 */
export const withoutEnds = (text: string, isEnd: RegExp, isStart = isEnd): string =>
	withoutEnd(withoutStart(text, isStart), isEnd);

/** The text without some characters at its end; see withoutEnds. */
export function withoutEnd(text: string, isEnd: RegExp): string {
	let length = text.length;
	while (length > 0) {
		const isPair = length > 1 && text.codePointAt(length - 2)! > 0xffff;
		const from = length - (isPair ? 2 : 1);
		if (!isEnd.test(text.slice(from, length))) break;
		length = from;
	}
	return text.slice(0, length);
}

/** The text without some characters at its start; see withoutEnds. */
export function withoutStart(text: string, isStart: RegExp): string {
	let start = 0;
	while (start < text.length) {
		const character = String.fromCodePoint(text.codePointAt(start)!);
		if (!isStart.test(character)) break;
		start += character.length;
	}
	return text.slice(start);
}
