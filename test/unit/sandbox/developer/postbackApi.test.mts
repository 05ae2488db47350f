import type { DeveloperSettings, Sandbox } from '../../../../sandbox/server.mts';
import { call, developerSandbox, tokenFor } from '../calling.mts';

const SITE = '/v1/postback/3771737';
const URL_WITH_MACROS =
	'https://example.org/hook?is_event=<is_event>&u1=<u1>&note=%3Cu1%3E+a%20b&ü=1';

let sandbox: Sandbox;
let defaults: DeveloperSettings;
let token: string;
beforeAll(async () => {
	sandbox = await developerSandbox();
	defaults = sandbox.developer.settings();
	token = await tokenFor(sandbox);
});
beforeEach(() => {
	sandbox.developer.change(defaults);
	sandbox.developer.setPostback(undefined);
});
afterAll(() => sandbox.close());

const ask = (method: string, path: string, body?: unknown, headers = {}) =>
	call(sandbox, method, path, { token, body, headers });
const POSTED = { sid: 3771737, is_active: 'Y', url: URL_WITH_MACROS };

/** As documented. */
const envelope = (postback: object) => ({
	_metadata: {
		api_name_version: 'postback-v1.0.0',
		_links: { self: '/v1/postback/3771737' },
	},
	data: [postback],
});

it('is created, shown, changed, and removed', async () => {
	const made = await ask('POST', '/v1/postback', POSTED);
	expect([made.status, made.json]).toEqual([200, envelope(POSTED)]);
	expect((await ask('GET', SITE)).json).toEqual(envelope(POSTED));
	const change = { is_active: 'N', url: 'http://127.0.0.1:1/x?a=<u1>' };
	const changed = await ask('PUT', SITE, change);
	expect([changed.status, changed.json]).toEqual([200, envelope({ sid: 3771737, ...change })]);
	expect(sandbox.developer.postback()).toEqual({ url: change.url, isActive: false });
	const gone = await ask('DELETE', SITE);
	expect([gone.status, gone.text]).toEqual([200, '']);
	expect(sandbox.developer.postback()).toBeUndefined();
	expect((await ask('DELETE', SITE)).status).toBe(200);
});

it('keeps the URL byte for byte', async () => {
	await ask('POST', '/v1/postback', POSTED);
	expect(sandbox.developer.postback()!.url).toBe(URL_WITH_MACROS);
	expect((await ask('GET', SITE)).json.data[0].url).toBe(URL_WITH_MACROS);
});

it('§10.27 is one per site: a second is refused, or replaces the first', async () => {
	const other = { ...POSTED, url: 'https://tracker.example/' };
	sandbox.developer.setPostback({ url: 'https://old.example/', isActive: true });
	const refused = await ask('POST', '/v1/postback', other);
	expect([refused.status, refused.json.error]).toEqual([400, 'REQUEST_PARAM_INVALID']);
	expect(refused.json.message).toContain('already exists');
	expect(sandbox.developer.postback()!.url).toBe('https://old.example/');
	sandbox.developer.change({ existingPostback: 'replace' });
	expect((await ask('POST', '/v1/postback', other)).status).toBe(200);
	expect(sandbox.developer.postback()!.url).toBe(other.url);
});

it('can be changed only if there is one', async () => {
	const answer = await ask('PUT', SITE, POSTED);
	expect([answer.status, answer.json]).toEqual([
		404,
		{ message: 'Postback not found', error: 'RESOURCE_NOT_FOUND' },
	]);
	expect(sandbox.developer.postback()).toBeUndefined();
});

it.each([
	['message', 200, { message: 'No records found' }],
	['notFound', 404, { message: 'Postback not found', error: 'RESOURCE_NOT_FOUND' }],
	['emptyList', 200, { _metadata: expect.any(Object), data: [] }],
] as const)('says as %s that there is none', async (missingPostbackAs, status, body) => {
	sandbox.developer.change({ missingPostbackAs });
	const answer = await ask('GET', SITE);
	expect([answer.status, answer.json]).toEqual([status, body]);
});

it.each([
	['list', 'YN', envelope(POSTED)],
	['object', 'YN', { _metadata: expect.any(Object), data: POSTED }],
	['bare', 'YN', POSTED],
	['bare', 'boolean', { ...POSTED, is_active: true }],
] as const)('is shown as %s with %s', async (postbackAs, isActiveAs, body) => {
	sandbox.developer.change({ postbackAs, isActiveAs });
	sandbox.developer.setPostback({ url: URL_WITH_MACROS, isActive: true });
	expect((await ask('GET', SITE)).json).toEqual(body);
});

it('of another site is none of the application’s business', async () => {
	const answers = [
		await ask('GET', '/v1/postback/112'),
		await ask('PUT', '/v1/postback/112', POSTED),
		await ask('DELETE', '/v1/postback/112'),
		await ask('POST', '/v1/postback', { ...POSTED, sid: 112 }),
	];
	expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
	expect(answers[0]!.json.message).toContain('not associated');
});

it.each([
	[{ ...POSTED, sid: '3771737' }, 'sid'],
	[{ ...POSTED, sid: undefined }, 'sid'],
	[{ ...POSTED, sid: 1.5 }, 'sid'],
	[{ ...POSTED, is_active: true }, 'is_active'],
	[{ ...POSTED, is_active: 'yes' }, 'is_active'],
	[{ ...POSTED, is_active: undefined }, 'is_active'],
	[{ ...POSTED, url: '' }, 'url'],
	[{ ...POSTED, url: undefined }, 'url'],
	[[], 'is_active'],
])('%j is refused', async (body, name) => {
	const answer = await ask('POST', '/v1/postback', body);
	expect([answer.status, answer.json.error]).toEqual([400, 'REQUEST_PARAM_INVALID']);
	expect(answer.json.message).toContain(name);
	expect(sandbox.developer.postback()).toBeUndefined();
});

it('a body that is not JSON, or not labeled as such, is refused', async () => {
	const json = { 'content-type': 'application/json' };
	expect((await ask('POST', '/v1/postback', '{', json)).json.message).toContain('JSON');
	const form = { 'content-type': 'application/x-www-form-urlencoded' };
	const answer = await ask('POST', '/v1/postback', JSON.stringify(POSTED), form);
	expect([answer.status, answer.json.message]).toEqual([
		400,
		'Content-Type must be application/json',
	]);
	expect((await ask('GET', '/v1/postback/x')).status).toBe(400);
	expect((await ask('PATCH', SITE)).status).toBe(405);
	expect((await ask('GET', '/v1/postback')).status).toBe(405);
});
