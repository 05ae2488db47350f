/** What an answer of the API host says of itself, beside its status. */
export interface Fault {
	/** Rakuten's own words on one line; empty if there are none. */
	readonly words: string;
	/** A code of the older gateway, such as 900901. */
	readonly code?: number;
	readonly form: 'empty' | 'json' | 'xml' | 'html' | 'text';
}

/**
 * Reads the words of a refusal in every form the API host is known to use: JSON with `message`,
 * `error`, `error_description`, `fault` or `errors`, the older gateway's XML, web pages (their
 * title), and plain text.
 */
export function readFault(body: string): Fault {
	const text = body.replace(/^\uFEFF/, '').trim();
	if (text === '') return { words: '', form: 'empty' };
	if (text.startsWith('<')) return isWebPage(text) ? webPage(text) : xmlFault(text);
	if (/^[[{"]/.test(text)) return jsonFault(text);
	return { words: oneLine(text), form: 'text' };
}

const isWebPage = (text: string) =>
	/<(?:!doctype\s+html|html|head|body)\b/i.test(text.slice(0, openingLength));

/** Comments may precede a page's first tag. */
const openingLength = 1000;

const webPage = (text: string): Fault => ({
	words: oneLine(unescaped(/<title[^<>]*>([^<]*)<\/title>/i.exec(text)?.[1] ?? '')),
	form: 'html',
});

/** `<ams:fault><ams:code>900901</ams:code>…`, `<XMLFault>…`, `<Errors><ErrorText>…`. */
function xmlFault(text: string): Fault {
	const said = [...text.matchAll(/<(?:\w+:)?(\w+)\b[^<>]*>([^<]*)(?=<)/g)]
		.filter(([, name]) => /^(?:message|description|errortext|faultstring|title)$/i.test(name))
		.map(([, , words]) => unescaped(words).trim());
	const code = /<(?:\w+:)?code[^<>]*>\s*(\d+)\s*</i.exec(text)?.[1];
	return { words: joined(said), code: code === undefined ? undefined : Number(code), form: 'xml' };
}

function jsonFault(text: string): Fault {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		return { words: oneLine(text), form: 'text' };
	}
	const code = codeIn(parsed);
	return { words: joined(wordsIn(parsed, 0)), code, form: 'json' };
}

/** The names under which refusals say something, in the order in which it reads best. */
const sayings = [
	'message',
	'error_description',
	'description',
	'error',
	'fault',
	'errors',
	'detail',
];

function wordsIn(value: unknown, depth: number): string[] {
	if (typeof value === 'string') return [value.trim()];
	if (typeof value !== 'object' || value === null || depth > 3) return [];
	if (Array.isArray(value)) return value.slice(0, 10).flatMap((each) => wordsIn(each, depth + 1));
	return sayings
		.filter((name) => Object.hasOwn(value, name))
		.flatMap((name) => wordsIn((value as Record<string, unknown>)[name], depth + 1));
}

function codeIn(value: unknown): number | undefined {
	const { fault, code } = (value ?? {}) as { fault?: { code?: unknown }; code?: unknown };
	const number = Number(fault?.code ?? code);
	return Number.isInteger(number) ? number : undefined;
}

const joined = (parts: readonly string[]) =>
	oneLine([...new Set(parts.filter((part) => part !== ''))].join('; '));

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

const entities: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
};

const unescaped = (text: string) =>
	text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name]);
