/** Ways in which a file's text can be written as bytes. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * Detects the encoding of a file from its bytes, by these rules:
 * 1. A byte order mark decides: UTF-8, UTF-16 little or big endian.
 * 2. If nearly every second byte of the first 4 KiB is zero, it is UTF-16 (a header is ASCII).
 * 3. If all bytes of the file are valid UTF-8, it is UTF-8; this includes plain ASCII.
 * 4. Otherwise it is Windows-1252, which spreadsheets on Western Windows write as "CSV".
 */
export class EncodingDetector {
	private known: TextEncoding | undefined;
	private readonly first: number[] = [];
	private readonly utf8 = new TextDecoder('utf-8', { fatal: true });
	private isUtf8 = true;

	write(chunk: Uint8Array): void {
		if (this.known) return;
		for (let at = 0; at < chunk.length && this.first.length < lookedAt; at++) {
			this.first.push(chunk[at]);
		}
		this.known = byMark(this.first);
		if (!this.known && this.isUtf8) this.isUtf8 = this.takes(chunk);
	}

	/** What the bytes so far tell; they may end within a character. */
	get soFar(): TextEncoding {
		return this.known ?? byZeros(this.first) ?? (this.isUtf8 ? 'utf-8' : 'windows-1252');
	}

	end(): TextEncoding {
		if (!this.known && this.isUtf8) this.isUtf8 = this.takes();
		return this.soFar;
	}

	private takes(chunk?: Uint8Array): boolean {
		try {
			this.utf8.decode(chunk, { stream: chunk !== undefined });
			return true;
		} catch {
			return false;
		}
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
