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

/** How other trackers write what is to be filled in: `{u1}`, `{{u1}}`, `${u1}`, `#s2#`, `=[u1]`, `=%u1%`. */
const foreign =
	/\$?\{{1,2}\s?[\w.:-]{1,64}\s?\}{1,2}|%7B{1,2}[\w.:-]{1,64}%7D{1,2}|#[a-z]\w{0,63}#|(?<==)\[[a-z]\w{0,63}\](?=&|$)|(?<==)%[g-z_]\w{0,63}%(?=&|$)/gi;

/** Macros in a form that Rakuten does not fill in, as they are written, each once. */
export const foreignMacros = (url: string): string[] => [
	...new Set([...url.matchAll(foreign)].map(([macro]) => macro)),
];
