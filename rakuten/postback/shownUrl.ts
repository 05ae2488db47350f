import { withoutSecrets } from './ownUrl';
import { withoutEnd } from '../withoutEnds';

/**
 * A postback URL as it may be shown. The keys of our own triggers, in the query or in the path, and
 * the URL that a trigger remembers are removed; any other tracker's URL is shown whole, because it
 * may have to be restored by hand.
 *
 * @param isHere known to lead to this n8n, whose webhooks may have another path
 */
export function shownUrl(url: string, isHere = false): string {
	const shown = isHere ? url.replace(ownQuery, (query) => query.replace(cutOffKey, '$1***')) : url;
	const [address, ...query] = withoutSecrets(shown).replace(keyFirst, '$1***').split('?');
	return [address.replace(isHere ? keyInPathHere : keyInPath, '$1***'), ...query].join('?');
}

/** One of ours that Rakuten may have cut off anywhere. */
const keyFirst = /(\/[0-9a-f-]{36}\/postback\?key=)[\w-]+/i;

/** One in the form of earlier versions that Rakuten has cut off within its key. */
const ownQuery = /\/[0-9a-f-]{36}\/postback\?[^]*/i;
const cutOffKey = /([&;]key=)[\w-]{1,42}$/i;

/** If the user chose the key: `…/webhook/<id>/postback/<key>`. */
const keyInPath = /(\/webhook\/[0-9a-f-]{36}\/postback\/)[A-Za-z0-9_-]{16,128}$/i;
const keyInPathHere = /(\/[0-9a-f-]{36}\/postback\/)[A-Za-z0-9_-]{16,128}$/i;

/**
 * Scheme, host and path of a URL, to compare where two lead; the text itself if it is not a URL.
 */
export function addressOf(url: string): string {
	if (!URL.canParse(url)) return url.trim();
	const { protocol, host, pathname } = new URL(url);
	return `${protocol}//${host}${withoutEnd(pathname, /\//)}`;
}

/** The host of a URL, to name it in a sentence. */
export const hostOfUrl = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);
