/** Ways in which a file's text can be written as bytes, as TextDecoder calls them. */
export type TextEncoding =
	| 'macintosh'
	| 'shift_jis'
	| 'utf-8'
	| 'utf-16be'
	| 'utf-16le'
	| 'windows-1250'
	| 'windows-1251'
	| 'windows-1252';

/**
 * Detects the encoding of a file from its bytes, by these rules:
 * 1. A byte order mark decides: UTF-8, UTF-16 little or big endian.
 * 2. If nearly every second byte of the first 4 KiB is zero, it is UTF-16 (a header is ASCII).
 * 3. If all bytes of the file are valid UTF-8, or it has more characters beyond ASCII in valid UTF-8
 *    than places that are not, it is UTF-8; this includes plain ASCII. A name that was cut off within
 *    a character leaves a single such place, while in another encoding nearly every letter beyond
 *    ASCII is one.
 * 4. Otherwise it is Windows-1252, which spreadsheets on Western Windows write as "CSV".
 */
export class EncodingDetector {
	private known: TextEncoding | undefined;
	private readonly first: number[] = [];
	private readonly strict = new TextDecoder('utf-8', { fatal: true });
	private readonly lenient = new TextDecoder('utf-8');
	private isValid = true;
	private valid = 0;
	private invalid = 0;

	write(chunk: Uint8Array): void {
		if (this.known) return;
		for (let at = 0; at < chunk.length && this.first.length < lookedAt; at++) {
			this.first.push(chunk[at]);
		}
		this.known = byMark(this.first);
		if (!this.known) this.look(chunk);
	}

	/** What the bytes so far tell; they may end within a character. */
	get soFar(): TextEncoding {
		const isUtf8 = this.isValid || this.valid > this.invalid;
		return this.known ?? byZeros(this.first) ?? (isUtf8 ? 'utf-8' : 'windows-1252');
	}

	end(): TextEncoding {
		if (!this.known) this.look();
		return this.soFar;
	}

	private look(chunk?: Uint8Array): void {
		const stream = chunk !== undefined;
		this.isValid &&= doesNotThrow(() => this.strict.decode(chunk, { stream }));
		for (const letter of this.lenient.decode(chunk, { stream }).match(/[^\0-\x7f]/gu) ?? []) {
			if (letter === '\uFFFD') this.invalid++;
			else this.valid++;
		}
	}
}

function doesNotThrow(work: () => unknown): boolean {
	try {
		work();
		return true;
	} catch {
		return false;
	}
}

const lookedAt = 4096;

function byMark([a, b, c]: readonly number[]): TextEncoding | undefined {
	if (a === 0xff && b === 0xfe) return 'utf-16le';
	if (a === 0xfe && b === 0xff) return 'utf-16be';
	return a === 0xef && b === 0xbb && c === 0xbf ? 'utf-8' : undefined;
}

/** Of the bytes that are zero where the text is ASCII, so many may be others. */
const mostOthers = 0.3;

function byZeros(first: readonly number[]): 'utf-16le' | 'utf-16be' | undefined {
	const units = Math.floor(first.length / 2);
	let even = 0;
	let odd = 0;
	for (let at = 0; at < units * 2; at += 2) {
		if (first[at] === 0) even++;
		if (first[at + 1] === 0) odd++;
	}
	const least = Math.max(1, units * (1 - mostOthers));
	if (odd >= least && even < odd) return 'utf-16le';
	return even >= least && odd < even ? 'utf-16be' : undefined;
}
