import { RakutenProblem } from '../problem';
import { readServiceUrl, requireEncryption } from '../service/serviceUrl';
import { readSiteId } from '../site/siteId';
import { withoutEnds } from '../withoutEnds';

/** Where Rakuten's token, postback and Events APIs are (OpenAPI file "Affiliate APIs" 1.0.0). */
export const developerServiceUrl = 'https://api.linksynergy.com';

/** An application of the developer portal, and the site it is used for. */
export interface DeveloperApplication {
	readonly clientId: string;
	readonly clientSecret: string;
	/** 7 digits: the scope of access tokens. */
	readonly siteId: string;
	/** Without a slash at its end. */
	readonly baseUrl: string;
}

const whereKeysAre =
	'In the developer portal (developers.rakutenadvertising.com) open Applications, choose or add an application, and copy it from there.';

/**
 * Reads the fields of the credential "Rakuten Developer Portal API".
 *
 * @throws RakutenProblem, naming the field; never with a secret in its texts
 */
export function readApplication(fields: Readonly<Record<string, unknown>>): DeveloperApplication {
	const siteId = readSiteId(String(fields.siteId ?? ''));
	if (siteId === undefined) {
		throw new RakutenProblem(
			'siteIdMissing',
			"'Site ID' is empty",
			'Copy the 7-digit number after "Site ID" from the top right corner of the Rakuten dashboard.',
		);
	}
	const clientId = readKey(fields.clientId, 'Client ID');
	const clientSecret = readKey(fields.clientSecret, 'Client Secret');
	if (clientId === clientSecret) {
		throw new RakutenProblem(
			'sameKeys',
			"'Client ID' and 'Client Secret' have the same value",
			'The developer portal shows two different values: copy each into its own field.',
		);
	}
	return { clientId, clientSecret, siteId, baseUrl: readApiUrl(fields.baseUrl) };
}

/** What an application names itself with to the token API: `base64(client id:client secret)`. */
export const tokenKey = ({ clientId, clientSecret }: DeveloperApplication): string =>
	Buffer.from(`${clientId}:${clientSecret}`, 'utf8').toString('base64');

function readKey(value: unknown, label: 'Client ID' | 'Client Secret'): string {
	const text = withoutEnds(String(value ?? '').trim(), /["'“”]/);
	if (text === '') throw new RakutenProblem('keyMissing', `'${label}' is empty`, whereKeysAre);
	// A colon would end the Client ID where the two are joined.
	const isWhole = !/\s/.test(text) && !(label === 'Client ID' && text.includes(':'));
	if (isWhole) return text;
	throw new RakutenProblem(
		'keyUnreadable',
		`'${label}' contains more than the ${label}: there is a space, a line break or a colon in it`,
		whereKeysAre,
	);
}

function readApiUrl(value: unknown): string {
	const url = readServiceUrl(String(value ?? ''));
	if (url !== undefined) {
		requireEncryption(url, "'Base URL'");
		return url;
	}
	throw new RakutenProblem(
		'baseUrlInvalid',
		"The credential's 'Base URL' is not the address of a service",
		`Set it to ${developerServiceUrl}, with nothing after it.`,
	);
}
