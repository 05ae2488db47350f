import type { DeveloperSettings, Fault, Sandbox } from '../../../../sandbox/server.mts';
import { askForToken, call, developerSandbox, tokenFor } from '../calling.mts';

const EVENTS = '/events/1.0/transactions?limit=2';
const POSTBACK = '/v1/postback/3771737';

let sandbox: Sandbox;
let token: string;
let defaults: DeveloperSettings;
beforeAll(async () => {
	sandbox = await developerSandbox();
	defaults = sandbox.developer.settings();
});
beforeEach(async () => {
	sandbox.developer.change(defaults);
	sandbox.developer.setPostback(undefined);
	sandbox.clearFaults();
	token = await tokenFor(sandbox);
	sandbox.clearRequests();
});
afterAll(() => sandbox.close());

const events = (as: string | undefined = token) => call(sandbox, 'GET', EVENTS, { token: as });
const logged = () => sandbox.requests().at(-1)!;

describe('401', () => {
	it.each([undefined, 'nonsense'])('for the token %s, on every API', async (wrong) => {
		for (const path of [EVENTS, POSTBACK, '/v1/offers']) {
			const answer = await call(sandbox, 'GET', path, { token: wrong });
			expect([answer.status, answer.text]).toEqual([401, '']);
			expect(logged().token).toBe(wrong === undefined ? 'missing' : 'wrong');
		}
	});

	it('for a token in another scheme', async () => {
		const answer = await call(sandbox, 'GET', EVENTS, {
			headers: { authorization: `Basic ${token}` },
		});
		expect(answer.status).toBe(401);
		expect(logged()).toMatchObject({ scheme: 'Basic', token: 'missing' });
	});

	it.each([
		['kong', 'missing', undefined, 'The access token is missing'],
		['kong', 'wrong', 'nonsense', 'The access token is invalid or has expired'],
		['fault', 'missing', undefined, '"code":900902'],
		['fault', 'wrong', 'nonsense', '"code":900901'],
		['wso2', 'missing', undefined, '<ams:code>900902</ams:code>'],
		['wso2', 'wrong', 'nonsense', '<ams:code>900901</ams:code>'],
	] as const)('as %s when %s', async (unauthorizedAs, _, wrong, text) => {
		sandbox.developer.change({ unauthorizedAs });
		const answer = await call(sandbox, 'GET', EVENTS, { token: wrong });
		expect(answer.status).toBe(401);
		expect(answer.text).toContain(text);
		expect(answer.headers.get('content-type')).toMatch(unauthorizedAs === 'wso2' ? /xml/ : /json/);
	});

	it.each([
		['expired', 900903],
		['superseded', 900904],
	])('says in the old words that a token is %s', async (standing, code) => {
		sandbox.developer.change({ unauthorizedAs: 'fault' });
		if (standing === 'expired') sandbox.developer.expireToken();
		else await tokenFor(sandbox);
		expect((await events()).json.fault.code).toBe(code);
		expect(logged().token).toBe(standing);
	});
});

describe('403', () => {
	it('§10.8 comes at the limit, and ends with the minute', async () => {
		const small = await developerSandbox({
			speedUp: 60,
			developer: { requestsPerMinute: 2, rateLimitAs: 'json' },
		});
		const own = await tokenFor(small);
		const get = () => call(small, 'GET', EVENTS, { token: own });
		const statuses = [(await get()).status, (await get()).status];
		const refused = await get();
		await new Promise((done) => setTimeout(done, 1020));
		statuses.push(refused.status, (await get()).status);
		const [, , , third] = small.requests();
		await small.close();
		expect(statuses).toEqual([200, 200, 403, 200]);
		expect(refused.json).toEqual({
			message: 'The number of requests allowed per minute has been exceeded',
		});
		expect(third!.faults).toEqual(['limit']);
	});

	it('§10.8 is text by default, or the 503 of the old gateway', async () => {
		sandbox.developer.change({ requestsPerMinute: 1 });
		await events();
		const text = await events();
		expect([text.status, text.text]).toEqual([
			403,
			'The number of requests allowed per minute has been exceeded',
		]);
		sandbox.developer.change({ rateLimitAs: 'wso2' });
		const old = await events();
		expect(old.status).toBe(503);
		expect(old.text).toMatch(/^<amt:fault .*<amt:code>900800<.*Message Throttled Out/);
		// Asking for a token is not limited.
		expect((await askForToken(sandbox)).status).toBe(200);
	});

	it('says which API the application may not use', async () => {
		sandbox.developer.change({ entitled: { events: false } });
		const refused = await events();
		expect([refused.status, refused.text]).toEqual([403, 'You cannot consume this service']);
		expect((await call(sandbox, 'GET', POSTBACK, { token })).status).toBe(200);
		sandbox.developer.change({ entitled: { postback: false }, notEntitledAs: 'json' });
		const other = await call(sandbox, 'GET', POSTBACK, { token });
		expect([other.status, other.json]).toEqual([
			403,
			{ message: 'You cannot consume this service' },
		]);
	});
});

