import { eventFields, otherSpellings } from '../line/eventLine';

/** `<u1>`, or `%3Cu1%3E` if somebody encoded the URL. */
const macro = /<([^<>\s]{1,64})>|%3C([A-Za-z0-9_]{1,64})%3E/gi;

const known: ReadonlySet<string> = new Set([...eventFields, ...Object.values(otherSpellings)]);

/** The names of the macros in a postback URL, each once, in lower case. */
export function macrosIn(url: string): string[] {
	const names = [...url.matchAll(macro)].map(([, plain, encoded]) => plain ?? encoded);
	return [...new Set(names.map((name) => name.toLowerCase()))];
}

/** Macros that are not transaction fields: only the one who made them can fill them in. */
export const unknownMacros = (url: string): string[] =>
	macrosIn(url).filter((name) => !known.has(name));

/** The URL with every macro replaced by what `valueOf` returns for its name. */
export const withMacros = (url: string, valueOf: (name: string) => string): string =>
	url.replace(macro, (_, plain: string | undefined, encoded: string | undefined) =>
		valueOf((plain ?? encoded ?? '').toLowerCase()),
	);
