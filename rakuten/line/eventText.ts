import { isBlank } from './isBlank';

/** The content of one field of an event. */
export interface EventText {
	/** Trimmed; null if the field is missing, blank, or a macro that was not filled in. */
	readonly text: string | null;
	/** Why it can't be read, to follow the field's name; undefined if it can. */
	readonly unreadable?: string;
}

/** `<u1>`, `%3Cu1%3E`, also encoded twice: the sender did not know the field. */
const unfilledMacro = /^(?:<|%(?:25)*3C)[a-z][a-z0-9_]{0,63}(?:>|%(?:25)*3E)$/i;

const nothing: EventText = { text: null };

/**
 * Reads one value from a query, a form or JSON. Numbers and booleans become the text they would
 * have in a query; a parameter that was sent twice counts once if both values are the same.
 */
export function readEventText(value: unknown): EventText {
	if (typeof value === 'string') return readText(value);
	if (value === undefined || value === null) return nothing;
	if (typeof value === 'number') return readNumber(value);
	if (typeof value === 'boolean' || typeof value === 'bigint') return { text: String(value) };
	if (Array.isArray(value)) return readRepeated(value);
	return { text: null, unreadable: 'is not a text or number' };
}

function readText(value: string): EventText {
	const text = value.trim();
	return text.length <= longestBlank && (isBlank(text) || unfilledMacro.test(text))
		? nothing
		: { text };
}

/** Longer texts are neither blank nor a macro, and need not be searched. */
const longestBlank = 100;

/** Beyond 2^53, a JSON number has lost digits before anybody could read them. */
function readNumber(value: number): EventText {
	if (Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) {
		return { text: String(value === 0 ? 0 : value) };
	}
	return { text: null, unreadable: 'is not a number that can be represented exactly' };
}

function readRepeated(values: readonly unknown[]): EventText {
	if (values.length > mostRepeats) return { text: null, unreadable: 'came many times' };
	const readings = values.map((each) => (Array.isArray(each) ? notOneValue : readEventText(each)));
	const [first = nothing] = readings;
	return readings.every(({ text, unreadable }) => text === first.text && !unreadable)
		? first
		: notOneValue;
}

const mostRepeats = 100;

const notOneValue: EventText = {
	text: null,
	unreadable: 'came more than once with different values',
};
