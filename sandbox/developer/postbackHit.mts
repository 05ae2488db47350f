import { decoded } from '../host/query.mts';
import type { DeveloperSettings } from './developerSettings.mts';
import type { HitValues } from './hitValues.mts';

/** How a registered URL becomes a request. */
export interface HitStyle {
	/**
	 * `encoded`: values percent-encoded. `raw`: values as they are; only blanks, control characters
	 * and what is not ASCII are percent-encoded, because no request line can hold them. A raw `&`
	 * starts a parameter, and a raw `#` ends the URL, as it does for every client.
	 */
	macros: 'encoded' | 'raw';
	/**
	 * The documented GET, or what a relay may make of it: the parameters that hold macros in the
	 * body, by their names in the URL; the others stay where they are.
	 */
	method: 'GET' | 'POST json' | 'POST form';
	/** Replaces scheme, host and port of the URL, e.g. `http://127.0.0.1:5678`. */
	origin?: string;
}

/** A request ready to be sent. */
export interface Hit {
	origin: URL;
	path: string;
	method: 'GET' | 'POST';
	headers: Record<string, string>;
	body: string;
}

type Wording = Pick<DeveloperSettings, 'missingMacrosAs' | 'bareUrlAs'>;

/** A macro has its angle brackets literally; a percent-encoded one is not a macro. */
const MACRO = /<([a-z0-9_]+)>/g;

/**
 * The request for one record.
 * @param url as registered; one without a scheme is taken for http
 * @throws if nothing can be sent to the URL
 */
export function hitOf(url: string, values: HitValues, style: HitStyle, wording: Wording): Hit {
	const { origin, path, query } = partsOf(url, values, wording);
	const fill = (text: string) => filled(text, values, style, wording);
	const hit: Hit = {
		origin: new URL(style.origin ?? origin),
		path: '',
		method: 'GET',
		headers: {},
		body: '',
	};
	const target = (parameters: readonly string[]) => {
		const whole = fill(path) + (parameters.length > 0 ? `?${parameters.map(fill).join('&')}` : '');
		return legal(whole.split('#')[0]!, style);
	};
	if (style.method === 'GET') return { ...hit, path: target(query) };

	const told = query.filter((parameter) => macrosOf(parameter, values).length > 0);
	const kept = query.filter((parameter) => !told.includes(parameter));
	const isForm = style.method === 'POST form';
	return {
		...hit,
		method: 'POST',
		path: target(kept),
		headers: {
			'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
		},
		body: isForm
			? legal(told.map(fill).join('&'), style)
			: JSON.stringify(Object.fromEntries(told.map((pair) => namedValue(pair, values, wording)))),
	};
}

function partsOf(url: string, values: HitValues, { bareUrlAs }: Wording) {
	const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`;
	const [, origin, path, query] =
		/^(https?:\/\/[^/?#<>@\s]+)([^?#]*)(?:\?([^#]*))?/i.exec(absolute.trim()) ?? [];
	if (origin === undefined) throw new Error('not a URL that can be called');
	const parameters = (query ?? '').split('&').filter((parameter) => parameter !== '');
	const isBare = macrosOf(url, values).length === 0;
	const added =
		isBare && bareUrlAs === 'allFields'
			? [...values.keys()].map((name) => `${name}=<${name}>`)
			: [];
	return { origin, path: path || '/', query: [...parameters, ...added] };
}

function macrosOf(text: string, values: HitValues): string[] {
	return [...text.matchAll(MACRO)].map(([, name]) => name!).filter((name) => values.has(name));
}

/** Unknown macros stay as they are. */
function filled(text: string, values: HitValues, { macros }: HitStyle, wording: Wording): string {
	return text.replace(MACRO, (macro, name: string) => {
		const value = valueOf(macro, name, values, wording);
		return macros === 'encoded' ? encodeURIComponent(value) : value;
	});
}

function valueOf(macro: string, name: string, values: HitValues, wording: Wording): string {
	const value = values.get(name);
	if (value === undefined) return macro;
	if (value !== '') return wellFormed(value);
	return { empty: '', null: 'null', macro }[wording.missingMacrosAs];
}

/** A parameter as a field of JSON, which needs no encoding. */
function namedValue(parameter: string, values: HitValues, wording: Wording): [string, string] {
	const [name = '', text = ''] = parameter.split(/=(.*)/s);
	const raw = filled(text, values, { macros: 'raw', method: 'POST json' }, wording);
	return [decoded(name), raw];
}

/** What a request line can hold; encoded, also without the brackets and quotes a URL should not have. */
function legal(text: string, { macros }: HitStyle): string {
	const forbidden = macros === 'encoded' ? /[^\x21-\x7e]|["<>\\^`{|}]/gu : /[^\x21-\x7e]/gu;
	return wellFormed(text).replace(forbidden, (character) => encodeURIComponent(character));
}

/** Half a pair of surrogates cannot be encoded; it becomes the character for what is unreadable. */
function wellFormed(text: string): string {
	return Buffer.from(text).toString();
}
