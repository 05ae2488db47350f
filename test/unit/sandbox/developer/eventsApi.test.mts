import type { DeveloperSettings, EventRecord, Sandbox } from '../../../../sandbox/server.mts';
import { call, developerSandbox, eventsDate, tokenFor } from '../calling.mts';
import { reportRows, TODAY } from '../reading.mts';

const DAY = 86_400_000;
const NOON = Date.parse(`${TODAY}T12:00:00Z`);

let sandbox: Sandbox;
let defaults: DeveloperSettings;
let token: string;
beforeAll(async () => {
	sandbox = await developerSandbox({ today: TODAY, months: 3 });
	defaults = sandbox.developer.settings();
	token = await tokenFor(sandbox);
});
afterEach(() => sandbox.developer.change(defaults));
afterAll(() => sandbox.close());

type Query = Record<string, string | number>;

async function ask(query: Query | string = {}, from = sandbox, bearer = token) {
	const text = typeof query === 'string' ? query : new URLSearchParams(asTexts(query)).toString();
	return await call(from, 'GET', `/events/1.0/transactions?${text}`, { token: bearer });
}

function asTexts(query: Query): Record<string, string> {
	return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
}

async function rowsOf(...args: Parameters<typeof ask>): Promise<Array<Record<string, any>>> {
	const answer = await ask(...args);
	expect([answer.status, Array.isArray(answer.json)]).toEqual([200, true]);
	return answer.json;
}

const processed = (from: number, to: number): Query => ({
	process_date_start: eventsDate(from),
	process_date_end: eventsDate(to),
});
const MONTH = processed(NOON - 29 * DAY, NOON);

