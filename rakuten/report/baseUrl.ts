import { RakutenProblem } from '../problem';

/** The base URL can't be used. */
export class BaseUrlProblem extends RakutenProblem {
	override name = 'BaseUrlProblem';
}

/**
 * The address of the reporting service as a user wrote it, without slashes at its end.
 *
 * @throws BaseUrlProblem where it is no http(s) address, or holds a query or a token
 */
export function readBaseUrl(text: string): string {
	const trimmed = text.trim().replace(/\/+$/, '');
	if (/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i.test(trimmed) && !/\/reports\//i.test(trimmed)) {
		return trimmed;
	}
	throw new BaseUrlProblem(
		'baseUrlInvalid',
		"The credential's 'Base URL' is not the address of a service",
		"Set it to https://ran-reporting.rakutenmarketing.com, with nothing behind it. A Get API URL belongs in 'Report Token'.",
	);
}

/**
 * Whether a request goes to the service at the base URL: only there may the token be sent. `url`
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
function hostOf(address: string): string {
	return (/^https?:\/\/[^/?#]+/i.exec(address)?.[0] ?? address).toLowerCase();
}
