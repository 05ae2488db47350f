import fc from 'fast-check';

import { readApplication, tokenKey } from '../../../rakuten/developer/application';
import { boundToken, tokenIn } from '../../../rakuten/developer/boundToken';
import { parseExactJson } from '../../../rakuten/service/exactJson';
import { thrownBy } from '../thrownBy.mts';

const fields = {
	siteId: '3771737',
	clientId: 'client-id',
	clientSecret: 'client-secret',
	baseUrl: 'https://api.linksynergy.com',
};

describe('readApplication', () => {
	it('reads what was pasted with blanks, quotes and slashes around it', () => {
		expect(
			readApplication({
				siteId: ' Site ID 3771737 ',
				clientId: ' "client-id" ',
				clientSecret: '\tclient-secret\n',
				baseUrl: 'https://api.linksynergy.com//',
			}),
		).toEqual(fields);
	});

	it("§1 names itself as the guide's example does", () => {
		expect(tokenKey(readApplication(fields))).toBe('Y2xpZW50LWlkOmNsaWVudC1zZWNyZXQ=');
	});

	it.each([
		[{ siteId: '' }, 'siteIdMissing', 'Site ID'],
		[{ siteId: undefined }, 'siteIdMissing', 'Site ID'],
		[{ siteId: '45904' }, 'siteIdLength', 'Site ID'],
		[{ clientId: '' }, 'keyMissing', 'Client ID'],
		[{ clientSecret: null }, 'keyMissing', 'Client Secret'],
		[{ clientId: 'id:secret' }, 'keyUnreadable', 'Client ID'],
		[{ clientSecret: 'two words' }, 'keyUnreadable', 'Client Secret'],
		[{ clientSecret: 'client-id' }, 'sameKeys', 'Client Secret'],
		[{ baseUrl: 'api.linksynergy.com' }, 'baseUrlInvalid', 'Base URL'],
		[{ baseUrl: 'https://user:pass@api.linksynergy.com' }, 'baseUrlInvalid', 'Base URL'],
	])('refuses %j with %s', (change, problemName, field) => {
		const problem = thrownBy(() => readApplication({ ...fields, ...change }));
		expect(problem.problemName).toBe(problemName);
		expect(problem.message).toContain(field);
		expect(problem.message + problem.description).not.toContain('client-secret');
		expect(problem.message + problem.description).not.toContain('two words');
	});
});

describe('a stored token', () => {
	const application = readApplication(fields);

	it('comes back for the application, site and address it was given for', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[\x21-\x7e]{1,80}$/), (token) => {
				expect(tokenIn(boundToken(token, application), application)).toBe(token);
			}),
		);
	});

	it.each([
		{ siteId: '7654321' },
		{ clientId: 'other' },
		{ clientSecret: 'other' },
		{ baseUrl: 'http://127.0.0.1:1' },
	])('is not used for %j', (change) => {
		const other = readApplication({ ...fields, ...change });
		expect(tokenIn(boundToken('token', other), application)).toBeUndefined();
	});

	it.each(['', undefined, null, 42, 'token', `${boundToken('', application)}`])(
		'is not found in %j',
		(text) => {
			expect(tokenIn(text, application)).toBeUndefined();
		},
	);
});

describe('parseExactJson', () => {
	it('keeps numbers as they were written', () => {
		const text =
			'{"a":43.10,"b":12345678901234567890,"c":-0.0,"d":[1e2,0],"e":"7","f":true,"g":null}';
		expect(parseExactJson(text)).toEqual({
			a: '43.10',
			b: '12345678901234567890',
			c: '-0.0',
			d: [100, '0'],
			e: '7',
			f: true,
			g: null,
		});
	});

	it('loses no decimal', () => {
		const decimal = fc
			.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.stringMatching(/^\d{0,12}$/))
			.map(([whole, places]) => (places === '' ? `${whole}` : `${whole}.${places}`));
		fc.assert(
			fc.property(decimal, (text) => {
				expect(parseExactJson(`[${text}]`)).toEqual([text]);
			}),
		);
	});
});
