import { ownUrl } from '../../rakuten/postback/ownUrl';
import { eventFields } from '../../rakuten/line/eventLine';
import { movableClock } from './movableClock.mts';
import {
	postbackCalls,
	handHost,
	registeredKey,
	sale,
	serve,
	triggerHost,
} from './postbackTriggerNode.mts';
import { useSandbox } from './reportNode.mts';
import type { TriggerHost } from './webhookHarness.mts';

const sandbox = useSandbox();
const clock = movableClock();

const tracker = {
	url: 'https://t1.anytrack.io/hBtoE3hN/collect/rakuten?u1=<u1>&is_event=<is_event>',
	isActive: true,
};

beforeEach(() => sandbox.developer.setPostback(undefined));

/** What something was refused with. */
async function refusal(promise: Promise<unknown>): Promise<Error> {
	const problem: unknown = await promise.then(
		() => undefined,
		(cause: unknown) => cause,
	);
	if (!(problem instanceof Error)) throw new Error('it was not refused');
	return problem;
}

describe('activating', () => {
	it('§4.1 registers a URL that asks for every field, active, once for both methods', async () => {
		const host = triggerHost(sandbox);
		await host.activate();
		const { url, isActive } = sandbox.developer.postback()!;
		expect(isActive).toBe(true);
		expect(url).toBe(ownUrl({ address: host.address(), key: registeredKey(sandbox) }));
		for (const field of eventFields) expect(url).toContain(`${field}=<${field}>`);
		expect(host.address()).toBe(
			'https://n8n.example.com/webhook/5c9f3d0e-1111-4222-8333-944455556666/postback',
		);
		expect(postbackCalls(sandbox).filter((method) => method !== 'GET')).toEqual(['POST']);
		expect(host.hooks).toEqual(['GET checkExists', 'GET create', 'POST checkExists']);
		expect(host.saved).toContain(registeredKey(sandbox));
	});

	it('§10.27 stops if another tool is registered, naming it in the one line that n8n shows', async () => {
		sandbox.developer.setPostback(tracker);
		const host = triggerHost(sandbox);
		const { name, message } = await refusal(host.activate());
		expect(name).toBe('NodeOperationError');
		expect(message).toBe(
			"Site 3771737 already sends postbacks to t1.anytrack.io. Choose under 'If Another Postback Exists' whether it is replaced and restored later, or replaced and passed on to.",
		);
		expect(sandbox.developer.postback()).toEqual(tracker);
		expect(new Set(postbackCalls(sandbox))).toEqual(new Set(['GET']));
		expect(host.saved).toBe('{}');
	});

	it('names another workflow of this n8n as such', async () => {
		const first = triggerHost(sandbox);
		await first.activate();
		const second = triggerHost(sandbox);
		Object.assign(second.node, { id: 'another', webhookId: 'a-b-c' });
		expect((await refusal(second.activate())).message).toMatch(
			/^Site 3771737 already sends postbacks to another workflow of this n8n\./,
		);
		second.parameters.ifAnotherExists = 'replaceAndPassOn';
		expect((await refusal(second.activate())).message).toMatch(/could go in circles/);
		await first.deactivate();
		expect(sandbox.developer.postback()).toBeUndefined();
	});

	it.each([
		['http://localhost:5678', 'is not https'],
		['https://localhost', 'is only known inside its own network'],
		['https://192.168.1.5:5678', 'is only known inside its own network'],
		['https://n8n.local', 'is only known inside its own network'],
	])('stops at %s, saying what to set', async (url, why) => {
		for (const host of [triggerHost(sandbox, {}, url), handHost()]) {
			host.url = url;
			const { message } = await refusal(host.activate());
			expect(message).toContain(why);
			expect(message).toContain('N8N_WEBHOOK_URL (WEBHOOK_URL before n8n 2.30)');
			expect(message).toContain("'Allow Non-Public Address'");
			host.parameters.options = { allowNonPublicAddress: true };
			await host.activate();
			await host.deactivate();
		}
	});

	it('distinguishes a wrong client secret from other problems', async () => {
		const host = triggerHost(sandbox);
		host.credential!.data.clientSecret = 'wrong';
		expect((await refusal(host.activate())).message).toMatch(/Client Secret/);
		expect(host.logged('error')).toBe('');
	});

	it('is put right again if Rakuten keeps something else', async () => {
		sandbox.developer.setPostback(tracker);
		const host = triggerHost(sandbox, { ifAnotherExists: 'replaceAndRestore' });
		sandbox.addFault({ kind: 'refusal', shape: 'v1', match: { api: 'postback', method: 'PUT' } });
		await refusal(host.activate());
		expect(sandbox.developer.postback()).toEqual(tracker);
		sandbox.clearFaults();
	});
});

