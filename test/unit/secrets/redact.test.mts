import { credentialSecrets } from '../../../rakuten/secrets/credentialSecrets';
import { redact } from '../../../rakuten/secrets/redact';
import {
	accessToken,
	bareSecretTexts,
	clientId,
	clientSecret,
	secretTexts,
} from './secretSamples.mts';

describe('every kind of secret', () => {
	it.each(secretTexts)('%s is removed from a text', (_kind, text, secret) => {
		for (const around of [text, `before ${text} after`, JSON.stringify({ text })]) {
			expect(redact(around)).not.toContain(secret);
			expect(redact(around)).toContain('***');
			expect(redact(redact(around))).toBe(redact(around));
		}
	});

	it.each(bareSecretTexts)('%s is removed once the credential is known', (_kind, text, secret) => {
		const fields = {
			clientId,
			clientSecret: ` ${clientSecret}\n`,
			accessToken: `0123456789abcdef.${accessToken}`,
		};
		expect(redact(text, credentialSecrets('rakutenDeveloperApi', fields))).not.toContain(secret);
	});

	it('nothing is secret of a credential that is not known', () => {
		expect(credentialSecrets('somethingElse', { clientSecret })).toEqual([]);
		expect(credentialSecrets('rakutenReportingApi', {})).toEqual([]);
	});

	it.each([
		'https://tracker.example/collect?u1=<u1>&order=<order_id>',
		'Run this again after 14:05 UTC.',
		'Mail to me@example.com at 10:30, see https://n8n.example:5678/@scope',
		'Key figures: tokens and secrets stay where they are',
	])('%s is left alone', (text) => {
		expect(redact(text)).toBe(text);
	});

	// Texts that a pattern could try again from each of their characters, which would take minutes.
	it.each([
		'\\',
		' ',
		'\n',
		'a',
		'token',
		'"token":',
		'ZW5jcnlwdGVk\n',
		'://',
		'://a:',
		'eyJ',
		'Bearer ',
		'%25',
		'=',
	])('a megabyte of %j takes little time', (part) => {
		const text = part.repeat(1_000_000 / part.length);
		expect(redact(text).length).toBeGreaterThan(0);
	});
});
