import fc from 'fast-check';

import { redact } from '../../../rakuten/secrets/redact';

const clientSecret = 'Zq8/Rt+5LmNop2Xw7Yb=';
const tokenKey = Buffer.from(`client:${clientSecret}`).toString('base64');
const accessToken = 'f3a9c0de-77aa_bb.cc~dd1122334455';
const secrets = [clientSecret, tokenKey, accessToken];

const forms: Array<[string, (secret: string) => string]> = [
	['as it is', (secret) => secret],
	['percent-encoded', encodeURIComponent],
	['percent-encoded twice', (secret) => encodeURIComponent(encodeURIComponent(secret))],
	['in JSON', (secret) => JSON.stringify({ x: secret })],
	['in other case', (secret) => secret.toUpperCase()],
	['in part', (secret) => `…${secret.slice(1, -1)}…`],
];

describe('secrets of the developer portal', () => {
	it.each(forms)('takes every secret out, %s', (_, form) => {
		for (const secret of [clientSecret, tokenKey, accessToken]) {
			const clean = redact(`before ${form(secret)} after`, secrets);
			expect(clean).toMatch(/^before/);
			expect(clean).toMatch(/after$/);
			expect(clean).toContain('***');
			expect(clean.toLowerCase()).not.toContain(secret.slice(2, 18).toLowerCase());
		}
	});

	it.each([
		'Authorization: Bearer abcdef0123456789abcdef',
		'authorization=Basic%20abcdef0123456789abcdef==',
		'{"access_token":"abcdef0123456789abcdef"}',
		'{\\"refresh_token\\":\\"abcdef0123456789abcdef\\"}',
		'client_secret=abcdef0123456789abcdef&x=1',
		'clientSecret: "abcdef0123456789abcdef"',
	])('knows a secret by its place: %s', (text) => {
		expect(redact(text)).not.toContain('abcdef0123456789');
	});

	it.each([
		'The access token is missing',
		'Bearer token is invalid',
		'Site 3771737 has no postback',
		'limit must be between 1 and 200',
	])('leaves words as they are: %s', (text) => {
		expect(redact(text, secrets)).toBe(text);
	});

	it('finds secrets anywhere in any text', () => {
		const part = fc.oneof(fc.string(), fc.constantFrom(clientSecret, tokenKey, accessToken));
		fc.assert(
			fc.property(fc.array(part), (parts) => {
				const clean = redact(parts.join(' '), secrets);
				for (const secret of [clientSecret, tokenKey, accessToken]) {
					expect(clean).not.toContain(secret.replace(/=+$/, ''));
				}
			}),
		);
	});
});
