/**
 * Parses JSON with numbers as the texts they were written in, if these are plain decimals: an
 * amount of 43.10 stays `43.10`, and an ID of twenty digits keeps them all. If the runtime does not
 * provide a number's own text, it becomes the shortest text of the same number.
 *
 * @throws SyntaxError for a text that is not JSON
 */
export function parseExactJson(text: string): unknown {
	return JSON.parse(text, keepNumber);
}

function keepNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
	if (typeof value !== 'number') return value;
	const written = context?.source ?? String(value);
	return plainDecimal.test(written) ? written : value;
}

const plainDecimal = /^-?\d+(?:\.\d+)?$/;
