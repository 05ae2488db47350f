import { withoutEnds } from '../withoutEnds';

type Fields = Readonly<Record<string, unknown>>;

/** What is secret in each credential, by its name in n8n. The next credential adds an entry. */
const secretsOf: Readonly<Record<string, (fields: Fields) => readonly unknown[]>> = {
	rakutenReportingApi: ({ reportToken }) => [reportToken],
	rakutenDeveloperApi: ({ clientId, clientSecret, accessToken }) => [
		clientSecret,
		Buffer.from(`${text(clientId)}:${text(clientSecret)}`, 'utf8').toString('base64'),
		// It is stored with a mark in front of it (see boundToken).
		text(accessToken).replace(/^[0-9a-f]{16}\./, ''),
	],
};

/** The secrets in the fields of a credential, for taking them out of texts with redact(). */
export const credentialSecrets = (credential: string, fields: Fields): string[] =>
	(secretsOf[credential]?.(fields) ?? []).map(text).filter((secret) => secret !== '');

/** As it is used: without the blanks and quotes that were pasted along. */
const text = (value: unknown) => withoutEnds(String(value ?? '').trim(), /["'“”]/);
