import { eventFields } from '../line/eventLine';
import { longestKnownUrl } from './registeredUrl';

/** A postback as registered at Rakuten: one per site. */
export interface Postback {
	readonly url: string;
	readonly isActive: boolean;
}

/** The contents of one of our own postback URLs. */
export interface OwnUrl {
	/** Scheme, host and path: where n8n listens. */
	readonly address: string;
	/** The secret that distinguishes Rakuten's requests from anybody else's. */
	readonly key: string;
	/** The postback that was registered before ours. */
	readonly before?: Postback;
}

/** Parameters of our own URL that are not transaction fields. */
export const ownParameters = ['key', 'before'] as const;

/**
 * What all URLs registered by a trigger of this package have, even if Rakuten has cut one off after
 * its key or added something; others have a `key` too.
 */
const ownForm =
	/([?&]etransaction_id=(?:<|%3C)etransaction_id(?:>|%3E)&.*&key=)[\w-]{43}(?![\w-])(?:(&before=)[^&#\s]*)?/i;

/** Whether a URL has the form of those that triggers of this package register. */
export const hasOwnForm = (url: string): boolean => ownForm.test(url);

/** A URL without what only our triggers know: its key, and the postback that it remembers. */
export const withoutSecrets = (url: string): string =>
	url.replace(
		ownForm,
		(_, key: string, before?: string) => `${key}***${before ? '&before=***' : ''}`,
	);

/**
 * Our postback URL: every field of a transaction as `name=<name>`, with literal angle brackets,
 * because Rakuten would not recognize a percent-encoded macro, and then the key.
 *
 * `before` is a copy of the previous postback, so that it is not lost if n8n's own record of it is:
 * n8n saves that only when the whole workflow has been activated. It is left out of a URL that
 * would become too long.
 */
export function ownUrl({ address, key, before }: OwnUrl): string {
	const fields = eventFields.map((name) => `${name}=<${name}>`).join('&');
	const plain = `${address}?${fields}&key=${key}`;
	if (!before) return plain;
	const whole = `${plain}&before=${before.isActive ? 'Y' : 'N'}${encoded(before.url)}`;
	return whole.length <= longestKnownUrl ? whole : plain;
}

/** Reads a URL as if it were one of ours; undefined if it has no key, or is not a URL. */
export function readOwnUrl(url: string): OwnUrl | undefined {
	const queryAt = url.indexOf('?');
	if (queryAt < 0) return undefined;
	const parameters = new Map(
		url
			.slice(queryAt + 1)
			.split('&')
			.map((pair): [string, string] => {
				const at = pair.indexOf('=');
				return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
			}),
	);
	const key = parameters.get('key');
	if (!key) return undefined;
	return { address: url.slice(0, queryAt), key, before: readBefore(parameters.get('before')) };
}

function readBefore(text: string | undefined): Postback | undefined {
	if (!text || !/^[YN][A-Za-z0-9_-]+$/.test(text)) return undefined;
	const url = Buffer.from(text.slice(1), 'base64url').toString('utf8');
	return /^https?:\/\//i.test(url) ? { url, isActive: text.startsWith('Y') } : undefined;
}

const encoded = (url: string) => Buffer.from(url, 'utf8').toString('base64url');
