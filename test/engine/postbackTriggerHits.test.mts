import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import { hitsOf } from '../../nodes/webhook/postbackHits';
import { movableClock } from './movableClock.mts';
import { handHost, registeredKey, sale, triggerHost } from './postbackTriggerNode.mts';
import { useSandbox } from './reportNode.mts';
import type { TriggerHost } from './webhookHarness.mts';

const sandbox = useSandbox();
movableClock();

beforeEach(() => sandbox.developer.setPostback(undefined));

/** An active trigger and the key it has registered. */
async function activeHost(
	parameters: IDataObject = {},
): Promise<{ host: TriggerHost; key: string }> {
	const host = triggerHost(sandbox, parameters as never);
	await host.activate();
	return { host, key: registeredKey(sandbox) };
}

describe('a postback', () => {
	it('becomes an item with the line, a name, a state and a reason', async () => {
		const { host, key } = await activeHost();
		const before = new Date().toISOString();
		const { status, body, item, outputs } = await host.request({ query: { ...sale, key } });
		expect({ status, body }).toEqual({ status: 200, body: 'OK' });
		expect(outputs!.map((items) => items.length)).toEqual([1, 0]);
		const { receivedAt, ...rest } = item!;
		expect(rest).toEqual({
			eventName: 'Purchase',
			state: 'accepted',
			reason: 'Sale with a sub-ID (u1)',
			lineId: 'B7B2BE0B83ECDD168FD50BC789F508AC',
			orderKey: '45904:4000110733',
			kind: 'sale',
			transactionId: 'B7B2BE0B83ECDD168FD50BC789F508AC',
			siteId: '3771737',
			advertiserId: '45904',
			orderId: '4000110733',
			offerId: '1262960',
			sku: 'TRCAT5DB',
			productName: 'TRCAT5DB',
			quantity: 1,
			saleAmount: '43.17',
			commission: '25',
			currency: 'EUR',
			currencySource: 'event',
			transactionDate: '2023-05-21T06:58:45.000Z',
			processDate: '2023-05-21T06:58:45.000Z',
			transactionType: 'realtime',
			isEvent: false,
			u1: 'Zojr5qPF3fVk9OckC3bBS8H4tHkcn7pGuE',
			commissionListId: null,
			lockStatus: null,
			orderAutoLockDate: null,
		});
		expect((receivedAt as string) >= before).toBe(true);
		expect(receivedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
	});

	it.each([
		['a JSON body', { 'content-type': 'application/json' }, sale],
		['a form', { 'content-type': 'application/x-www-form-urlencoded' }, sale],
		[
			'a form of several parts',
			{ 'content-type': 'multipart/form-data; boundary=x' },
			{ data: sale, files: {} },
		],
		[
			'a JSON body with numbers',
			{ 'content-type': 'application/json' },
			{ ...sale, sale_amount: 43.17, quantity: 1 },
		],
	])('may come as POST with %s', async (_, headers, body) => {
		const { host, key } = await activeHost();
		const { status, item } = await host.request({ method: 'POST', query: { key }, body, headers });
		expect(status).toBe(200);
		expect(item).toMatchObject({ lineId: sale.etransaction_id, saleAmount: '43.17', quantity: 1 });
	});

	it.each(['commissions_list_id', 'commission_list_id'])('may carry %s', async (name) => {
		const { host, key } = await activeHost();
		const { item } = await host.request({ query: { ...sale, [name]: '7', key } });
		expect(item!.commissionListId).toBe('7');
	});

	it('is the same line twice: the same lineId', async () => {
		const { host, key } = await activeHost();
		const first = await host.request({ query: { ...sale, key } });
		const second = await host.request({ query: { ...sale, key } });
		expect(second.item!.lineId).toBe(first.item!.lineId);
	});

	it('§10.13 comes through as an early event and as the transaction, two lines of one order', async () => {
		const { host, key } = await activeHost();
		const early = { ...sale, etransaction_id: 'EARLY', is_event: 'Y', commissions: '0' };
		const first = await host.request({ query: { ...early, key } });
		const second = await host.request({ query: { ...sale, key } });
		expect([first, second].map(({ outputs }) => outputs![0].length)).toEqual([1, 1]);
		expect(first.item).toMatchObject({ isEvent: true, lineId: 'EARLY', state: 'accepted' });
		expect(first.item!.reason).toMatch(/^Early event \(is_event Y\)/);
		expect(second.item).toMatchObject({ isEvent: false, lineId: sale.etransaction_id });
		expect(second.item!.orderKey).toBe(first.item!.orderKey);
	});

	it('goes to the output of its state, and really arrives there', async () => {
		const { host, key } = await activeHost({ sendToEvents: ['accepted'] });
		const places = [
			[sale, 0],
			[{ ...sale, u1: '<u1>' }, 1],
			[{ ...sale, sale_amount: '-43.17', commissions: '-25' }, 1],
			[{ ...sale, sid: '112' }, 1],
			[{ ...sale, sale_amount: 'abc' }, 1],
			[{}, 1],
		] as const;
		for (const [fields, place] of places) {
			const { status, outputs } = await host.request({ query: { ...fields, key } });
			expect(status).toBe(200);
			const arrived = await host.execute(outputs!);
			expect(arrived.map((items) => items.length)).toEqual(place === 0 ? [1, 0] : [0, 1]);
		}
	});

	it('follows the rules of the user', async () => {
		const { host, key } = await activeHost({
			eventRules: {
				rules: [
					{ eventFlag: 'Y', action: 'discard' },
					{
						advertiserIds: '1 45904',
						offerIds: '9\t1262960',
						skus: 'TRCAT5DB',
						action: 'name',
						eventName: ' Shoe Sale ',
					},
					{ amount: 'negative', action: 'name', eventName: 'Reversed' },
				],
			},
		});
		const given = async (fields: object) => {
			const { item } = await host.request({ query: { ...sale, key, ...fields } });
			return [item!.eventName, item!.state, item!.reason];
		};
		expect(await given({})).toEqual(['Shoe Sale', 'accepted', 'Named by event rule 2']);
		expect(await given({ is_event: 'Y' })).toEqual([
			'Purchase',
			'discarded',
			'Event rule 1 discards it',
		]);
		expect((await given({ advertiser_id: '7' }))[0]).toBe('Purchase');
		expect(await given({ advertiser_id: '7', commissions: '-25' })).toEqual([
			'Reversed',
			'correction',
			'An earlier sale of this order was canceled, returned or lowered',
		]);
	});

	it('is answered after the last node, with an empty answer, if the user wants that', async () => {
		const { host, key } = await activeHost({ responseMode: 'lastNode' });
		expect(host.responseMode()).toBe('lastNode');
		expect((await host.request({ query: { ...sale, key } })).body).toBe('');
		host.parameters.responseMode = 'onReceived';
		expect(host.responseMode()).toBe('onReceived');
	});

	it('with raw values has them as they came, without the key or the copy of the previous postback', async () => {
		sandbox.developer.setPostback({
			url: 'https://t.example.com/?secret=abc&u1=<u1>',
			isActive: true,
		});
		const { host, key } = await activeHost({
			ifAnotherExists: 'replaceAndRestore',
			options: { includeRawValues: true },
		});
		const before = new URL(sandbox.developer.postback()!.url).searchParams.get('before')!;
		const { item, outputs } = await host.request({
			method: 'POST',
			query: { ...sale, key, before, mine: ['a', { b: 1 }], deep: { a: { b: 'c' } }, sample: 'x' },
			body: { sale_amount: ' 43.170 ', 'their own': 1 },
		});
		expect(item!.saleAmount).toBe('43.170');
		expect(item!.raw).toEqual({
			...sale,
			sale_amount: ' 43.170 ',
			mine: ['a', '[nested value]'],
			deep: '[nested value]',
			'their own': 1,
		});
		expect(JSON.stringify(outputs)).not.toContain(key);
		expect(JSON.stringify(outputs)).not.toContain(before);
	});

	it('with raw values shows the key under no other name either', async () => {
		const { host, key } = await activeHost({ options: { includeRawValues: true } });
		const { outputs } = await host.request({
			method: 'POST',
			query: { ...sale, key },
			body: { KEY: key, url: `https://n8n.example.com/?key=${key}&u1=x`, list: [key], [key]: 'x' },
		});
		expect(JSON.stringify(outputs)).not.toContain(key);
		expect(outputs!.flat()[0].json.raw).toMatchObject({
			KEY: '***',
			url: 'https://n8n.example.com/?key=***&u1=x',
			list: ['***'],
		});
	});

	it('by hand is counted for its site too, as Postback > Get shows', async () => {
		const url = handHost().address();
		const { today } = hitsOf('3771737', url);
		await handHost().request({ query: sale });
		await handHost().request({ query: { ...sale, sid: 'x'.repeat(1000) } });
		await handHost().request({ query: { sample: 'purchase' } }, { test: true });
		expect(hitsOf('3771737', url).today).toBe(today + 1);
		expect(hitsOf('x'.repeat(1000), url).today).toBe(0);
	});

	it('says so if a field is not readable', async () => {
		const { host, key } = await activeHost();
		const { item } = await host.request({ query: { ...sale, key, process_date: 'soon' } });
		expect(item).toMatchObject({
			state: 'accepted',
			processDate: null,
			unreadable: ['process_date "soon" is not a date'],
		});
	});
});

describe('a request without the key', () => {
	it.each([
		['no key', {}],
		['another key', { key: 'x'.repeat(43) }],
		['an empty key', { key: '' }],
		['a list', { key: ['a', 'b'] }],
		['an object', { key: { a: 1 } }],
		['an inherited key', JSON.parse('{"__proto__":{"key":"x"}}')],
	])('starts nothing and gets 403: %s', async (_, query: object) => {
		const { host } = await activeHost();
		const answer = await host.request({ query: { ...sale, ...query } });
		expect(answer).toMatchObject({ status: 403, body: 'Wrong or missing key', outputs: undefined });
	});

	it('is refused if the right key comes second, or in the body', async () => {
		const { host, key } = await activeHost();
		for (const request of [
			{ query: { ...sale, key: ['x', key] } },
			{ query: { ...sale, key: ['', key] } },
			{ query: { ...sale, key: [[key], key] } },
			{ method: 'POST' as const, query: {}, body: { ...sale, key } },
		]) {
			expect((await host.request(request)).status).toBe(403);
		}
	});

	it('writes nothing to the log', async () => {
		const { host } = await activeHost();
		const before = host.log.filter(({ level }) => level !== 'debug').length;
		await host.request({ query: { ...sale, key: 'wrong' } });
		expect(host.log.filter(({ level }) => level !== 'debug')).toHaveLength(before);
	});

	it('gets no sample', async () => {
		const { host } = await activeHost();
		expect((await host.request({ query: { sample: 'purchase' } })).status).toBe(403);
	});
});

describe('samples', () => {
	it.each([
		['purchase', 'Purchase', 0],
		['lead', 'Lead', 0],
		['correction', 'Correction', 0],
		['other', 'Conversion', 1],
	])('%s at the test URL gives a marked %s', async (sample, eventName, place) => {
		for (const host of [triggerHost(sandbox), handHost()]) {
			await host.listen();
			const { status, item, outputs } = await host.request({ query: { sample } }, { test: true });
			expect(status).toBe(200);
			expect(item).toMatchObject({ sample: true, eventName });
			expect(outputs![place]).toHaveLength(1);
			await host.stopListening();
		}
		expect(sandbox.requests()).toEqual([]);
	});

	it('are judged by the rules of the user', async () => {
		const host = handHost({ eventRules: { rules: [{ amount: 'zero', action: 'discard' }] } });
		const { item } = await host.request({ query: { sample: 'lead' } }, { test: true });
		expect(item).toMatchObject({ sample: true, state: 'discarded' });
	});

	it('mean nothing at the production URL', async () => {
		const { host, key } = await activeHost();
		const { item } = await host.request({ query: { sample: 'purchase', key } });
		expect(item).toMatchObject({ state: 'discarded' });
		expect(item).not.toHaveProperty('sample');
		expect((await host.request({ query: { ...sale, sample: 'lead', key } })).item).toMatchObject({
			eventName: 'Purchase',
		});
	});

	it('are not needed: the test URL takes a postback as it is, without the key', async () => {
		const host = triggerHost(sandbox);
		const { item } = await host.request({ query: sale }, { test: true });
		expect(item).toMatchObject({ state: 'accepted', lineId: sale.etransaction_id });
	});
});

describe('passing on', () => {
	/** Another tracker on loopback. */
	interface Tracker {
		readonly hits: Array<{ url: string; headers: IncomingHttpHeaders; at: number }>;
		answer: (hit: number) => number | 'cut' | 'silent' | { location: string };
	}
	const tracker: Tracker = { hits: [], answer: () => 200 };
	const server = createServer((request, response) => {
		tracker.hits.push({
			url: request.url ?? '',
			headers: request.headers,
			at: performance.now(),
		});
		const answer = tracker.answer(tracker.hits.length);
		if (answer === 'cut') response.destroy();
		else if (typeof answer === 'object') response.writeHead(302, answer).end();
		else if (answer !== 'silent') response.writeHead(answer).end('x'.repeat(100_000));
	});
	let url = '';

	beforeAll(async () => {
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/collect?c=<u1>&v=<sale_amount>&d=%3Cprocess_date%3E&fixed=1`;
	});
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	beforeEach(() => {
		tracker.hits.length = 0;
		tracker.answer = () => 200;
		sandbox.developer.setPostback({ url, isActive: true });
	});

	const passingOn = async (more: IDataObject = {}) =>
		await activeHost({
			ifAnotherExists: 'replaceAndPassOn',
			options: { passOnTimeout: 30 },
			...more,
		});

	it('fills the URL of the other tracker as Rakuten would have done, and sends nothing of ours', async () => {
		const { host, key } = await passingOn();
		const { status, body, item } = await host.request({
			query: { ...sale, u1: 'a+b&c', process_date: sale.transaction_date, key },
		});
		expect({ status, body }).toEqual({ status: 200, body: 'OK' });
		await until(() => /passed a postback on/.test(host.logged('debug')));
		expect(tracker.hits.map((hit) => hit.url)).toEqual([
			'/collect?c=a%2Bb%26c&v=43.17&d=2023-05-21T06%3A58%3A45.000%2B0000&fixed=1',
		]);
		const [{ headers }] = tracker.hits;
		expect(headers['x-rakuten-postback-passed-on']).toBe('1');
		expect(headers.authorization).toBeUndefined();
		expect(headers.cookie).toBeUndefined();
		expect(JSON.stringify(tracker.hits)).not.toContain(key);
		expect(item!.passedOn).toEqual({ to: new URL(url).host, outcome: 'underWay' });
		expect(host.logged('debug')).toContain(
			`"Rakuten Advertising Trigger" passed a postback on to ${new URL(url).host} (status 200, 1 attempt).`,
		);
		expect(host.logged()).not.toContain(key);
	});

	it.each(['onReceived', 'lastNode'])(
		'lets the item leave at once if the other tracker is slow: %s',
		async (responseMode) => {
			tracker.answer = () => 'silent';
			const { host, key } = await passingOn({ responseMode });
			const { status, body, item } = await host.request({ query: { ...sale, key } });
			expect({ status, body }).toEqual({
				status: 200,
				body: responseMode === 'lastNode' ? '' : 'OK',
			});
			expect(item).toMatchObject({
				state: 'accepted',
				passedOn: { to: new URL(url).host, outcome: 'underWay' },
			});
			await until(() => tracker.hits.length > 0);
			expect(host.logged()).not.toMatch(/pass(ed)? a postback on/);
			tracker.answer = () => 200;
			server.closeAllConnections();
			await until(() => /passed a postback on/.test(host.logged('debug')));
		},
		20_000,
	);

	it('tries three times', async () => {
		tracker.answer = (hit) => (hit === 1 ? 503 : hit === 2 ? 'cut' : 204);
		const { host, key } = await passingOn();
		await host.request({ query: { ...sale, key } });
		await until(() => /passed a postback on/.test(host.logged('debug')));
		expect(host.logged('debug')).toContain('(status 204, 3 attempts)');
		expect(tracker.hits).toHaveLength(3);
	}, 20_000);

	it('does not try again after a refusal that will not pass', async () => {
		tracker.answer = () => 404;
		const { host, key } = await passingOn();
		await host.request({ query: { ...sale, key } });
		await until(() => host.logged('warn') !== '');
		expect(host.logged('warn')).toBe(
			`"Rakuten Advertising Trigger" could not pass a postback on to ${new URL(url).host}: it answered with status 404 (1 attempt).`,
		);
		expect(tracker.hits).toHaveLength(1);
	});

	it('follows no redirect', async () => {
		tracker.answer = () => ({ location: '/elsewhere' });
		const { host, key } = await passingOn();
		await host.request({ query: { ...sale, key } });
		await until(() => /passed a postback on/.test(host.logged('debug')));
		expect(host.logged('debug')).toContain('(status 302, 1 attempt)');
		expect(tracker.hits).toHaveLength(1);
	});

	it('says in the log why it failed', async () => {
		tracker.answer = () => 'cut';
		const { host, key } = await passingOn();
		await host.request({ query: { ...sale, key } });
		await until(() => host.logged('warn') !== '');
		expect(host.logged('warn')).toBe(
			`"Rakuten Advertising Trigger" could not pass a postback on to ${new URL(url).host}: it could not be reached (ECONNRESET) (3 attempts).`,
		);
	}, 20_000);

	it.each(['onReceived', 'lastNode'])(
		'loses neither the postback nor n8n to a timeout that cannot be evaluated: %s',
		async (responseMode) => {
			const unhandled: unknown[] = [];
			const note = (cause: unknown) => void unhandled.push(cause);
			process.on('unhandledRejection', note);
			const { host, key } = await passingOn({
				responseMode,
				options: { passOnTimeout: "={{ $('No such node').item.json.seconds }}" },
			});
			const { status, item } = await host.request({ query: { ...sale, key } });
			expect({ status, state: item?.state }).toEqual({ status: 200, state: 'accepted' });
			await until(() => /passed a postback on/.test(host.logged('debug')));
			process.off('unhandledRejection', note);
			expect(unhandled).toEqual([]);
		},
		5000,
	);

	it('does not pass on what has already been passed on', async () => {
		const { host, key } = await passingOn();
		const { item } = await host.request({
			query: { ...sale, key },
			headers: { 'x-rakuten-postback-passed-on': '1' },
		});
		expect(item).toMatchObject({ state: 'accepted', passedOn: { outcome: 'skipped' } });
		expect(tracker.hits).toEqual([]);
	});

	it.each([
		['replaced only', { ifAnotherExists: 'replaceAndRestore' }, true],
		['inactive', {}, false],
	])('leaves alone a postback that was %s', async (_, parameters, isActive) => {
		sandbox.developer.setPostback({ url, isActive });
		const { host, key } = await passingOn(parameters);
		expect((await host.request({ query: { ...sale, key } })).item).not.toHaveProperty('passedOn');
		expect(tracker.hits).toEqual([]);
	});

	it('passes nothing on at the test URL, nor without the key', async () => {
		const { host } = await passingOn();
		await host.request({ query: { sample: 'purchase' } }, { test: true });
		await host.request({ query: sale }, { test: true });
		await host.request({ query: { ...sale, key: 'wrong' } });
		expect(tracker.hits).toEqual([]);
	});

	it('keeps no request waiting for a tracker that is silent, and gives it up in the end', async () => {
		tracker.answer = () => 'silent';
		const { host, key } = await passingOn({ options: { passOnTimeout: 1 } });
		const answers = await Promise.all(
			Array.from({ length: 30 }, async () => await host.request({ query: { ...sale, key } })),
		);
		expect(answers.every(({ status }) => status === 200)).toBe(true);
		const passedOn = answers.map(({ item }) => item!.passedOn as IDataObject);
		expect(passedOn.filter(({ outcome }) => outcome === 'underWay')).toHaveLength(30);
		const warnings = () => host.log.filter(({ level }) => level === 'warn');
		await until(() => warnings().length === 30);
		expect(warnings()[0].text).toMatch(/: it did not answer within 1 second \(3 attempts\)\.$/);
	}, 30_000);
});

/** Waits for something that happens outside the requests. */
async function until(happened: () => boolean): Promise<void> {
	for (let waited = 0; !happened(); waited++) {
		if (waited > 1000) throw new Error('It did not happen');
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
