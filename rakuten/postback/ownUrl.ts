import { eventFields } from '../line/eventLine';
import type { EventField } from '../line/eventLine';
import { macrosIn } from './macros';
import { longestKnownUrl } from './registeredUrl';
import { plainUrl } from './storedUrl';

/** A postback as registered at Rakuten: one per site. */
export interface Postback {
	readonly url: string;
	readonly isActive: boolean;
}

/** What one of our own postback URLs is made of. */
export interface OwnUrlParts {
	/** Scheme, host and path: where n8n listens. */
	readonly address: string;
	/** The secret that distinguishes Rakuten's requests from anybody else's. */
	readonly key: string;
	/** The postback that was registered before ours. */
	readonly before?: Postback;
	/** The fields to ask for; all if left out. */
	readonly fields?: readonly EventField[];
}

/** The contents of one of our own postback URLs. */
export type OwnUrl = Omit<OwnUrlParts, 'fields'>;

/** Parameters of our own URL that are not transaction fields. */
export const ownParameters = ['key', 'before'] as const;

const identity = 'etransaction_id=<etransaction_id>';

const isWholeKey = (text: string) => /^[\w-]{43}$/.test(text);

/** Name and text of each parameter of a URL, as it was meant. */
function parametersOf(url: string): Array<[string, string]> {
	const plain = plainUrl(url);
	const queryAt = plain.indexOf('?');
	if (queryAt < 0) return [];
	return plain
		.slice(queryAt + 1)
		.split(/[&#]/)
		.map((pair): [string, string] => {
			const at = pair.indexOf('=');
			return at < 0 ? [pair.trim(), ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
		});
}

const joined = ([name, text]: readonly [string, string]) => `${name}=${text}`;

/**
 * Whether a URL has the form of those that triggers of this package register: with a key first, or
 * last, as earlier versions had it. Others have a `key` too, but no transaction ID under our name.
 */
export function hasOwnForm(url: string): boolean {
	const parameters = parametersOf(url);
	return (
		parameters.some(([name, text]) => name === 'key' && isWholeKey(text)) &&
		parameters.some((pair) => joined(pair).toLowerCase() === identity)
	);
}

/** A URL without what only our triggers know: its key, and the postback that it remembers. */
export function withoutSecrets(url: string): string {
	if (!hasOwnForm(url)) return url;
	return url.replace(secretParameter, '$1***');
}

/** The ampersand may be written as an entity. */
const secretParameter = /([?&;]\s*(?:key|before)=)[^&#\s]*/g;

/**
 * Our postback URL: the key first, and then the fields as `name=<name>`, with literal angle
 * brackets, because Rakuten would not recognize a percent-encoded macro. A value that Rakuten fills
 * in as it is can hold a `#` or `&`, which ends the URL or its own parameter. So nothing that
 * anybody can choose comes before the key, and the field that matters least is the last.
 *
 * `before` is a copy of the previous postback, so that it is not lost if n8n's own record of it is:
 * n8n saves that only when the whole workflow has been activated. It is left out of a URL that
 * would become too long.
 */
export function ownUrl({ address, key, before, fields = eventFields }: OwnUrlParts): string {
	const asked = new Set<string>(fields);
	const macros = eventFields.filter((name) => asked.has(name)).map((name) => `${name}=<${name}>`);
	const plain = `${address}?key=${key}&${macros.join('&')}`;
	if (!before) return plain;
	const whole = `${plain}&before=${before.isActive ? 'Y' : 'N'}${encoded(before.url)}`;
	return whole.length <= longestKnownUrl ? whole : plain;
}

/** The fields by their worth where not all can be asked for; without the first ones none is sent. */
const byWorth: readonly EventField[] = [
	...(['etransaction_id', 'is_event', 'u1', 'sale_amount', 'commissions'] as const),
	...(['order_id', 'currency', 'advertiser_id', 'quantity', 'sid'] as const),
	...(['process_date', 'transaction_date', 'sku_number', 'offer_id', 'lock_status'] as const),
	...(['transaction_type', 'product_name', 'order_auto_lock_date', 'commissions_list_id'] as const),
];

const leastFields = 5;

/**
 * Our postback URL of at most this length, with the fields that matter most; undefined where not
 * even the transaction ID, the event flag, the sub-ID and the amounts fit.
 */
export function shortOwnUrl(
	{ address, key }: Pick<OwnUrlParts, 'address' | 'key'>,
	longest: number,
): string | undefined {
	const fields: EventField[] = byWorth.slice(0, leastFields);
	if (ownUrl({ address, key, fields }).length > longest) return undefined;
	for (const name of byWorth.slice(leastFields)) {
		if (ownUrl({ address, key, fields: [...fields, name] }).length <= longest) fields.push(name);
	}
	return ownUrl({ address, key, fields });
}

/** The fields that a URL of ours does not ask for, of those that every version of it asks for. */
export function fieldsNotAsked(url: string): EventField[] {
	const asked = new Set(macrosIn(plainUrl(url)));
	return documentedFields.filter((name) => !asked.has(name));
}

/**
 * The fields that a postback is documented to fill in. Whether it knows the others is not sure, so
 * that their absence says nothing.
 */
export const documentedFields: readonly EventField[] = eventFields.filter(
	(name) => !['commissions_list_id', 'lock_status', 'order_auto_lock_date'].includes(name),
);

/**
 * Reads a URL as if it were one of ours; undefined if it has no key, or is not a URL. The first of
 * several keys counts: ours comes before everything that others can write.
 */
export function readOwnUrl(url: string): OwnUrl | undefined {
	const plain = plainUrl(url);
	const parameters = parametersOf(url);
	const first = (name: string) => parameters.find(([each]) => each === name)?.[1];
	const key = first('key');
	if (!key) return undefined;
	return { address: plain.slice(0, plain.indexOf('?')), key, before: readBefore(first('before')) };
}

function readBefore(text: string | undefined): Postback | undefined {
	if (!text || !/^[YN][A-Za-z0-9_-]+$/.test(text)) return undefined;
	const url = Buffer.from(text.slice(1), 'base64url').toString('utf8');
	return /^https?:\/\//i.test(url) ? { url, isActive: text.startsWith('Y') } : undefined;
}

const encoded = (url: string) => Buffer.from(url, 'utf8').toString('base64url');
