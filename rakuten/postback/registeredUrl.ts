import { RakutenProblem } from '../problem';
import { eventFields } from '../line/eventLine';
import type { EventField } from '../line/eventLine';
import { macrosIn, unknownMacros, withMacros } from './macros';

/** Longer URLs may not be accepted: how long one may be is not documented. */
export const longestKnownUrl = 2000;

/**
 * The URL to register: the user's own, its query kept, with `name=<name>` for every chosen field
 * that it does not request already. `is_event` is always requested, because Rakuten requires it
 * (help article on the postback). Angle brackets are literal, because Rakuten would not recognize a
 * percent-encoded macro.
 *
 * @param fields names of the Events API, in any order
 * @throws RakutenProblem if it is not a web address, or has a macro that is not a field
 */
export function registeredUrl(text: string, fields: readonly string[]): string {
	const url = readTarget(text);
	const chosen = new Set<string>([...fields, 'is_event']);
	const strange = [...chosen].find((name) => !isField(name));
	if (strange !== undefined) {
		throw new RakutenProblem(
			'unknownField',
			`'Fields' contains "${strange.slice(0, 60)}", which is not a transaction field`,
			`Use the names in the list: ${eventFields.join(', ')}.`,
		);
	}
	const asked = new Set(macrosIn(url));
	const taken = parameterNames(url);
	const added = eventFields
		.filter((name) => chosen.has(name) && !asked.has(name) && !taken.has(name))
		.map((name) => `${name}=<${name}>`);
	if (added.length === 0) return url;
	const joint = url.includes('?') ? (/[?&]$/.test(url) ? '' : '&') : '?';
	return url + joint + added.join('&');
}

/**
 * The URL as the user wrote it, to restore what another tool had registered: its macros, spelling
 * and parameters are that tool's own, blanks and quotes included. Rakuten's own example has a blank
 * before a parameter.
 *
 * @throws RakutenProblem if it is not a web address
 */
export function urlAsWritten(text: string): string {
	if (!beginsAsAddress(text.trim())) throw notAnAddress();
	return text.trim();
}

const beginsAsAddress = (url: string) => /^https?:\/\/[^\s/?#<>]+/i.test(url) && URL.canParse(url);

const isWebAddress = (url: string) => beginsAsAddress(url) && !/[\s"`\\^{|}]/.test(url);

const notAnAddress = () =>
	new RakutenProblem(
		'urlUnreadable',
		"'URL' is not a web address that Rakuten could call",
		'Enter the whole URL, beginning with https://, without spaces or quotes.',
	);

const isField = (name: string): name is EventField =>
	(eventFields as readonly string[]).includes(name);

function readTarget(text: string): string {
	const url = text.trim();
	if (!isWebAddress(url)) throw notAnAddress();
	if (url.includes('#')) {
		throw new RakutenProblem(
			'urlFragment',
			"'URL' has a part behind #, which is never sent to a server",
			'Remove the # and everything after it.',
		);
	}
	const unknown = unknownMacros(url);
	if (unknown.length > 0) {
		throw new RakutenProblem(
			'unknownMacro',
			`'URL' contains ${unknown.map((name) => `<${name}>`).join(', ')}, which Rakuten does not fill in`,
			`Use the fields of a transaction: ${eventFields.join(', ')}.`,
		);
	}
	return withMacros(url, (name) => `<${name}>`);
}

/** Names of the parameters that the URL has of its own. */
function parameterNames(url: string): ReadonlySet<string> {
	const query = url.split('?').slice(1).join('?');
	return new Set(query.split('&').map((pair) => pair.split('=')[0]));
}
