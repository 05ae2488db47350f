import { activationPatience } from '../../services/patience';
import type { Fault } from '../../sandbox/server.mts';
import { ask, nodeThatAsks, startProcess, storedCredentialOf } from './developerNode.mts';
import { otherContexts } from './harness.mts';
import { movableClock } from './movableClock.mts';
import { useSandbox } from './reportNode.mts';
import type { StoredCredential } from './storedCredential.mts';

const sandbox = useSandbox();
movableClock();
const worker = startProcess();
let stored: StoredCredential;

const events = { method: 'GET', path: '/events/1.0/transactions', query: { limit: '1' } } as const;
const postback = '/v1/postback/3771737';
const put = {
	method: 'PUT',
	path: postback,
	body: { is_active: 'Y', url: 'https://a.example/' },
} as const;
const post = {
	method: 'POST',
	path: '/v1/postback',
	body: { sid: 3771737, is_active: 'Y', url: 'https://a.example/<u1>' },
} as const;

beforeAll(async () => {
	stored = storedCredentialOf(sandbox);
	await ask(worker, stored, events);
});
beforeEach(() => sandbox.developer.setPostback(undefined));

/** To the API host, as faults are for the reporting host unless told otherwise. */
const addFault = (fault: Fault) => sandbox.addFault({ ...fault, match: { path: '/' } });

const sent = () => sandbox.requests().map(({ method, status }) => `${method} ${status}`);

/** Asks once; nothing secret may show, whatever comes. */
async function askFor(request: Parameters<typeof ask>[2], settings = {}) {
	const run = await ask(worker, stored, request, settings);
	const { accessToken } = await stored.read();
	const token = String(accessToken).slice(17);
	expect(token).toMatch(/^sandbox-access-/);
	for (const secret of [token, sandbox.developer.clientSecret]) {
		expect(run.everything).not.toContain(secret);
	}
	return run;
}

describe('a request to the API host', () => {
	it('leaves as documented: bearer token, JSON, literal angle brackets', async () => {
		const { error, outputs } = await askFor(post);
		expect(error).toBeUndefined();
		expect(sandbox.developer.postback()).toEqual({ url: 'https://a.example/<u1>', isActive: true });
		expect(outputs[0][0].json.answer).toMatchObject({
			data: [{ sid: '3771737', is_active: 'Y', url: 'https://a.example/<u1>' }],
		});
		expect(sandbox.requests()).toMatchObject([
			{ method: 'POST', path: '/v1/postback', query: '', status: 200, api: 'postback' },
		]);
	});

	it('sends the blanks of a query as %20, which nobody takes for a plus', async () => {
		await askFor({
			...events,
			query: { process_date_start: '2020-05-01 12:00:00', process_date_end: '2020-05-02 12:00:00' },
		});
		expect(sandbox.requests()[0].query).toBe(
			'process_date_start=2020-05-01%2012%3A00%3A00&process_date_end=2020-05-02%2012%3A00%3A00',
		);
	});

	it('reads an empty answer as undefined', async () => {
		const { error, outputs } = await askFor({ method: 'DELETE', path: postback });
		expect(error).toBeUndefined();
		expect(outputs[0][0].json.answer).toBeUndefined();
	});
});

