import fc from 'fast-check';

import { redact } from '../../../rakuten/secrets/redact';
import {
	foreignTokens,
	getApiUrl,
	publisherToken,
	reportToken,
	reportTokens,
	securityTokens,
	zeros,
} from '../report/tokenSamples.mts';

/** No piece of the secret this long may be left, in any spelling that ignores case and escapes. */
const telling = 20;

function expectNothingOf(secret: string, text: string): void {
	const plain = text.replace(/\\[nrt]|[\s\\]/g, '').toLowerCase();
	const shown = `${plain} ${decodedFully(plain)}`;
	const pieces = Array.from({ length: secret.length - telling + 1 }, (_, at) =>
		secret.slice(at, at + telling).toLowerCase(),
	);
	expect(pieces.filter((piece) => shown.includes(piece))).toEqual([]);
}

function decodedFully(text: string): string {
	const next = text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
		String.fromCharCode(parseInt(hex, 16)),
	);
	return next === text ? text : decodedFully(next);
}

const ways: Array<(token: string) => string> = [
	(token) => token,
	encodeURIComponent,
	(token) => encodeURIComponent(token).replaceAll('%3D', '%3d'),
	(token) => encodeURIComponent(encodeURIComponent(token)),
	(token) => token.replaceAll('+', ' '),
	(token) => token.replaceAll('/', '\\/').replaceAll('=', '\\u003d'),
	(token) => token.toLowerCase(),
	(token) => token.replace(/.{20}/g, '$&\n'),
	(token) => token.replace(/.{20}/g, '$&\\n'),
	(token) => token.slice(0, 100),
	(token) => token.slice(40),
	(token) => `token=${encodeURIComponent(token)}&tz=GMT`,
	(token) => getApiUrl(token),
	(token) => encodeURIComponent(getApiUrl(token)),
	(token) => JSON.stringify({ token }),
	(token) => JSON.stringify(JSON.stringify({ config: { params: { token } } })),
	(token) => `{ reportToken: '${token}' }`,
	(token) => new URLSearchParams({ token }).toString(),
];

describe('report tokens', () => {
	it('never leaves the token in use, whatever its make and however it is written', () => {
		fc.assert(
			fc.property(
				fc.oneof(reportTokens, foreignTokens),
				fc.constantFrom(...ways),
				fc.constantFrom(
					(text: string) => text,
					(text: string) => `Request failed: ${text} (status 400)`,
				),
				(token, write, around) => {
					const clean = redact(around(write(token)), [token]);
					expectNothingOf(token, clean);
					expect(redact(clean, [token])).toBe(clean);
				},
			),
			{ numRuns: 1000 },
		);
	});

	it('never leaves the security token that is inside', () => {
		fc.assert(
			fc.property(securityTokens, fc.constantFrom('Publisher', 'Advertiser'), (secret, type) => {
				const token = reportToken(secret, type);
				const plain = Buffer.from(token, 'base64').toString();
				for (const text of [
					secret,
					secret.toUpperCase(),
					`token ${secret}.`,
					plain,
					JSON.stringify(plain),
				]) {
					expectNothingOf(secret, redact(text, [token]));
				}
			}),
		);
	});

	it('takes report tokens out of a text without knowing them', () => {
		fc.assert(
			fc.property(
				reportTokens,
				fc.constantFrom(...ways.filter((way) => !/slice\(40|LowerCase|\{20\}/.test(String(way)))),
				(token, write) => {
					const clean = redact(`before ${write(token)} after`);
					expectNothingOf(token, clean);
				},
			),
		);
		expectNothingOf(publisherToken, redact(publisherToken.replace(/.{76}/g, '$&\r\n')));
	});

	it('takes a token with blanks for every +, and the plain text of an unknown one', () => {
		const token = Buffer.from(`\x1f${'>>>'.repeat(20)}?`).toString('base64');
		const blanks = token.replaceAll('+', ' ');
		expect(blanks.split(' ').length).toBeGreaterThan(15);
		expect(redact(`for ${blanks} only`, [token])).toBe('for *** only');
		expect(redact(`a:2:{s:5:"Token";s:64:"${zeros}";}`)).toBe('a:2:{s:5:"Token";s:64:"***";}');
	});

	it('accepts the token in any pasted form', () => {
		for (const given of [
			getApiUrl(publisherToken),
			encodeURIComponent(publisherToken),
			`token=${publisherToken}`,
		]) {
			expect(
				redact(`${publisherToken.slice(30)} at ran-reporting.rakutenmarketing.com`, [given]),
			).toBe('*** at ran-reporting.rakutenmarketing.com');
		}
	});

	it('leaves the rest of a text as it was', () => {
		expect(redact(getApiUrl(publisherToken), [publisherToken])).toBe(`${getApiUrl('')}***`);
		expect(redact('{"errors":["Invalid report"],"token":"abc","next":1}')).toBe(
			'{"errors":["Invalid report"],"token":"***","next":1}',
		);
		expect(redact('GET /x?token=abc&network=1 broke')).toBe('GET /x?token=***&network=1 broke');
		expect(redact('?token%3Dabc%26tz')).toBe('?token%3D***');
	});

	it.each([
		'',
		'Rakuten did not accept the report token (status 403)',
		'Wrong token: check it',
		'{"message":"Report not found"}',
		`lineId ${'0123456789abcdef'.repeat(4)}`,
		'Individual-Item-Report-%2B-Transaction-ID-%2B-Currency',
	])('leaves %j alone', (text) => {
		expect(redact(text)).toBe(text);
		expect(redact(text, [reportToken('f00d'.repeat(16))])).toBe(text);
	});

	it('does not blank a text out for a token that is too short to be one', () => {
		expect(redact('the end', ['e'])).toBe('the end');
		expect(redact('the end', [''])).toBe('the end');
		expect(redact(`a ${zeros}`, ['  '])).toBe(`a ${zeros}`);
	});

	it('stays quick on a long answer', () => {
		const long = `${'token token= "token": abc+def/ '.repeat(20_000)}${publisherToken}`;
		expect(redact(long, [publisherToken]).endsWith('***')).toBe(true);
	});
});
