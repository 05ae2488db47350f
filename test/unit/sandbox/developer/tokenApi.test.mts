import type { Sandbox } from '../../../../sandbox/server.mts';
import { askForToken, call, developerSandbox, keyOf, tokenFor } from '../calling.mts';

const EVENTS = '/events/1.0/transactions?limit=1';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await developerSandbox();
});
afterEach(() => sandbox.close());

const lastReason = () => sandbox.developer.tokenRequests().at(-1);
const status = async (token: string) => (await call(sandbox, 'GET', EVENTS, { token })).status;

describe('a token', () => {
	it('is issued as documented, and gives access to the APIs', async () => {
		const answer = await askForToken(sandbox);
		expect(answer.status).toBe(200);
		expect(answer.json).toEqual({
			access_token: expect.stringMatching(/^sandbox-access-[0-9a-f]{32}$/),
			refresh_token: expect.stringMatching(/^sandbox-refresh-[0-9a-f]{32}$/),
			token_type: 'Bearer',
			expires_in: 3600,
		});
		expect(await status(answer.json.access_token)).toBe(200);
		expect(lastReason()).toMatchObject({
			number: 1,
			accepted: true,
			reason: 'issued',
			scheme: 'Bearer',
			grantType: null,
			siteId: '3771737',
		});
	});

	it.each([
		['Basic', 'scope=3771737', 'issued'],
		['bearer', 'scope=3771737', 'issued'],
		['Bearer', 'grant_type=password&scope=3771737', 'issued'],
		['Bearer', 'grant_type=client_credentials&scope=3771737', 'issued'],
	])('is issued with %s and %s as well', async (scheme, form, reason) => {
		expect((await askForToken(sandbox, { scheme, form })).status).toBe(200);
		expect(lastReason()).toMatchObject({ accepted: true, reason });
	});

	it('§10.9 ends the one before it at once', async () => {
		const first = await tokenFor(sandbox);
		expect(await status(first)).toBe(200);
		const second = await tokenFor(sandbox);
		expect(await status(first)).toBe(401);
		expect(await status(second)).toBe(200);
		expect(sandbox.requests().map(({ token }) => token)).toEqual([
			'client',
			'valid',
			'client',
			'superseded',
			'valid',
		]);
	});

	it('§10.9 of many asked for at the same time, one is left', async () => {
		const tokens = await Promise.all(Array.from({ length: 12 }, () => tokenFor(sandbox)));
		expect(new Set(tokens).size).toBe(12);
		const standings = await Promise.all(tokens.map(status));
		expect(standings.filter((code) => code === 200)).toHaveLength(1);
		expect(standings.filter((code) => code === 401)).toHaveLength(11);
	});

	it('§10.9 requests with the old one that are under way when a new one is issued end with 401', async () => {
		const old = await tokenFor(sandbox);
		const calls = Array.from({ length: 20 }, (_, index) =>
			index === 10 ? tokenFor(sandbox).then(() => 0) : status(old),
		);
		const codes = await Promise.all(calls);
		expect(codes.filter((code) => code === 0)).toHaveLength(1);
		expect(codes.every((code) => [0, 200, 401].includes(code))).toBe(true);
		expect(await status(old)).toBe(401);
	});

	it('ends by the clock, and when told to', async () => {
		sandbox.developer.change({ tokenSeconds: 0.5 });
		const short = await tokenFor(sandbox);
		expect(await status(short)).toBe(200);
		await new Promise((done) => setTimeout(done, 510));
		expect(await status(short)).toBe(401);
		sandbox.developer.change({ tokenSeconds: 60 });
		const long = await tokenFor(sandbox);
		sandbox.developer.expireToken();
		expect(await status(long)).toBe(401);
		expect(sandbox.requests().at(-1)).toMatchObject({ token: 'expired', status: 401 });
	});

	it('is renewed with its refresh token, even an ended one, and once', async () => {
		const first = (await askForToken(sandbox)).json;
		sandbox.developer.expireToken();
		const form = `refresh_token=${first.refresh_token}&scope=3771737`;
		const renewed = await askForToken(sandbox, { form });
		expect(lastReason()).toMatchObject({ accepted: true, reason: 'refreshed' });
		expect(await status(renewed.json.access_token)).toBe(200);
		const again = await askForToken(sandbox, { form: `grant_type=refresh_token&${form}` });
		expect([again.status, again.json.error]).toEqual([400, 'invalid_grant']);
		expect(lastReason()).toMatchObject({ accepted: false, reason: 'wrongRefreshToken' });
		expect(await status(renewed.json.access_token)).toBe(200);
	});
});

