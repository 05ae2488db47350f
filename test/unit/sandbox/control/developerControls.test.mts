import { createServer } from 'node:http';
import type { Sandbox } from '../../../../sandbox/server.mts';
import { askForToken, call, developerSandbox, tokenFor } from '../calling.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await developerSandbox();
});
afterEach(() => sandbox.close());

const control = (method: string, path: string, body?: unknown) =>
	call(sandbox, method, `/__sandbox/${path}`, { body });

it('the application and its settings', async () => {
	await tokenFor(sandbox);
	const { json } = await control('GET', 'developer');
	expect(json).toMatchObject({
		clientId: 'sandbox-client-id',
		siteId: '3771737',
		settings: { tokenSeconds: 3600, unauthorizedAs: 'empty', entitled: { events: true } },
		tokenRequests: [{ accepted: true, reason: 'issued' }],
	});
	const change = { tokenSeconds: 5, entitled: { events: false } };
	const changed = await control('PUT', 'developer', change);
	expect(changed.json).toMatchObject({
		tokenSeconds: 5,
		entitled: { events: false, postback: true },
	});
	expect((await askForToken(sandbox)).json.expires_in).toBe(5);
	const token = await tokenFor(sandbox);
	await control('POST', 'expire-token');
	expect((await call(sandbox, 'GET', '/v1/postback/3771737', { token })).status).toBe(401);
});

it('the postback, as another tool would change it', async () => {
	expect((await control('GET', 'postback')).json).toEqual({ postback: null });
	const postback = { url: 'https://t1.example.org/?u=<u1>', isActive: true };
	expect((await control('PUT', 'postback', { url: postback.url })).json).toEqual({ postback });
	expect((await control('GET', 'postback')).json).toEqual({ postback });
	await control('DELETE', 'postback');
	expect(sandbox.developer.postback()).toBeUndefined();
});

it('sales, their sending, and what was answered', async () => {
	const hits: string[] = [];
	const receiver = createServer((request, response) => {
		hits.push(request.url!);
		response.end();
	}).listen(0, '127.0.0.1');
	await new Promise((done) => receiver.once('listening', done));
	const { port } = receiver.address() as { port: number };
	await control('PUT', 'postback', { url: `http://127.0.0.1:${port}/?id=<etransaction_id>` });
	const added = (await control('POST', 'add-sales', { count: 3, currency: 'USD' })).json;
	const correction = await control('POST', 'add-correction', {
		orderId: added[0].orderId,
		processedAt: new Date().toISOString(),
	});
	const sent = await control('POST', 'send-postbacks', { order: 'random', macros: 'raw' });
	receiver.close();
	const ids = [...added, ...correction.json].map(({ transactionId }) => transactionId).sort();
	expect(sent.json.map((one: { transactionId: string }) => one.transactionId).sort()).toEqual(ids);
	expect(hits.map((url) => url.slice(5)).sort()).toEqual(ids);
	const { json } = await control('GET', 'postback-attempts');
	expect(json.attempts).toHaveLength(4);
	expect(json.totals).toMatchObject({ answered200: 4, distinctLines: 4 });
	const records = (await control('GET', 'event-records')).json;
	expect(records.map((one: { transactionId: string }) => one.transactionId)).toEqual(
		expect.arrayContaining(ids),
	);
	await control('DELETE', 'postback-attempts');
	expect((await control('GET', 'postback-attempts?isEvent=true')).json.attempts).toEqual([]);
});

it.each([
	['PUT', 'developer', { tokenSeconds: 0 }, /tokenSeconds/],
	['PUT', 'developer', { color: 'red' }, /no developer setting "color"/],
	['PUT', 'developer', { postbackAs: 'xml' }, /postbackAs/],
	['PUT', 'developer', { entitled: { offers: true } }, /entitled/],
	['PUT', 'postback', { isActive: true }, /a postback is/],
	['POST', 'add-sales', { processedAt: 'now' }, /not a time/],
	['POST', 'add-sales', { amount: 1 }, /sales have no "amount"/],
	['POST', 'send-postbacks', { macros: 'double' }, /"macros" is/],
	['POST', 'send-postbacks', { concurrency: 'many' }, /"concurrency" is a number/],
	['POST', 'send-postbacks', { speed: 1 }, /nothing a sending takes/],
])('%s %s %j is refused', async (method, path, body, message) => {
	const settings = sandbox.developer.settings();
	const answer = await control(method, path, body);
	expect([answer.status, answer.json.error]).toEqual([400, expect.stringMatching(message)]);
	expect(sandbox.developer.settings()).toEqual(settings);
});