describe('events', () => {
	it('are the lines of the reports, in another form', async () => {
		const rows = await rowsOf({ ...MONTH, limit: 1000 });
		const report = await reportRows(sandbox, 'earnings-recommended', {
			start_date: '2026-02-17',
			end_date: TODAY,
			date_type: 'process',
		});
		const byId = new Map(report.map((row) => [row['Transaction ID'], row]));
		const inRange = report.filter(
			(row) => row['Process Date'] !== '2/17/26' || row['Process Time']! >= '12:00:00',
		);
		expect(rows.map((row) => row.etransaction_id).sort()).toEqual(
			inRange.map((row) => row['Transaction ID']).sort(),
		);
		expect(rows.length).toBeGreaterThan(100);
		for (const row of rows) {
			const told = byId.get(row.etransaction_id)!;
			expect(told).toMatchObject({ 'Order ID': row.order_id, SKU: row.sku_number });
			expect(told['Process Date']).toBe(reportDate(row.process_date));
			expect(Number(told.Sales!.replaceAll(',', ''))).toBe(row.sale_amount);
			expect(Number(told['Total Commission']!.replaceAll(',', ''))).toBe(row.commissions);
			expect(told.Currency).toBe(row.currency);
			expect(Number(told['# of Items'])).toBe(row.quantity);
			expect(row.is_event).toBe('N');
		}
		expect(rows.some((row) => row.sale_amount < 0)).toBe(true);
	});

	it('have the documented shape', async () => {
		const [row] = await rowsOf({ limit: 1 });
		expect(Object.keys(row!)).toEqual(
			expect.arrayContaining(['etransaction_id', 'advertiser_id', 'sid', 'order_id', 'currency']),
		);
		expect(row).toMatchObject({
			etransaction_id: expect.stringMatching(/^[0-9a-f]{32}$/),
			advertiser_id: expect.any(Number),
			sid: expect.any(Number),
			sale_amount: expect.any(Number),
			quantity: expect.any(Number),
			commissions: expect.any(Number),
			process_date: expect.stringMatching(
				/^[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d GMT\+0000 \(UTC\)$/,
			),
			transaction_type: expect.stringMatching(/^(realtime|batch)$/),
		});
		expect(new Date(row!.process_date).getTime()).toBeLessThanOrEqual(NOON);
	});

	it('are the last hundred by process date without any parameter', async () => {
		const rows = await rowsOf();
		const dates = rows.map((row) => Date.parse(row.process_date));
		expect(rows).toHaveLength(100);
		expect(dates).toEqual([...dates].sort((a, b) => b - a));
		const newest = sandbox.eventRecords().slice(-100).reverse();
		expect(rows.map((row) => row.etransaction_id)).toEqual(
			newest.map(({ transactionId }) => transactionId),
		);
	});

	it('leave out fields without a value', async () => {
		const rows = await rowsOf({ limit: 1000 });
		const some = (name: string) => rows.filter((row) => name in row).length / rows.length;
		for (const name of ['u1', 'offer_id']) {
			expect(some(name)).toBeGreaterThan(0.5);
			expect(some(name)).toBeLessThan(1);
		}
		expect(some('commissions_list_id')).toBeGreaterThan(0);
		expect(some('commissions_list_id')).toBeLessThan(0.5);
		expect(rows.some((row) => Object.values(row).includes(null))).toBe(false);
	});

	it('have their types and names as they were seen elsewhere', async () => {
		sandbox.developer.change({
			idsAs: 'text',
			isEventAs: 'boolean',
			offerIds: 'never',
			commissionsListAs: 'commission_list_id',
			eventsOrder: 'oldestFirst',
		});
		const rows = await rowsOf({ ...MONTH, limit: 1000 });
		expect(rows[0]).toMatchObject({
			advertiser_id: expect.stringMatching(/^\d+$/),
			sid: expect.stringMatching(/^377173[78]$/),
			is_event: false,
		});
		expect(rows.some((row) => 'offer_id' in row || 'commissions_list_id' in row)).toBe(false);
		expect(rows.some((row) => 'commission_list_id' in row)).toBe(true);
		const dates = rows.map((row) => Date.parse(row.process_date));
		expect(dates).toEqual([...dates].sort((a, b) => a - b));
		sandbox.developer.change({ idsAs: 'mixed' });
		const types = (await rowsOf({ limit: 1000 })).map((row) => typeof row.advertiser_id);
		expect(new Set(types).size).toBe(2);
	});

	it('are of both sites, or of the one the token is for', async () => {
		const sites = async () => new Set((await rowsOf({ limit: 1000 })).map((row) => row.sid));
		expect(await sites()).toEqual(new Set([3771737, 3771738]));
		sandbox.developer.change({ eventsOf: 'site' });
		expect(await sites()).toEqual(new Set([3771737]));
	});
});

function reportDate(text: string): string {
	const date = new Date(text);
	const year = String(date.getUTCFullYear()).slice(2);
	return `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${year}`;
}

describe('filters', () => {
	it('take both ends of a range, to the second', async () => {
		const [row] = await rowsOf({ ...MONTH, limit: 1 });
		const at = Date.parse(row!.process_date);
		const ids = async (from: number, to: number) =>
			(await rowsOf({ ...processed(from, to), limit: 1000 })).map((one) => one.etransaction_id);
		expect(await ids(at, at)).toContain(row!.etransaction_id);
		expect(await ids(at - 60_000, at - 1000)).not.toContain(row!.etransaction_id);
		expect(await ids(at + 1000, at + 60_000)).not.toContain(row!.etransaction_id);
	});

	it('are by transaction date, by currency, by type, and by all of it', async () => {
		const transacted = {
			transaction_date_start: eventsDate(NOON - 20 * DAY),
			transaction_date_end: eventsDate(NOON - 5 * DAY),
		};
		const all = await rowsOf({ ...transacted, limit: 1000 });
		expect(all.length).toBeGreaterThan(20);
		for (const row of all) {
			const at = Date.parse(row.transaction_date);
			expect(at >= NOON - 20 * DAY && at <= NOON - 5 * DAY).toBe(true);
		}
		const narrow = { ...transacted, ...MONTH, currency: 'USD', type: 'realtime', limit: 1000 };
		const some = await rowsOf(narrow);
		expect(some.map((row) => row.etransaction_id)).toEqual(
			all
				.filter((row) => row.currency === 'USD' && row.transaction_type === 'realtime')
				.map((row) => row.etransaction_id),
		);
		expect(some.length).toBeGreaterThan(0);
	});

	it('page from one, until there is no more', async () => {
		const whole = await rowsOf({ ...MONTH, limit: 1000 });
		const pages = [];
		for (let page = 1; page <= Math.ceil(whole.length / 30) + 1; page++) {
			pages.push(await rowsOf({ ...MONTH, limit: 30, page }));
		}
		expect(pages.flat()).toEqual(whole);
		expect(pages.at(-1)).toEqual([]);
	});

	it.each([
		['a date alone', { process_date_start: '2026-03-01 00:00:00' }, 'provided together'],
		['the other one alone', { transaction_date_end: '2026-03-01 00:00:00' }, 'together'],
		['a T', { ...MONTH, process_date_start: '2026-03-01T00:00:00' }, 'format'],
		['a Z', { ...MONTH, process_date_end: '2026-03-01 00:00:00Z' }, 'process_date_end'],
		['a date without a time', { ...MONTH, process_date_end: '2026-03-01' }, 'format'],
		['no day', { ...MONTH, process_date_end: '2026-02-30 00:00:00' }, 'format'],
		['no time', { ...MONTH, process_date_end: '2026-03-01 24:00:00' }, 'format'],
		['the wrong order', processed(NOON, NOON - DAY), 'must not be after'],
		['limit 0', { limit: 0 }, 'limit'],
		['a limit that is not a number', { limit: '10x' }, 'limit'],
		['page 0', { page: 0 }, 'page'],
		['page -1', { page: -1 }, 'page'],
		['a currency', { currency: 'CHF' }, 'currency'],
		['a type', { type: 'all' }, 'type'],
	])('%s is refused', async (_, query, text) => {
		const answer = await ask(query as Query);
		expect([answer.status, answer.json.error]).toEqual([400, 'REQUEST_PARAM_INVALID']);
		expect(answer.json.message).toContain(text);
	});

	it('take a plus for a blank, and pass over what nobody knows', async () => {
		const text = new URLSearchParams(asTexts(MONTH)).toString();
		expect(text).toContain('+');
		const plus = await rowsOf(`${text}&limit=5&color=red`);
		expect(await rowsOf(`${text.replaceAll('+', '%20')}&limit=5`)).toEqual(plus);
	});

	it.each([
		['process', 30],
		['transaction', 100],
	])('take no %s dates older than %d days, nor ranges of more than 30', async (kind, days) => {
		const query = (from: number, to = from + 30 * DAY) => ({
			[`${kind}_date_start`]: eventsDate(from),
			[`${kind}_date_end`]: eventsDate(to),
		});
		const earliest = NOON - days * DAY;
		expect((await ask(query(earliest))).status).toBe(200);
		for (const refused of [query(earliest - 1000), query(earliest, earliest + 31 * DAY)]) {
			const { status, json } = await ask(refused);
			expect([status, json.error]).toEqual([400, 'REQUEST_PARAM_INVALID']);
		}
		sandbox.developer.change({ reachDays: 0, transactionReachDays: 0 });
		expect((await ask(query(NOON - 180 * DAY, NOON))).status).toBe(200);
	});

	it('are cut into shorter pages than asked for, and end as set', async () => {
		sandbox.developer.change({ mostPerPage: 7 });
		const month = new URLSearchParams(asTexts(MONTH)).toString();
		const [first, second] = [await rowsOf(`${month}&limit=50`), await rowsOf(`${month}&page=2`)];
		expect([first.length, second.length]).toEqual([7, 7]);
		expect(second[0]).not.toEqual(first[0]);
		sandbox.developer.change({ noEventsAs: 'notFound' });
		expect((await ask({ ...asTexts(MONTH), page: '9000' } as Query)).status).toBe(404);
		sandbox.developer.change({ noEventsAs: 'message' });
		expect((await ask({ ...asTexts(MONTH), page: '9000' } as Query)).json.message).toBe(
			'No records found',
		);
	});

	it('reach back from the real time on the real day', async () => {
		const real = await developerSandbox();
		const bearer = await tokenFor(real);
		const codes = [];
		for (const offset of [60_000, -60_000]) {
			const from = Date.now() - 30 * DAY + offset;
			codes.push((await ask(processed(from, Date.now()), real, bearer)).status);
		}
		await real.close();
		expect(codes).toEqual([200, 400]);
	});
});

describe('while someone pages', () => {
	it('an open range drifts: rows come twice; a closed one does not', async () => {
		const own = await developerSandbox({ months: 1 });
		const bearer = await tokenFor(own);
		const end = Date.now();
		const pages = async (query: Query) => {
			const first = await rowsOf({ ...query, limit: 20, page: 1 }, own, bearer);
			own.addSales({ count: 5, processedAt: new Date(end + 5000).toISOString() });
			const second = await rowsOf({ ...query, limit: 20, page: 2 }, own, bearer);
			return [...first, ...second].map((row) => row.etransaction_id as string);
		};
		const open = await pages({});
		expect(new Set(open).size).toBe(35);
		const closed = await pages(processed(end - 20 * DAY, end));
		expect([closed.length, new Set(closed).size]).toEqual([40, 40]);
		await own.close();
	});
});

describe('new sales', () => {
	let own: Sandbox;
	let bearer: string;
	beforeEach(async () => {
		own = await developerSandbox({ months: 1 });
		bearer = await tokenFor(own);
	});
	afterEach(() => own.close());

	const minute = () => processed(Date.now() - 60_000, Date.now() + 1000);

	it('are in events and reports at once, and in the ledger', async () => {
		const before = own.ledger.totals();
		const added = own.addSales({ count: 7 });
		const rows = await rowsOf({ ...minute(), limit: 1000 }, own, bearer);
		expect(rows.map((row) => row.etransaction_id).sort()).toEqual(
			added.map(({ transactionId }) => transactionId).sort(),
		);
		const today = new Date(Date.parse(added[0]!.processTime)).toISOString().slice(0, 10);
		const report = await reportRows(own, 'earnings-recommended', {
			start_date: today,
			end_date: today,
			date_type: 'process',
		});
		const ids = report.map((row) => row['Transaction ID']);
		expect(ids).toEqual(expect.arrayContaining(added.map(({ transactionId }) => transactionId)));
		expect(own.ledger.totals({ to: today }).rows - before.rows).toBe(7);
	});

	it('are reported as they were added', async () => {
		const [sale] = own.addSales({
			processedAt: new Date().toISOString(),
			currency: 'GBP',
			u1: 'my-click',
			sales: '43.17',
			commission: '2.5',
		});
		const [row] = await rowsOf(minute(), own, bearer);
		expect(sale).toMatchObject({ currency: 'GBP', sales: '43.17', commission: '2.50' });
		expect(row).toMatchObject({
			etransaction_id: sale!.transactionId,
			advertiser_id: sale!.advertiserId,
			sid: 3771737,
			order_id: sale!.orderId,
			sku_number: sale!.sku,
			sale_amount: 43.17,
			commissions: 2.5,
			u1: 'my-click',
			currency: 'GBP',
			is_event: 'N',
		});
		expect(row!.offer_id?.toString() ?? null).toBe(sale!.offerId);
		expect(new Date(row!.process_date).toISOString()).toBe(sale!.processTime);
		expect(Date.parse(sale!.transactionTime)).toBeLessThan(Date.parse(sale!.processTime));
	});

	it('can be leads, without a sub-ID, several lines of one order, and at other times', async () => {
		const processedAt = new Date(Date.now() - 3 * DAY).toISOString();
		const orderedAt = new Date(Date.now() - 4 * DAY).toISOString();
		const added = own.addSales({
			...{ count: 6, linesPerOrder: 3, zero: true, u1: '' },
			...{ processedAt, orderedAt },
		});
		const orders = added.map(({ orderId }) => orderId);
		expect(new Set(orders).size).toBe(2);
		expect(new Set(added.map(({ transactionId }) => transactionId)).size).toBe(6);
		for (const sale of added) {
			expect(sale).toMatchObject({ u1: '', processTime: `${processedAt.slice(0, 19)}.000Z` });
			expect(sale.transactionTime).toBe(`${orderedAt.slice(0, 19)}.000Z`);
			expect(Number(sale.sales)).toBe(0);
			expect(Number(sale.commission)).toBe(0);
		}
	});

	it('§10.13 come as pairs of an event and a transaction, of realtime advertisers', async () => {
		const before = own.ledger.totals().rows;
		const added = own.addSales({ count: 4, eventPairs: true });
		expect(added.map(({ isEvent }) => isEvent).join()).toBe(
			'true,false,true,false,true,false,true,false',
		);
		const rows = await rowsOf(minute(), own, bearer);
		expect(rows).toHaveLength(8);
		for (let index = 0; index < 8; index += 2) {
			const [event, sale] = [added[index]!, added[index + 1]!] as [EventRecord, EventRecord];
			expect(event.transactionId).not.toBe(sale.transactionId);
			expect(event).toMatchObject({ orderId: sale.orderId, sales: sale.sales });
			expect(sale.transactionType).toBe('realtime');
			const ids = rows.map((row) => row.etransaction_id);
			// Newest first: of one second, the transaction comes before its event.
			expect(ids.indexOf(event.transactionId)).toBeGreaterThan(ids.indexOf(sale.transactionId));
			const told = rows.find((row) => row.etransaction_id === event.transactionId);
			expect(told).toMatchObject({ is_event: 'Y', order_id: sale.orderId });
		}
		expect(own.lines({}).filter(({ transactionId }) => isIn(added, transactionId))).toHaveLength(4);
		expect(own.ledger.totals({ to: '2999-01-01' }).rows - before).toBe(4);
	});

	it('can be reversed now: events report the correction with its old order', async () => {
		const [sale] = own.addSales({ sales: '100.00', commission: '5.00', currency: 'USD' });
		const [correction] = own.addCorrection({ orderId: sale!.orderId });
		expect(correction).toMatchObject({ sales: '-100.00', commission: '-5.00', isEvent: false });
		const [row] = await rowsOf(minute(), own, bearer);
		expect(row).toMatchObject({
			etransaction_id: correction!.transactionId,
			order_id: sale!.orderId,
			sale_amount: -100,
			commissions: -5,
		});
		const at = new Date(Date.now() - DAY).toISOString();
		const [earlier] = own.addCorrection({}, 100, at);
		expect(earlier!.processTime).toBe(`${at.slice(0, 19)}.000Z`);
	});

	it('have ids that are theirs alone, whatever the seed', () => {
		const added = own.addSales({ count: 2000, processedAt: '2026-01-01T00:00:00Z' });
		const all = own.eventRecords().map(({ transactionId }) => transactionId);
		expect(new Set(all).size).toBe(all.length);
		const orders = added.map(({ advertiserId, orderId }) => `${advertiserId}:${orderId}`);
		expect(new Set(orders).size).toBe(2000);
	});

	it('are refused when they make no sense', () => {
		expect(() => own.addSales({ currency: 'JPY' })).toThrow(/no advertiser .* JPY, only/);
		expect(() => own.addSales({ count: 1.5 })).toThrow(/count/);
		expect(() => own.addSales({ processedAt: 'yesterday' })).toThrow(/not a time/);
		expect(() => own.addSales({ sales: '1.234', currency: 'USD' })).toThrow(/not an amount/);
		expect(() => own.addCorrection({}, 100, '2026-01-01T25:00')).toThrow(/not a time/);
	});
});

function isIn(records: readonly EventRecord[], id: string): boolean {
	return records.some(({ transactionId }) => transactionId === id);
}
