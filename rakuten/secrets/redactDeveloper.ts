import { redactSecrets, redactToken } from './redact';

const hidden = '***';

/** What follows the scheme of an Authorization header; words of a sentence are shorter. */
const authorization = /\b(Bearer|Basic)(\s+|%20|\+)[A-Za-z0-9._~+/=%-]{16,}/gi;

const named = /(\b(?:client_?secret|access_?token|refresh_?token)(?:=|%3D))[^&#\s"'<>\\]*/gi;

const quoted =
	/((?:\\*["'])?\b(?:client_?secret|access_?token|refresh_?token)(?:\\*["'])?\s*:\s*(\\*["']))(?:(?!\2).)*/gis;

/** The secrets of the developer portal's credential that are in use. */
export interface DeveloperSecrets {
	readonly clientSecret?: string;
	/** `base64(client id:client secret)`. */
	readonly tokenKey?: string;
	readonly accessTokens?: readonly string[];
}

/**
 * Takes every trace of the developer portal's secrets out of a text: client secret, token key and
 * access tokens in every form redactToken knows, what follows `Bearer` or `Basic`, and the values of
 * names such as `access_token`. Everything quoted from the API host passes through here.
 */
export function redactDeveloperSecrets(text: string, secrets: DeveloperSecrets = {}): string {
	const { clientSecret = '', tokenKey = '', accessTokens = [] } = secrets;
	const inUrl = tokenKey.replaceAll('+', '-').replaceAll('/', '_');
	const known = [clientSecret, tokenKey, inUrl, ...accessTokens].map((secret) =>
		secret.replace(/=+$/, ''),
	);
	const clean = redactSecrets(text, known)
		.replace(authorization, `$1$2${hidden}`)
		.replace(named, `$1${hidden}`)
		.replace(quoted, `$1${hidden}`);
	return redactToken(clean);
}
