import { RakutenProblem } from '../problem';
import { isPrivateHost } from './privateHost';
import { withoutEnd } from '../withoutEnds';

/**
 * The address of a service as a user wrote it, without trailing slashes; undefined if it is not an
 * http(s) address, or contains a query, a fragment or a password.
 */
export function readServiceUrl(text: string): string | undefined {
	const trimmed = withoutEnd(text.trim(), /\//);
	return /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i.test(trimmed) ? trimmed : undefined;
}

/**
 * Refuses to send something secret in the clear: http is for addresses of one's own network only.
 *
 * @param field the field that holds the address, in quotes, for the beginning of a sentence
 * @throws RakutenProblem naming the host
 */
export function requireEncryption(address: string | undefined, field: string): void {
	if (address === undefined || !/^http:/i.test(address) || isPrivateHost(address)) return;
	throw new RakutenProblem(
		'notEncrypted',
		`${field} begins with http:// (${hostOf(address)}), where everybody on the way could read what is secret`,
		'Write https:// instead. Only addresses of your own network may use http.',
	);
}

/**
 * Whether a request goes to the service at the base URL: only there may a secret be sent. `url`
 * (`uri` in requests of older nodes) is relative to `baseURL` unless it names a host of its own.
 */
export function isAtService(
	request: { url?: string; uri?: string; baseURL?: string },
	serviceUrl: string,
): boolean {
	const path = request.url ?? request.uri ?? '';
	const address = /^[a-z][a-z\d+.-]*:/i.test(path) ? path : (request.baseURL ?? path);
	return hostOf(address) === hostOf(serviceUrl);
}

/**
 * A request whose answer is not followed elsewhere, whatever the node that sends it has set: n8n's
 * HTTP Request node follows redirects unless it is told not to, with everything secret that the
 * credential has added. The second pair of options is what requests of older nodes call it.
 */
export const withoutRedirects = <T extends object>(request: T): T => ({
	...request,
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
});

/** Scheme, host and port, in lower case; the address itself where it has none. */
export function hostOf(address: string): string {
	return (/^https?:\/\/[^/?#]+/i.exec(address)?.[0] ?? address).toLowerCase();
}