describe('a request for a token is refused', () => {
	const { clientId, clientSecret } = {
		clientId: 'sandbox-client-id',
		clientSecret: 'sandbox-client-secret-000000000000',
	};
	const refusals: Array<[string, Parameters<typeof askForToken>[1], number, string]> = [
		['wrongClientSecret', { key: keyOf(clientId, 'other') }, 401, 'invalid_client'],
		['wrongClientId', { key: keyOf('other', clientSecret) }, 401, 'invalid_client'],
		['wrongClientId', { key: 'no base64!' }, 401, 'invalid_client'],
		['noClient', { key: '' }, 401, 'invalid_client'],
		['noClient', { scheme: 'Digest' }, 401, 'invalid_client'],
		['noScope', { form: '' }, 400, 'invalid_scope'],
		['scopeIsNoNumber', { form: 'scope=my-site' }, 400, 'invalid_scope'],
		['scopeIsNoNumber', { form: 'scope=37717x7' }, 400, 'invalid_scope'],
		['legacyScope', { form: 'scope=Production' }, 400, 'invalid_scope'],
		['otherSite', { form: 'scope=1234567' }, 400, 'invalid_scope'],
		['unknownGrantType', { form: 'grant_type=magic&scope=1' }, 400, 'unsupported_grant_type'],
		['wrongRefreshToken', { form: 'refresh_token=x&scope=3771737' }, 400, 'invalid_grant'],
		['wrongContentType', { type: 'application/json' }, 400, 'invalid_request'],
	];

	it.each(refusals)('%s: %j', async (reason, asked, code, error) => {
		const token = await tokenFor(sandbox);
		const answer = await askForToken(sandbox, asked);
		expect([answer.status, answer.json.error]).toEqual([code, error]);
		expect(answer.json.error_description).toEqual(expect.any(String));
		expect(lastReason()).toMatchObject({ accepted: false, reason });
		// What was refused has ended nothing.
		expect(await status(token)).toBe(200);
	});

	it('with a different text for each reason, but the same for a wrong id and a wrong secret', async () => {
		const texts = new Map<string, string>();
		for (const [reason, asked] of refusals) {
			texts.set(reason, (await askForToken(sandbox, asked)).text);
		}
		expect(texts.get('wrongClientId')).toBe(texts.get('wrongClientSecret'));
		texts.delete('wrongClientId');
		expect(new Set(texts.values()).size).toBe(texts.size);
	});

	it('as the old gateway worded it', async () => {
		sandbox.developer.change({ tokenRefusalAs: 'wso2' });
		const client = await askForToken(sandbox, { key: keyOf('a', 'b') });
		const site = await askForToken(sandbox, { form: 'scope=1' });
		expect([client.status, site.status]).toEqual([401, 403]);
		expect(client.headers.get('content-type')).toMatch(/xml/);
		expect(client.text).toMatch(/^<ams:fault xmlns:ams=.*<ams:code>900901</);
		expect(site.text).toContain('<ams:code>900908<');
	});

	it('with a status alone', async () => {
		sandbox.developer.change({ tokenRefusalAs: 'bare' });
		const answer = await askForToken(sandbox, { key: keyOf('a', 'b') });
		expect([answer.status, answer.text]).toEqual([401, '']);
	});

	it('by GET', async () => {
		expect((await call(sandbox, 'GET', '/token')).status).toBe(405);
	});
});

it('takes a client of its own, secrets with colons included', async () => {
	const other = await developerSandbox({
		developer: { clientId: 'me', clientSecret: 'a:b:ü', siteId: '42', tokenSeconds: 7 },
	});
	const answer = await askForToken(other);
	await other.close();
	expect(answer.json).toMatchObject({ expires_in: 7 });
	expect(other.developer).toMatchObject({ clientId: 'me', clientSecret: 'a:b:ü', siteId: '42' });
});
