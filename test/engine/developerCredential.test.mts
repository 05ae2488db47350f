import { RakutenDeveloperApi } from '../../credentials/RakutenDeveloperApi.credentials';
import type { Sandbox, SandboxOptions } from '../../sandbox/server.mts';
import { testCredential } from './credentialTest.mts';
import { useSandbox } from './reportNode.mts';
import { StoredCredential } from './storedCredential.mts';

const sandbox = useSandbox();

const goodFields = ({ developer, url }: Sandbox) => ({
	siteId: developer.siteId,
	clientId: developer.clientId,
	clientSecret: developer.clientSecret,
	accessToken: '',
	baseUrl: url,
});

async function resultOf(change: Record<string, string> = {}) {
	const stored = new StoredCredential({ ...goodFields(sandbox), ...change });
	const result = await testCredential({ type: new RakutenDeveloperApi(), stored });
	expect(JSON.stringify(result)).not.toContain(sandbox.developer.clientSecret);
	expect(JSON.stringify(result)).not.toMatch(/sandbox-(access|refresh)-/);
	return { ...result, stored };
}

type Refusals = NonNullable<SandboxOptions['developer']>;

afterEach(() => {
	sandbox.developer.change({
		tokenRefusalAs: 'kong',
		unauthorizedAs: 'empty',
		entitled: { events: true, postback: true },
	} satisfies Refusals);
});

describe('the credential, tested as the editor does', () => {
	it('§1 is accepted, asks as documented, and keeps the token', async () => {
		const before = sandbox.developer.tokenRequests().length;
		const { status, stored } = await resultOf();
		expect(status).toBe('OK');
		const asked = sandbox.developer.tokenRequests().slice(before);
		expect(asked).toMatchObject([
			{ accepted: true, scheme: 'Bearer', grantType: null, siteId: '3771737' },
		]);
		expect(sandbox.requests().map(({ method, path, query }) => [method, path, query])).toEqual([
			['POST', '/token', ''],
			['GET', '/events/1.0/transactions', 'limit=1'],
		]);
		expect((await stored.read()).accessToken).toMatch(/^[0-9a-f]{16}\.sandbox-access-/);
	});

	it.each(['kong', 'wso2', 'bare'] as const)(
		'§1.1 distinguishes a wrong secret from a wrong site, refused as %s',
		async (tokenRefusalAs) => {
			sandbox.developer.change({ tokenRefusalAs });
			const wrongSecret = await resultOf({ clientSecret: 'not-the-secret-at-all' });
			expect(wrongSecret.status).toBe('Error');
			expect(wrongSecret.message).toMatch(/Client ID with this Client Secret/);
			expect(wrongSecret.message).not.toMatch(/Site ID/);
			const wrongId = await resultOf({ clientId: 'somebody-else' });
			expect(wrongId.message).toBe(wrongSecret.message);
			const wrongSite = await resultOf({ siteId: '1234567' });
			expect(wrongSite.message).toMatch(/Site ID 1234567/);
			expect(wrongSite.message).not.toMatch(/Client Secret/);
		},
	);

	it('asks for one token only when the client is wrong', async () => {
		const before = sandbox.developer.tokenRequests().length;
		await resultOf({ clientSecret: 'not-the-secret-at-all' });
		expect(sandbox.developer.tokenRequests().length - before).toBe(1);
	});

	it('§10.8 says that the client is right if the service is missing or the limit is reached', async () => {
		sandbox.developer.change({ entitled: { events: false } });
		const { status, message } = await resultOf();
		expect(status).toBe('Error');
		expect(message).toMatch(/were accepted.*status 403.*minute.*no access to the Events API/);
	});

	it.each([
		[400, /gave an access token but refused/],
		[404, /Base URL/],
		[429, /Wait a minute/],
		[500, /Test again later/],
		[503, /Test again later/],
	])('says what status %i means', async (status, words) => {
		sandbox.addFault({ kind: 'refusal', status, match: { api: 'events' } });
		const result = await resultOf();
		expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(words) });
	});

	it('says that a token just given was refused', async () => {
		sandbox.addFault({ kind: 'unauthorized', match: { api: 'events' } });
		expect((await resultOf()).message).toMatch(/gave an access token and then refused it/);
	});

	it.each([
		['html', { kind: 'html' }, /web page/],
		['html with 403', { kind: 'html', status: 403 }, /web page/],
		['a fault of the service', { kind: 'serverError', status: 503 }, /could not answer/],
		['a cut connection', { kind: 'reset' }, /connection .* broke/],
		['a limit', { kind: 'rateLimited' }, /within a minute/],
		['a service it may not use', { kind: 'notEntitled' }, /may not use this service/],
		['nothing', { kind: 'emptyBody' }, /unknown format/],
	] as const)('names a token request that is answered with %s', async (_, fault, words) => {
		sandbox.addFault({ ...fault, match: { api: 'token' } });
		expect((await resultOf()).message).toMatch(words);
	});

	it.each([
		[{ siteId: '' }, /'Site ID' is empty/],
		[{ siteId: 'aB3cD4eF5gH' }, /11-character ID/],
		[{ clientId: '' }, /'Client ID' is empty/],
		[{ clientSecret: ' ' }, /'Client Secret' is empty/],
		[{ clientId: 'one two' }, /'Client ID' contains more/],
		[{ clientId: 'same-text', clientSecret: 'same-text' }, /have the same value/],
		[{ baseUrl: 'api.linksynergy.com' }, /'Base URL' is not the address/],
	])('refuses %j before anything is sent', async (change, words) => {
		expect((await resultOf(change)).message).toMatch(words);
		expect(sandbox.requests()).toEqual([]);
	});

	it('says that nothing answers', async () => {
		const { message } = await resultOf({ baseUrl: 'http://127.0.0.1:9' });
		expect(message).toMatch(/could not be reached/);
	});
});

describe('what the credential puts on requests', () => {
	const type = new RakutenDeveloperApi();
	const sign = type.authenticate as (
		data: object,
		options: object,
	) => Promise<{ headers?: Record<string, string> }>;

	it('sends the token to the base URL only', async () => {
		const { stored } = await resultOf();
		const data = await stored.read();
		const own = await sign(data, { url: '/v1/postback/1', baseURL: sandbox.url });
		expect(own.headers?.Authorization).toMatch(/^Bearer sandbox-access-/);
		const elsewhere = sign(data, { url: 'https://evil.example/', baseURL: sandbox.url });
		await expect(elsewhere).rejects.toMatchObject({ problemName: 'otherService' });
		await expect(elsewhere).rejects.not.toHaveProperty('code');
	});

	it.each([
		{ siteId: '7654321' },
		{ clientId: 'another-client' },
		{ clientSecret: 'wrong-all-of-a-sudden' },
	])('drops a token that was given before the change to %j', async (change) => {
		const { stored } = await resultOf();
		const data = { ...(await stored.read()), ...change };
		const own = await sign(data, { url: '/v1/postback/1', baseURL: sandbox.url });
		expect(own.headers).toBeUndefined();
	});

	it('lets n8n keep and renew the token, and hides it from the editor', () => {
		const token = type.properties.find(({ name }) => name === 'accessToken')!;
		expect(token).toMatchObject({
			type: 'hidden',
			default: '',
			typeOptions: { expirable: true, password: true },
		});
	});
});
