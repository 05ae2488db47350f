import { eventFields, otherSpellings } from '../line/eventLine';
import { readEventText } from '../line/eventText';
import { foreignMacros, macrosIn, withMacros } from './macros';
import { withoutEntities } from './storedUrl';

/** `2023-05-21T06:58:45.000 0000`: the offset's plus became a space on the way. */
export const blankOffset = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?) (\d{4})$/;

/**
 * Another tracker's postback URL as Rakuten would have called it for this hit: macros are replaced
 * by the values as they came, percent-encoded; a missing field is empty. A URL without any macro
 * gets the fields under their own names, because a postback without content would be useless
 * (trackers document such bare URLs).
 */
export function fillPostbackUrl(url: string, fields: Readonly<Record<string, unknown>>): string {
	const valueOf = (name: string) => {
		const text = Object.hasOwn(fields, name) ? readEventText(fields[name]).text : null;
		return encodeText((text ?? '').replace(blankOffset, '$1+$2'));
	};
	url = withoutEntities(url);
	if (macrosIn(url).length > 0) {
		return withMacros(url, (name) => valueOf(usualName[name] ?? name));
	}
	// Something else is asked for, in a form that is not Rakuten's.
	if (foreignMacros(url).length > 0) return url;
	const [address, ...fragment] = url.split('#');
	const pairs = eventFields
		.map((name) => [name, valueOf(name)])
		.filter(([, value]) => value !== '')
		.map(([name, value]) => `${name}=${value}`);
	const joint = address.includes('?') ? (/[?&]$/.test(address) ? '' : '&') : '?';
	return [pairs.length > 0 ? address + joint + pairs.join('&') : address, ...fragment].join('#');
}

const usualName: Readonly<Record<string, string>> = Object.fromEntries(
	Object.entries(otherSpellings).map(([name, other]) => [other, name]),
);

/** encodeURIComponent throws on half a surrogate pair. */
const encodeText = (text: string) => encodeURIComponent(text.replace(loneSurrogate, '\uFFFD'));

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
