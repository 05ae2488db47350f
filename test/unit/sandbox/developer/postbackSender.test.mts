import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { EventRecord, Sandbox, SendOptions } from '../../../../sandbox/server.mts';
import { developerSandbox } from '../calling.mts';
import { sumOf } from '../reading.mts';

const KEY = 'a-key-that-nobody-may-see';
const MACROS =
	'is_event=<is_event>&id=<etransaction_id>&order=<order_id>&amount=<sale_amount>' +
	'&commission=<commissions>&date=<process_date>&u1=<u1>&name=<product_name>';

/** One request as it arrived. */
interface Arrival {
	method: string;
	url: string;
	query: URLSearchParams;
	body: string;
	socket: number;
}

let sandbox: Sandbox;
let receiver: Server;
let address: string;
let arrivals: Arrival[];
let answer: (arrival: Arrival, response: ServerResponse) => void;
let most: { connections: number; requests: number };
const sockets = new Map<unknown, number>();

beforeAll(async () => {
	let open = 0;
	receiver = createServer(async (request: IncomingMessage, response) => {
		open++;
		most.requests = Math.max(most.requests, open);
		const arrival: Arrival = {
			method: request.method!,
			url: request.url!,
			query: new URLSearchParams(request.url!.split(/\?(.*)/s)[1]),
			body: await text(request).catch(() => ''),
			socket: sockets.get(request.socket)!,
		};
		arrivals.push(arrival);
		response.on('close', () => open--);
		answer(arrival, response);
	});
	receiver.on('connection', (socket) => {
		sockets.set(socket, sockets.size);
		most.connections++;
	});
	receiver.listen(0, '127.0.0.1');
	await once(receiver, 'listening');
	address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(() => {
	receiver.closeAllConnections();
	receiver.close();
});

beforeEach(async () => {
	arrivals = [];
	most = { connections: 0, requests: 0 };
	answer = (_, response) => response.end('{}');
	sandbox = await developerSandbox({ months: 1 });
	sandbox.developer.setPostback({ url: `${address}/hook?key=${KEY}&${MACROS}`, isActive: true });
});
afterEach(() => sandbox.close());

const send = (options?: SendOptions) => sandbox.postbackSender.send(options);
const ids = (records: ReadonlyArray<{ transactionId: string }>) =>
	records.map(({ transactionId }) => transactionId);
const arrivedIds = () => arrivals.map(({ query }) => query.get('id')!);

describe('a sending', () => {
	it('calls the registered URL once for each line that was not sent yet', async () => {
		expect(await send()).toEqual([]);
		const added = sandbox.addSales({ count: 5, eventPairs: true });
		const attempts = await send({ concurrency: 1 });
		expect(arrivedIds()).toEqual(ids(added));
		expect(ids(attempts)).toEqual(ids(added));
		expect(attempts[0]).toEqual({
			number: 1,
			transactionId: added[0]!.transactionId,
			isEvent: true,
			repeat: false,
			status: 200,
			failure: undefined,
			startedAt: expect.stringMatching(/Z$/),
			ms: expect.any(Number),
		});
		expect(arrivals.map(({ query }) => query.get('is_event')).join('')).toBe('YNYNYNYNYN');
		expect(await send()).toEqual([]);
		const [correction] = sandbox.addCorrection({ orderId: added[1]!.orderId });
		await send();
		expect(arrivedIds().at(-1)).toBe(correction!.transactionId);
		expect(arrivals.at(-1)!.query.get('amount')).toMatch(/^-/);
	});

	it('reports what events report, as texts', async () => {
		const [sale] = sandbox.addSales({ u1: 'ü & +', sales: '43.10', currency: 'USD' });
		await send();
		const { query, method } = arrivals[0]!;
		expect(method).toBe('GET');
		expect(Object.fromEntries(query)).toEqual({
			key: KEY,
			is_event: 'N',
			id: sale!.transactionId,
			order: sale!.orderId,
			amount: '43.1',
			commission: String(Number(sale!.commission)),
			date: sale!.processTime.replace('Z', '+0000'),
			u1: 'ü & +',
			name: sale!.productName,
		});
	});

	it('takes in the lines of a new day, of its own site', async () => {
		const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
		const before = new Set(ids(sandbox.eventRecords()));
		sandbox.advanceTo(tomorrow);
		const due = sandbox
			.eventRecords()
			.filter(({ transactionId, siteId }) => !before.has(transactionId) && siteId === '3771737');
		await send({ concurrency: 1 });
		expect(due.length).toBeGreaterThan(0);
		expect(arrivedIds()).toEqual(ids(due));
	});

	it('sends what it is given, again if need be, and to another URL', async () => {
		const added = sandbox.addSales({ count: 2 });
		await send();
		await send({ records: [added[1]!], url: `${address}/other?id=<etransaction_id>` });
		expect(arrivals.at(-1)!.url).toBe(`/other?id=${added[1]!.transactionId}`);
		await expect(send({ records: [{ transactionId: 'none' }] })).rejects.toThrow(/no line "none"/);
	});

	it.each([
		['is inactive', { isActive: false }, 'not sent: the postback is inactive'],
		['is gone', undefined, 'not sent: no postback is registered'],
	])('sends nothing and says so when the postback %s', async (_, change, failure) => {
		const postback = sandbox.developer.postback()!;
		sandbox.developer.setPostback(change && { ...postback, ...change });
		const added = sandbox.addSales({ count: 2 });
		const attempts = await send();
		expect(attempts).toMatchObject([
			{ number: 0, status: undefined, failure },
			{ number: 0, status: undefined, failure },
		]);
		expect([arrivals, sandbox.postbackSender.attempts()]).toEqual([[], []]);
		sandbox.developer.setPostback(postback);
		expect(ids(await send({ concurrency: 1 }))).toEqual(ids(added));
	});
});

describe('the order', () => {
	it('is the given one, with repeats close after their first', async () => {
		const added = sandbox.addSales({ count: 100 });
		const attempts = await send({ repeatShare: 0.05, concurrency: 1 });
		expect(attempts).toHaveLength(105);
		expect(attempts.filter(({ repeat }) => repeat)).toHaveLength(5);
		expect(ids(attempts.filter(({ repeat }) => !repeat))).toEqual(ids(added));
		for (const [place, { repeat, transactionId }] of attempts.entries()) {
			if (repeat) expect(ids(attempts).indexOf(transactionId)).toBeLessThan(place);
		}
	});

	it('is a random one, the same for a seed', async () => {
		const added = sandbox.addSales({ count: 40 });
		const orders: string[][] = [];
		for (const seed of [1, 1, 2]) {
			const attempts = await send({ records: added, order: 'random', seed, concurrency: 1 });
			orders.push(ids(attempts));
		}
		expect(orders[0]).toEqual(orders[1]);
		expect(orders[0]).not.toEqual(orders[2]);
		expect([...orders[2]!].sort()).toEqual(ids(added).sort());
		expect(orders[2]).not.toEqual(ids(added));
	});

	it('of repeats is random too: the later of two is the repeat', async () => {
		sandbox.addSales({ count: 30 });
		const attempts = await send({ order: 'random', repeatShare: 1, concurrency: 1 });
		expect(attempts).toHaveLength(60);
		const seen = new Set<string>();
		for (const { transactionId, repeat } of attempts) {
			expect(repeat).toBe(seen.has(transactionId));
			seen.add(transactionId);
		}
	});
});

describe('the pace', () => {
	it('has the wanted number under way at once, over as many connections', async () => {
		const waiting: ServerResponse[] = [];
		// None is answered before as many are there as can be.
		answer = (_, response) => {
			waiting.push(response);
			if (arrivals.length >= 20) for (const one of waiting.splice(0)) one.end();
		};
		sandbox.addSales({ count: 60 });
		await send({ concurrency: 20 });
		expect(most).toEqual({ connections: 20, requests: 20 });
		expect(new Set(arrivals.map(({ socket }) => socket)).size).toBe(20);
	});

	it('keeps a rate', async () => {
		sandbox.addSales({ count: 11 });
		const started = performance.now();
		await send({ perSecond: 100, concurrency: 3 });
		const took = performance.now() - started;
		expect(took).toBeGreaterThan(95);
		expect(arrivals).toHaveLength(11);
	});
});

describe('what is answered', () => {
	it('is recorded: statuses, cut connections, and none in time', async () => {
		answer = ({ query }, response) => {
			const place = arrivedIds().indexOf(query.get('id')!);
			if (place === 0) response.writeHead(503).end('no');
			else if (place === 1) response.writeHead(302, { location: '/elsewhere' }).end();
			else if (place === 2) response.destroy();
			else if (place === 3) response.writeHead(200, { 'content-length': '5' }).write('ab');
			else if (place === 4) response.end();
		};
		const added = sandbox.addSales({ count: 6 });
		await send({ concurrency: 1, timeoutMs: 300 });
		expect(
			sandbox.postbackSender.attempts().map(({ status, failure }) => status ?? failure),
		).toEqual([503, 302, 'ECONNRESET', 'timed out after 300 ms', 200, 'timed out after 300 ms']);
		expect(arrivals).toHaveLength(6);
		const totals = sandbox.postbackSender.totals();
		expect(totals).toMatchObject({ attempts: 6, answered200: 1, distinctLines: 1 });
		const { currency, sales, commission } = added[4]!;
		expect(totals.sumsByCurrency).toEqual({ [currency]: { lines: 1, sales, commission } });
	});

	it('is nothing if nobody listens', async () => {
		const other = createServer().listen(0, '127.0.0.1');
		await once(other, 'listening');
		const { port } = other.address() as AddressInfo;
		await new Promise((done) => other.close(done));
		sandbox.addSales();
		const [attempt] = await send({ url: `http://127.0.0.1:${port}/?key=${KEY}` });
		expect(attempt).toMatchObject({ status: undefined, failure: 'ECONNREFUSED' });
	});

	it('is summed up over distinct lines, exactly', async () => {
		const added = [
			...sandbox.addSales({ count: 300, currency: 'USD', sales: '0.10', commission: '0.01' }),
			...sandbox.addSales({ count: 20, currency: 'GBP' }),
			...sandbox.addSales({ count: 10, eventPairs: true, currency: 'EUR' }),
		];
		added.push(...sandbox.addCorrection({ orderId: added[3]!.orderId }));
		await send({ repeatShare: 0.2, order: 'random', concurrency: 50 });
		const totals = sandbox.postbackSender.totals();
		expect(totals).toMatchObject({ attempts: 409, answered200: 409, distinctLines: 341 });
		expect(totals.sumsByCurrency.USD).toEqual({ lines: 301, sales: '29.90', commission: '2.99' });
		const sums = (records: EventRecord[]) => sumOf(records.map(({ sales }) => sales));
		const euros = added.filter(({ currency }) => currency === 'EUR');
		expect(totals.sumsByCurrency.EUR!.sales).toBe(sums(euros));
		const noEvents = sandbox.postbackSender.totals({ isEvent: false, currency: 'EUR' });
		expect(noEvents.sumsByCurrency).toEqual({
			EUR: expect.objectContaining({
				lines: 10,
				sales: sums(euros.filter(({ isEvent }) => !isEvent)),
			}),
		});
		expect(sandbox.postbackSender.totals({ after: 400 }).attempts).toBe(9);
		sandbox.postbackSender.clearAttempts();
		expect(sandbox.postbackSender.totals().attempts).toBe(0);
	});

	it('counts what the hits said, even if the amounts change afterwards', async () => {
		const [sale] = sandbox.addSales({ currency: 'USD', commission: '1.00' });
		await send();
		sandbox.restateCommission({ transactionId: sale!.transactionId }, { amount: '9.00' });
		expect(sandbox.postbackSender.totals().sumsByCurrency.USD!.commission).toBe('1.00');
	});

	it('never shows the URL', async () => {
		sandbox.addSales({ count: 2 });
		await send();
		await send({ url: `http://${KEY}:x@127.0.0.1/`, records: sandbox.eventRecords().slice(-1) });
		sandbox.addSales();
		const attempts = await send({ url: `https://t1.example.org/${KEY}` });
		expect(attempts[0]!.failure).toBe('not sent: not a loopback address');
		const all = JSON.stringify([sandbox.postbackSender.attempts(), sandbox.requests()]);
		expect(all).not.toContain(KEY);
	});
});

describe('other ways to call', () => {
	it.each(['POST json', 'POST form'] as const)('%s', async (method) => {
		const [sale] = sandbox.addSales();
		await send({ method });
		expect(arrivals[0]).toMatchObject({ method: 'POST', url: `/hook?key=${KEY}` });
		const { body } = arrivals[0]!;
		const told =
			method === 'POST json' ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
		expect(told).toMatchObject({ id: sale!.transactionId, order: sale!.orderId });
	});

	it('raw values', async () => {
		sandbox.addSales({ u1: 'two words+1' });
		await send({ macros: 'raw' });
		expect(arrivals[0]!.url).toContain('&u1=two%20words+1&');
		expect(arrivals[0]!.query.get('date')).toMatch(/\.000 0000$/);
	});

	it('at another address than the public one', async () => {
		sandbox.developer.setPostback({
			url: 'https://n8n.example.org/hook?id=<etransaction_id>',
			isActive: true,
		});
		const [sale] = sandbox.addSales();
		await send({ origin: address });
		expect(arrivals[0]!.url).toBe(`/hook?id=${sale!.transactionId}`);
	});
});

it('ends with the sandbox', async () => {
	answer = () => undefined;
	sandbox.addSales({ count: 5 });
	const sending = send({ concurrency: 2 });
	while (arrivals.length < 2) await new Promise((done) => setTimeout(done, 5));
	await sandbox.close();
	const attempts = await sending;
	expect(attempts.map(({ failure }) => failure)).toEqual([
		'the sandbox was closed',
		'the sandbox was closed',
	]);
});
