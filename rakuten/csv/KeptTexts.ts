/**
 * V8 copies a text that is shorter when it is cut from another; a longer one keeps that other, here
 * the whole block of the report it was read in, in memory for as long as itself.
 */
const shortestSlice = 13;

/** Of one column, so many different texts are remembered before it begins anew. */
const mostRemembered = 512;

/**
 * Makes the texts of one column cheap to keep, as a report may have hundreds of thousands of rows:
 * where a column repeats itself, equal texts become one; others are cut loose from their block.
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

/** The same text, cut loose from a longer one that it may be a slice of. */
export function ownCopy(text: string): string {
	if (text.length < shortestSlice) return text;
	if (text.length * mostBytesPerUnit > scratch.length) return Buffer.from(text).toString();
	return scratch.toString('utf8', 0, scratch.write(text));
}