it('404 for what it does not serve', async () => {
	const answer = await call(sandbox, 'GET', '/v1/offers', { token });
	expect([answer.status, answer.json]).toEqual([
		404,
		{ message: 'no Route matched with those values' },
	]);
	expect(logged().api).toBe('other');
});

describe('faults', () => {
	it.each([
		[{ kind: 'unauthorized' }, 401, /^$/],
		[{ kind: 'unauthorized', as: 'kong' }, 401, /invalid_token/],
		[{ kind: 'unauthorized', as: 'wso2' }, 401, /<ams:code>900901</],
		[{ kind: 'unauthorized', as: 'fault' }, 401, /"code":900901/],
		[{ kind: 'rateLimited' }, 403, /per minute has been exceeded$/],
		[{ kind: 'rateLimited', as: 'wso2' }, 503, /<amt:code>900800</],
		[{ kind: 'notEntitled' }, 403, /You cannot consume this service/],
		[{ kind: 'html', match: { api: 'events' } }, 200, /^<!DOCTYPE html>/],
		[{ kind: 'serverError', match: { api: 'events' } }, 500, /"error":"UNEXPECTED_ERROR"/],
		[
			{ kind: 'refusal', status: 400, shape: 'v1', message: 'No.', match: { api: 'events' } },
			400,
			/^{"message":"No\.","error":"REQUEST_PARAM_INVALID"}$/,
		],
		[{ kind: 'tooManyRequests', match: { path: '/events' } }, 429, /Too many/],
		[{ kind: 'emptyBody', match: { api: 'events' } }, 200, /^$/],
	] as Array<[Fault, number, RegExp]>)('%j', async (fault, status, text) => {
		sandbox.addFault(fault);
		const answer = await events();
		expect(answer.status).toBe(status);
		expect(answer.text).toMatch(text);
		expect(logged().faults).toEqual([fault.kind]);
	});

	it('cut connections, break answers, and delay them', async () => {
		const whole = (await events()).text;
		sandbox.addFault({ kind: 'reset', match: { api: 'events' }, times: 1 });
		await expect(events()).rejects.toThrow();
		sandbox.addFault({ kind: 'truncated', match: { api: 'events' }, times: 1 });
		await expect(events()).rejects.toThrow();
		sandbox.addFault({ kind: 'truncated', how: 'midLine', match: { api: 'events' }, times: 1 });
		const half = await events();
		expect(whole.startsWith(half.text)).toBe(true);
		expect(half.json).toBeUndefined();
		for (const where of ['headers', 'body'] as const) {
			sandbox.clearFaults();
			sandbox.addFault({ kind: 'slow', ms: 60, where, match: { api: 'events' } });
			const started = performance.now();
			expect((await events()).text).toBe(whole);
			expect(performance.now() - started).toBeGreaterThan(55);
		}
	});

	it('are matched by API, path, method and number', async () => {
		const match = { path: '/v1/postback', method: 'PUT', nth: 2 };
		sandbox.addFault({ kind: 'serverError', status: 503, match });
		const body = { sid: 3771737, is_active: 'Y', url: 'http://127.0.0.1/' };
		const codes = [(await call(sandbox, 'POST', '/v1/postback', { token, body })).status];
		for (const method of ['PUT', 'GET', 'PUT', 'PUT']) {
			const given = { token, ...(method === 'PUT' && { body }) };
			codes.push((await call(sandbox, method, POSTBACK, given)).status);
		}
		expect(codes).toEqual([200, 200, 200, 503, 200]);
		expect((await events()).status).toBe(200);
		expect(sandbox.faults()[0]).toMatchObject({ matched: 3, hits: 1 });
	});

	it('of the reporting host leave the API host alone, and the other way round', async () => {
		sandbox.addFault({ kind: 'serverError' });
		sandbox.addFault({ kind: 'rateLimited' });
		expect((await askForToken(sandbox)).status).toBe(200);
		const fresh = await tokenFor(sandbox);
		expect((await call(sandbox, 'GET', EVENTS, { token: fresh })).status).toBe(403);
		expect((await fetch(sandbox.getApiUrl())).status).toBe(500);
	});

	it('come instead of the work, or after it', async () => {
		const body = { sid: 3771737, is_active: 'Y', url: 'http://127.0.0.1/' };
		const post = () => call(sandbox, 'POST', '/v1/postback', { token, body });
		sandbox.addFault({ kind: 'reset', match: { api: 'postback' }, times: 1 });
		await expect(post()).rejects.toThrow();
		expect(sandbox.developer.postback()).toBeUndefined();
		sandbox.addFault({ kind: 'reset', match: { api: 'postback' }, times: 1, afterwards: true });
		await expect(post()).rejects.toThrow();
		expect(sandbox.developer.postback()).toEqual({ url: body.url, isActive: true });
	});

	it('can lose a new token on its way: the old one has still ended', async () => {
		sandbox.addFault({ kind: 'reset', match: { api: 'token' }, times: 1, afterwards: true });
		await expect(askForToken(sandbox)).rejects.toThrow();
		expect((await events()).status).toBe(401);
		sandbox.addFault({ kind: 'serverError', match: { api: 'token' }, times: 1 });
		token = await tokenFor(sandbox).catch(() => '');
		expect(token).toBe('');
		expect(sandbox.developer.tokenRequests().at(-1)).toMatchObject({
			accepted: false,
			reason: 'fault',
		});
	});

	it.each([
		[{ kind: 'rateLimited', as: 'kong' }, /"kong" is not a value for "as"/],
		[{ kind: 'rateLimited', match: { rowsOver: 3 } }, /cannot match by "rowsOver"/],
		[{ kind: 'serverError', match: { api: 'events', network: 1 } }, /cannot match by "network"/],
		[{ kind: 'serverError', match: { api: 'offers' } }, /no api "offers"/],
		[{ kind: 'serverError', match: { method: 'PUT' } }, /"method" needs "api" or "path"/],
	])('%j is refused', (fault, message) => {
		expect(() => sandbox.addFault(fault as Fault)).toThrow(message);
	});
});

