import { RakutenProblem } from '../problem';
import { hostOf, readServiceUrl, requireEncryption } from '../service/serviceUrl';

/** The address of Rakuten's reporting service (help article "Run Reports Via API"). */
export const reportingServiceUrl = 'https://ran-reporting.rakutenmarketing.com';

/**
 * The address of the reporting service as a user wrote it, without trailing slashes.
 *
 * @throws RakutenProblem if it is not an http(s) address, contains a query or a token, or is http
 * outside of one's own network
 */
export function readBaseUrl(text: string): string {
	const url = readServiceUrl(text);
	if (url !== undefined && !/\/reports\//i.test(url)) {
		requireEncryption(url, "'Base URL'");
		return url;
	}
	throw new RakutenProblem(
		'baseUrlInvalid',
		"The credential's 'Base URL' is not the address of a service",
		`Set it to ${reportingServiceUrl}, with nothing after it. A Get API URL belongs in 'Report Token'.`,
	);
}

/**
 * Refuses a Get API URL that is http outside of one's own network, or of a service other than the
 * one that would be called. A Base URL that the
 * user set by hand, such as a proxy's, may differ from the URL's host.
 *
 * @throws RakutenProblem naming the URL's host
 */
export function requireOwnService(getApiUrl: string | undefined, baseUrl: string): void {
	requireEncryption(getApiUrl, "The URL pasted into 'Report Token'");
	if (getApiUrl === undefined || hostOf(baseUrl) !== reportingServiceUrl) return;
	const host = hostOf(getApiUrl);
	if (host === reportingServiceUrl) return;
	throw new RakutenProblem(
		'getApiUrlOfOtherService',
		`The URL pasted into 'Report Token' is for ${host}, not for Rakuten's reporting service`,
		`Copy it again from the dashboard: Reports > Reporting > arrow beside View Report > Get API. If your reports do come from there, set 'Base URL' to ${host}.`,
	);
}