describe('an answer that is not what was asked for', () => {
	it.each([
		['§10.8 a limit told as text', { kind: 'rateLimited', as: 'text' }, events],
		['§10.8 a limit of the older gateway', { kind: 'rateLimited', as: 'wso2' }, put],
		['a limit, for a POST', { kind: 'rateLimited' }, post],
		['a fault of the service', { kind: 'serverError', status: 500, shape: 'v1' }, events],
		['a cut connection', { kind: 'reset' }, events],
		['an answer cut in the middle', { kind: 'truncated', how: 'midLine' }, events],
		['a web page with 200', { kind: 'html', status: 200 }, events],
		['a cut connection, for a PUT', { kind: 'reset', afterwards: true }, put],
		[
			'a fault of the service, for a DELETE',
			{ kind: 'serverError', status: 502 },
			{ method: 'DELETE', path: postback },
		],
	] as const)('%s is waited out', async (_, fault, request) => {
		sandbox.developer.setPostback(
			request.method === 'POST' ? undefined : { url: 'https://b.example/', isActive: true },
		);
		addFault({ ...(fault as Fault), times: 1 });
		const { error } = await askFor(request);
		expect(error).toBeUndefined();
		expect(sandbox.requests()).toHaveLength(2);
	});

	it.each([
		[
			'§10.8 a service the application may not use',
			{ kind: 'notEntitled' },
			events,
			/may not use this service/,
		],
		[
			'a site of another account',
			{
				kind: 'refusal',
				status: 403,
				shape: 'v1',
				message: 'The sid 1 is not associated with this account',
			},
			events,
			/Site ID 3771737/,
		],
		[
			'a parameter that is wrong',
			{ kind: 'refusal', status: 400, shape: 'v1', message: 'limit must be between 1 and 200' },
			events,
			/refused the request \(status 400\)/,
		],
		[
			'an unknown address',
			{
				kind: 'refusal',
				status: 404,
				shape: 'message',
				message: 'no Route matched with those values',
			},
			events,
			/nothing at this address/,
		],
		[
			'a fault of the service, for a POST',
			{ kind: 'serverError', status: 500 },
			post,
			/could not answer/,
		],
		['a cut connection, for a POST', { kind: 'reset' }, post, /broke before the answer/],
	] as const)('%s is told at once', async (_, fault, request, words) => {
		addFault(fault as Fault);
		const { error } = await askFor(request);
		expect(error!.message).toMatch(words);
		const own = `${error!.message} ${error!.description}`.replace(/Rakuten says: .*/, '');
		expect(own).not.toMatch(/\b(error|problem|failure|mistake)\b/i);
		expect(sandbox.requests()).toHaveLength(1);
	});

	it("quotes Rakuten's own words", async () => {
		addFault({
			kind: 'refusal',
			status: 400,
			shape: 'v1',
			message: 'limit must be between 1 and 200',
		});
		const { error } = await askFor(events);
		expect(error!.description).toContain('Rakuten says: "limit must be between 1 and 200');
	});

	it('has no trace of a token that an answer repeats', async () => {
		const token = String((await stored.read()).accessToken).slice(17);
		const message = `token=${token} Authorization: Bearer ${token} secret ${sandbox.developer.clientSecret}`;
		addFault({ kind: 'refusal', status: 400, shape: 'v1', message });
		const { error } = await askFor(events);
		expect(error!.description).toContain('***');
	});

	it('asks again if the answer to a question is empty, and then says so', async () => {
		sandbox.addFault({ kind: 'emptyBody', times: 1, match: { path: '/' } });
		expect((await askFor(events)).error).toBeUndefined();
		sandbox.clearRequests();
		addFault({ kind: 'emptyBody' });
		expect((await askFor(events)).error!.message).toMatch(/broke before the answer was complete/);
		expect(sent().length).toBeGreaterThan(1);
	}, 20_000);

	it('gives up on a service that stays unavailable, with its name', async () => {
		addFault({ kind: 'serverError', status: 503, shape: 'text' });
		const contexts = otherContexts({
			node: nodeThatAsks(async () => undefined),
			parameters: {},
			credentials: [{ type: worker.type, stored }],
		});
		const { askForJson, developerConnection } = worker.developerApi;
		const connection = await developerConnection(contexts.hook, activationPatience);
		await expect(askForJson(contexts.hook, connection, events)).rejects.toMatchObject({
			problemName: 'serverUnavailable',
		});
		expect(sent()).toEqual(['GET 503', 'GET 503']);
	}, 10_000);

	it('ends between two requests when the execution is cancelled', async () => {
		addFault({ kind: 'rateLimited' });
		const cancel = new AbortController();
		const running = askFor(events, { cancel: cancel.signal });
		while (sandbox.requests().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		cancel.abort();
		expect((await running).status).toBe('canceled');
		expect(sandbox.requests()).toHaveLength(1);
	});
});