/** An active trigger, at an address of its own, of whose registration n8n has lost the record. */
async function withLostRecord(webhookId: string): Promise<{ host: TriggerHost; key: string }> {
	const host = triggerHost(sandbox);
	host.node.webhookId = webhookId;
	await host.activate();
	const key = registeredKey(sandbox);
	host.saved = '{}';
	return { host, key };
}

describe('the life of a registration', () => {
	it.each([
		[10, tracker],
		[2, { ...tracker, isActive: false }],
		[2, undefined],
	])(
		'publishing %d times leaves it as it was, deactivating as it was before: %j',
		async (times, before) => {
			sandbox.developer.setPostback(before);
			const host = triggerHost(sandbox, { ifAnotherExists: 'replaceAndRestore' });
			await host.activate();
			const first = sandbox.developer.postback();
			for (let time = 0; time < times; time++) {
				await host.publish();
				expect(sandbox.developer.postback()).toEqual(first);
			}
			await host.activate('init');
			expect(sandbox.developer.postback()).toEqual(first);
			await host.deactivate();
			expect(sandbox.developer.postback()).toEqual(before);
			await host.deactivate();
			expect(sandbox.developer.postback()).toEqual(before);
		},
		60_000,
	);

	it('restores once, though n8n takes both methods down at the same time', async () => {
		sandbox.developer.setPostback(tracker);
		const host = triggerHost(sandbox, { ifAnotherExists: 'replaceAndRestore' });
		await host.activate();
		sandbox.clearRequests();
		await host.deactivate();
		expect(host.hooks.slice(-2)).toEqual(['GET delete', 'POST delete']);
		expect(postbackCalls(sandbox).filter((method) => method !== 'GET')).toEqual(['PUT']);
		expect(sandbox.developer.postback()).toEqual(tracker);
	});

	it('touches nothing if somebody else has taken over', async () => {
		const host = triggerHost(sandbox);
		await host.activate();
		sandbox.developer.setPostback(tracker);
		sandbox.clearRequests();
		await host.deactivate();
		expect(sandbox.developer.postback()).toEqual(tracker);
		expect(new Set(postbackCalls(sandbox))).toEqual(new Set(['GET']));
	});

	it('keeps key and previous postback when the node is renamed', async () => {
		sandbox.developer.setPostback(tracker);
		const host = triggerHost(sandbox, { ifAnotherExists: 'replaceAndRestore' });
		await host.activate();
		const key = registeredKey(sandbox);
		host.node.name = 'My own name';
		await host.activate('update');
		expect(registeredKey(sandbox)).toBe(key);
		expect((await host.request({ query: { ...sale, key } })).status).toBe(200);
		await host.deactivate();
		expect(sandbox.developer.postback()).toEqual(tracker);
	});

	it('keeps listening when Rakuten is down at the start of n8n, and says so', async () => {
		const host = triggerHost(sandbox);
		await host.activate();
		const key = registeredKey(sandbox);
		sandbox.addFault({ kind: 'notEntitled', match: { api: 'postback' } });
		await host.activate('init');
		await host.activate('leadershipChange');
		expect(host.logged('warn')).toMatch(/assumed to be registered as before/);
		expect((await host.request({ query: { ...sale, key } })).status).toBe(200);
		// Publishing is another matter: somebody is there to read what is wrong.
		expect((await refusal(host.activate('update'))).message).toMatch(
			/^This account may not use this service of Rakuten's \(status 403\)\. .*Ask Rakuten/,
		);
		sandbox.clearFaults();
		await host.deactivate();
		expect(sandbox.developer.postback()).toBeUndefined();
	}, 60_000);

	it('says what to do if Rakuten cannot be reached at all', async () => {
		const host = triggerHost(sandbox);
		host.credential!.data.baseUrl = 'http://127.0.0.1:1';
		const { message } = await refusal(host.activate());
		expect(message).toMatch(/^Rakuten's API could not be reached\. Check the network of this n8n/);
	}, 60_000);

	it('names in the log what could not be restored three times, and restores it later', async () => {
		sandbox.developer.setPostback(tracker);
		const host = triggerHost(sandbox, { ifAnotherExists: 'replaceAndRestore' });
		await host.activate();
		const key = registeredKey(sandbox);
		sandbox.addFault({ kind: 'notEntitled', match: { api: 'postback', method: 'PUT' } });
		sandbox.clearRequests();
		await refusal(host.deactivate());
		// Three times for both methods together.
		expect(postbackCalls(sandbox).filter((method) => method === 'PUT')).toHaveLength(3);
		expect(host.logged('error')).toContain(tracker.url);
		expect(host.logged('error')).toContain('Postback > Create or Update');
		expect(host.logged()).not.toContain(key);
		sandbox.clearFaults();
		await host.activate();
		await host.deactivate();
		expect(sandbox.developer.postback()).toEqual(tracker);
	}, 60_000);

	it('loses nothing if n8n ended before it had saved the static data', async () => {
		sandbox.developer.setPostback(tracker);
		const host = triggerHost(sandbox, { ifAnotherExists: 'replaceAndRestore' });
		await host.activate();
		host.saved = '{}';
		await host.activate('init');
		await host.deactivate();
		expect(sandbox.developer.postback()).toEqual(tracker);
	});

	it('continues with what Rakuten has registered if n8n has lost its record', async () => {
		const { host, key } = await withLostRecord('lost-record');
		sandbox.clearRequests();
		for (let hit = 0; hit < 5; hit++) {
			expect((await host.request({ query: { ...sale, key } })).status).toBe(200);
			expect((await host.request({ query: { ...sale, key: 'wrong' } })).status).toBe(403);
		}
		expect(postbackCalls(sandbox)).toEqual(['GET']);
		expect(host.logged('warn')).toMatch(/unpublish the workflow and publish it again/);
		expect(host.saved).toBe('{}');
	});

	it('asks again for the key, by now a different one, once n8n has lost its record again', async () => {
		const { host, key: first } = await withLostRecord('lost-record-twice');
		expect((await host.request({ query: { ...sale, key: first } })).status).toBe(200);
		await host.deactivate();
		await host.activate();
		const second = registeredKey(sandbox);
		expect(second).not.toBe(first);
		host.saved = '{}';
		clock.moveOn(61_000);
		sandbox.clearRequests();
		expect((await host.request({ query: { ...sale, key: second } })).status).toBe(200);
		expect((await host.request({ query: { ...sale, key: first } })).status).toBe(403);
		expect(postbackCalls(sandbox)).toEqual(['GET']);
	}, 60_000);

	it('answers 503, not 403, while n8n has lost its record and Rakuten is down', async () => {
		const { host, key } = await withLostRecord('lost-record-and-rakuten');
		sandbox.addFault({ kind: 'serverError', status: 503, match: { api: 'postback' } });
		const away = await host.request({ query: { ...sale, key } });
		expect(away).toMatchObject({ status: 503, body: 'Try again later', outputs: undefined });
		expect(host.logged('warn')).toMatch(/answered with 503/);
		sandbox.clearFaults();
		clock.moveOn(61_000);
		expect((await host.request({ query: { ...sale, key } })).status).toBe(200);
	}, 60_000);

	it('asks Rakuten once for all postbacks that wait, however long that takes', async () => {
		const { host, key } = await withLostRecord('lost-record-and-many-wait');
		sandbox.addFault({ kind: 'serverError', status: 503, match: { api: 'postback' } });
		sandbox.clearRequests();
		const waiting = Array.from({ length: 250 }, async () => {
			return await host.request({ query: { ...sale, key } });
		});
		clock.moveOn(61_000);
		const answers = await Promise.all(waiting);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
		expect((await host.request({ query: { ...sale, key } })).status).toBe(503);
		// One question, which is tried twice.
		expect(postbackCalls(sandbox)).toEqual(['GET', 'GET']);
	}, 60_000);

	it('names what is to be restored if the credential can no longer be used', async () => {
		sandbox.developer.setPostback(tracker);
		const host = triggerHost(sandbox, { ifAnotherExists: 'replaceAndRestore' });
		await host.activate();
		host.credential!.data.clientSecret = '';
		await refusal(host.deactivate());
		expect(host.logged('error')).toContain(tracker.url);
		host.credential!.data.clientSecret = sandbox.developer.clientSecret;
		await host.deactivate();
		expect(sandbox.developer.postback()).toEqual(tracker);
	}, 60_000);

	it('asks again sooner than usual if Rakuten is silent, because the editor is waiting', async () => {
		sandbox.addFault({ kind: 'slow', ms: 30_000, times: 1, match: { api: 'postback' } });
		const host = triggerHost(sandbox);
		await host.activate();
		expect(sandbox.requests().find(({ api }) => api === 'postback')).toMatchObject({ end: 'left' });
		expect(sandbox.developer.postback()?.isActive).toBe(true);
	}, 60_000);
});

describe('listening for a test event', () => {
	it('makes no request to Rakuten, in any of its steps', async () => {
		sandbox.developer.setPostback(tracker);
		const host = triggerHost(
			sandbox,
			{ ifAnotherExists: 'replaceAndRestore' },
			'http://localhost:5678',
		);
		await host.listen();
		await host.request({ query: { sample: 'purchase' } }, { test: true });
		await host.stopListening();
		expect(host.hooks.filter((hook) => hook.endsWith('delete'))).toHaveLength(2);
		expect(sandbox.requests()).toEqual([]);
		expect(sandbox.developer.postback()).toEqual(tracker);
	});

	it('leaves an active workflow registered', async () => {
		const host = triggerHost(sandbox);
		await host.activate();
		const registered = sandbox.developer.postback();
		await host.listen();
		await host.stopListening();
		expect(sandbox.developer.postback()).toEqual(registered);
	});
});

describe('a URL registered by hand', () => {
	it('has the key in its path and registers nothing', async () => {
		const host = handHost();
		await host.activate();
		expect(host.address()).toBe(
			'https://n8n.example.com/webhook/5c9f3d0e-1111-4222-8333-944455556666/postback/a-key-of-my-own-123',
		);
		expect((await host.request({ query: sale })).item).toMatchObject({ eventName: 'Purchase' });
		await host.deactivate();
		expect(sandbox.requests()).toEqual([]);
	});

	it.each(['', 'short', ':anything-goes-here', 'with/slash/aaaaaaaaa'])(
		'refuses the key %p, when activated and at any request',
		async (key) => {
			const host = handHost({ key });
			expect((await refusal(host.activate())).message).toMatch(
				/^The 'Key' can't be part of the URL\./,
			);
			const { status, outputs } = await host.request({ query: sale });
			expect({ status, outputs }).toEqual({ status: 403, outputs: undefined });
		},
	);
});

describe('from Rakuten to the workflow', () => {
	it.each([
		{ method: 'GET', macros: 'encoded' },
		{ method: 'GET', macros: 'raw' },
		{ method: 'POST json', macros: 'encoded' },
		{ method: 'POST form', macros: 'encoded' },
	] as const)('every line arrives, as it was sent: %j', async (style) => {
		const host = triggerHost(sandbox, { options: { allowNonPublicAddress: true } });
		const served = await serve(host);
		await host.activate();
		const records = [
			...sandbox.addSales({ count: 5 }),
			...sandbox.addSales({ eventPairs: true, u1: '' }),
			...sandbox.addSales({ zero: true }),
			...sandbox.addCorrection({}, 1).slice(0, 1),
		];
		const attempts = await sandbox.postbackSender.send({ records, ...style });
		expect(attempts.map(({ status }) => status)).toEqual(records.map(() => 200));
		const items = served.answers.flatMap(({ outputs }) => (outputs ?? []).flat());
		const byId = new Map(items.map(({ json }) => [json.transactionId, json]));
		for (const record of records) {
			const item = byId.get(record.transactionId);
			expect(item).toMatchObject({
				lineId: record.transactionId,
				siteId: record.siteId,
				isEvent: record.isEvent,
				u1: record.u1 === '' ? null : record.u1,
			});
			expect(item!.unreadable).toBeUndefined();
			expect(Number(item!.saleAmount)).toBeCloseTo(Number(record.sales), 10);
			expect(item!.processDate).toBe(record.processTime);
		}
		expect(items).toHaveLength(records.length);
		await host.deactivate();
		await served.close();
	});
});
