/**
 * V8 copies a text that is shorter than this when it is cut from another; a longer one keeps that
 * other text in memory for as long as itself, here the whole block of the report it was read from.
 */
const shortestSlice = 13;

/** How many different texts of one column are remembered before the memory is cleared. */
const mostRemembered = 512;

/**
 * Makes the texts of one column cheap to keep, because a report may have hundreds of thousands of
 * rows: if values repeat, equal texts become one; others are copied out of their block.
 */
export class KeptTexts {
	private latest = '';
	private readonly known: Map<string, string> | undefined;

	constructor(repeatsItself: boolean) {
		this.known = repeatsItself ? new Map() : undefined;
	}

	/** The same text, cheap to keep. */
	of(text: string): string {
		if (!this.known) return ownCopy(text);
		if (text === this.latest) return this.latest;
		this.latest = this.known.get(text) ?? remember(this.known, ownCopy(text));
		return this.latest;
	}
}

function remember(known: Map<string, string>, text: string): string {
	if (known.size >= mostRemembered) known.clear();
	known.set(text, text);
	return text;
}

const scratch = Buffer.alloc(1024);
const mostBytesPerUnit = 3;

/** The same text, copied out of a longer one that it may be a slice of. */
export function ownCopy(text: string): string {
	if (text.length < shortestSlice) return text;
	if (text.length * mostBytesPerUnit > scratch.length) return Buffer.from(text).toString();
	return scratch.toString('utf8', 0, scratch.write(text));
}