describe('the request log', () => {
	it('distinguishes the APIs', async () => {
		await askForToken(sandbox);
		await events();
		await call(sandbox, 'GET', POSTBACK, { token });
		await call(sandbox, 'GET', '/v1/x', { token });
		await fetch(sandbox.getApiUrl());
		await fetch(`${sandbox.url}/nothing`);
		expect(sandbox.requests().map(({ api }) => api)).toEqual([
			'token',
			'events',
			'postback',
			'other',
			'reporting',
			'other',
		]);
	});

	it('holds no secret, wherever one was put', async () => {
		const { clientId, clientSecret, siteId } = sandbox.developer;
		const issued = (await askForToken(sandbox)).json;
		const key = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
		for (const secret of [issued.access_token, issued.refresh_token, clientSecret, key]) {
			const encoded = encodeURIComponent(secret);
			await call(sandbox, 'GET', `/v1/${encoded}?x=${encoded}&y=${secret}`, {
				token: secret,
				headers: { 'user-agent': `odd ${secret}`, accept: secret },
			});
			await askForToken(sandbox, { form: `scope=${encoded}&grant_type=${encoded}` });
			await askForToken(sandbox, { key: secret });
		}
		await call(sandbox, 'GET', `${POSTBACK}?key=hidden-word`, { token });
		const all = JSON.stringify([
			sandbox.requests(),
			sandbox.developer.tokenRequests(),
			await (await fetch(`${sandbox.controlUrl}requests`)).json(),
			await (await fetch(`${sandbox.controlUrl}developer`)).json(),
		]);
		for (const secret of [issued.access_token, issued.refresh_token, clientSecret, key]) {
			expect(all).not.toContain(secret);
			expect(all).not.toContain(encodeURIComponent(secret));
		}
		expect(all).not.toContain('sandbox-access-');
		expect(all).not.toContain('hidden-word');
		expect(all).toContain(siteId);
	});
});
