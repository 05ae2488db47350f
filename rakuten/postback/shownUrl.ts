import { ownParameters, readOwnUrl } from './ownUrl';

/** Keys made by newKey have 43 characters; a parameter of that name elsewhere is seldom as long. */
const ownKeyLength = 43;

/**
 * A postback URL as it may be shown. The keys of our own triggers, in the query or in the path, and
 * the URL that a trigger remembers are taken out; any other tracker's URL is shown whole, because it
 * may have to be put back by hand.
 *
 * @param isHere known to lead to this n8n, whatever the key looks like
 */
export function shownUrl(url: string, isHere = false): string {
	const [address, ...query] = url.split('?');
	const shownAddress = address.replace(keyInPath, '$1***');
	const key = readOwnUrl(url)?.key;
	const isOurs = key !== undefined && (isHere || key.length >= ownKeyLength);
	const rest = ['', ...query].join('?');
	return shownAddress + (isOurs ? rest.replace(hiddenParameters, '$1***') : rest);
}

/** Where the user chose the key: `…/webhook/<id>/postback/<key>`. */
const keyInPath = /(\/[0-9a-f-]{36}\/postback\/)[A-Za-z0-9_-]{16,128}$/i;

const hiddenParameters = new RegExp(`([?&](?:${ownParameters.join('|')})=)[^&#]*`, 'g');

/** Scheme, host and path of a URL, for comparing where two lead; the text itself if it is none. */
export function addressOf(url: string): string {
	if (!URL.canParse(url)) return url.trim();
	const { protocol, host, pathname } = new URL(url);
	return `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
}

/** The host of a URL, to name it in a sentence. */
export const hostOfUrl = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);
