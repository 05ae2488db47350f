/** The bytes with a meaning in a CSV file, besides its delimiter. */
export const quote = 0x22;
export const lineFeed = 0x0a;
export const carriageReturn = 0x0d;
export const byteOrderMark: readonly number[] = [0xef, 0xbb, 0xbf];

/** The position after the line end that begins at `at`: LF, CRLF or a lone CR. */
export function behindLineEnd(bytes: Uint8Array, at: number): number {
	const pair = bytes[at] === carriageReturn && bytes[at + 1] === lineFeed;
	return pair ? at + 2 : at + 1;
}

const space = 0x20;
const tab = 0x09;

export const isBlankByte = (byte: number): boolean => byte === space || byte === tab;
