import { publisherToken } from '../report/tokenSamples.mts';

export const clientId = 'a-client-id-of-ours';
export const clientSecret = 'Zq8/Rt+5LmNop2Xw7Yb=';
export const accessToken = 'f3a9c0de-77aa_bb.cc~dd1122334455';
export const tokenKey = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
export const postbackKey = 'Ab3_dEf6hIj9-LmN2pQr5tUv8xYz1BcD4fGh7jKl0nO';

/** A text with a secret of each kind, and the piece of it that must not be left. */
export const secretTexts: ReadonlyArray<readonly [kind: string, text: string, secret: string]> = [
	['a report token', `bad ${publisherToken}`, publisherToken.slice(20, 60)],
	[
		'a report token in a URL',
		`GET /x?token=${encodeURIComponent(publisherToken)}&a=1`,
		publisherToken.slice(20, 40),
	],
	['a client secret by name', 'client_secret=SuperSecretValue123 failed', 'SuperSecretValue123'],
	['a client secret in JSON', '{"clientSecret": "SuperSecretValue123"}', 'SuperSecretValue123'],
	['a Bearer token', 'Authorization: Bearer abcdefghijklmnopqrstuvwx', 'abcdefghijklmnop'],
	['a short Bearer token', '{"Authorization":"Bearer abc-123"}', 'abc-123'],
	['a Basic token', 'sent Basic YWJjZGVmZ2hpamtsbW5vcA==', 'YWJjZGVmZ2hpamts'],
	['an access token', '{"access_token":"abcdef0123456789"}', 'abcdef0123456789'],
	[
		'a JSON Web Token',
		'got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
		'eyJhbGciOiJIUzI1NiJ9',
	],
	['a password in a URL', 'connect https://me:pass-word@proxy.example:8080 failed', 'pass-word'],
	['a password by name', 'password=hunter2hunter2&x=1', 'hunter2hunter2'],
	[
		'the key of our postback',
		`https://n8n.example/webhook/1/postback?etransaction_id=<etransaction_id>&u1=<u1>&key=${postbackKey}`,
		postbackKey,
	],
	[
		'the key in the path of our postback',
		`https://n8n.example/webhook/0b9c0c9e-0000-4000-8000-000000000000/postback/${postbackKey} is taken`,
		postbackKey,
	],
];

/** The same for secrets that only the credential knows. */
export const bareSecretTexts: ReadonlyArray<readonly [string, string, string]> = [
	['a bare client secret', `no such client: ${clientSecret}`, clientSecret.slice(0, -1)],
	['a bare token key', `key ${tokenKey} refused`, tokenKey.slice(0, 20)],
	['a bare access token', `${accessToken} has expired`, accessToken],
];
