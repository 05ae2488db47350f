/**
 * The address of a service as a user wrote it, without trailing slashes; undefined if it is not an
 * http(s) address, or contains a query, a fragment or a password.
 */
export function readServiceUrl(text: string): string | undefined {
	const trimmed = text.trim().replace(/\/+$/, '');
	return /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i.test(trimmed) ? trimmed : undefined;
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

/** Scheme, host and port, in lower case; the address itself where it has none. */
export function hostOf(address: string): string {
	return (/^https?:\/\/[^/?#]+/i.exec(address)?.[0] ?? address).toLowerCase();
}
