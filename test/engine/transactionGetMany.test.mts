import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { RakutenDeveloperApi } from '../../credentials/RakutenDeveloperApi.credentials';
import { RakutenReportingApi } from '../../credentials/RakutenReportingApi.credentials';
import { RakutenAdvertising } from '../../nodes/RakutenAdvertising/RakutenAdvertising.node';
import { storedCredentialOf } from './developerNode.mts';
import { runNode } from './harness.mts';
import { exactSum, useSandbox } from './reportNode.mts';
import type { StoredCredential } from './storedCredential.mts';

const sandbox = useSandbox({ scale: 4 });
let stored: StoredCredential;

const day = 86_400_000;
const isoDay = (moment: number) => new Date(moment).toISOString().slice(0, 10);
const midnight = (daysAgo: number) => Date.parse(isoDay(Date.now() - daysAgo * day));
/** The midnight from which on lines come from the Events API, which reaches back 29 days. */
const cut = midnight(28);

const lineReport =
	'Transaction ID,Order ID,MID,SKU,Product Name,Member ID (U1),Currency,Transaction Date,Transaction Time,Process Date,Process Time,Sales,# of Items,Total Commission,Publisher ID';

beforeAll(() => {
	stored = storedCredentialOf(sandbox);
	jest.spyOn(Math, 'random').mockReturnValue(0);
	const save = (key: string, columns: string) =>
		sandbox.saveReport({ key, columns: columns.split(',') } as never);
	save('lines-by-site', lineReport);
	save('lines', lineReport.replace(',Publisher ID', ''));
	save('lines-without-id', lineReport.replace('Transaction ID,', ''));
	save(
		'lines-without-times',
		lineReport.replace(',Transaction Time', '').replace(',Process Time', ''),
	);
});
afterAll(() => jest.restoreAllMocks());

const report = (value: string) => ({ __rl: true, mode: 'key', value });

async function getMany(parameters: INodeParameters = {}, reporting: Record<string, unknown> = {}) {
	const result = await runNode({
		node: new RakutenAdvertising(),
		parameters: {
			resource: 'transaction',
			operation: 'getMany',
			lineDate: 'process',
			timeRange: 'last7Days',
			returnAll: true,
			simplify: false,
			...parameters,
		},
		credentials: [
			{ type: new RakutenDeveloperApi(), stored },
			{
				type: new RakutenReportingApi(),
				data: {
					reportToken: sandbox.token,
					baseUrl: sandbox.url,
					secondsBetweenRequests: 0,
					...reporting,
				} as never,
			},
		],
	});
	expect(result.everything).not.toContain(sandbox.developer.clientSecret);
	expect(result.everything).not.toMatch(/sandbox-(access|refresh)-/);
	return {
		...result,
		lines: (result.outputs[0] ?? []).map(({ json }) => json),
		rejected: (result.outputs[1] ?? []).map(({ json }) => json),
	};
}

const custom = (from: number | string, to: number | string): INodeParameters => ({
	timeRange: 'custom',
	start: typeof from === 'number' ? new Date(from).toISOString() : from,
	end: typeof to === 'number' ? new Date(to).toISOString() : to,
});

const allSites: INodeParameters = { filters: { sites: 'all' } };

const eventQueries = () =>
	sandbox
		.requests()
		.filter(({ api }) => api === 'events')
		.map(({ query }) => Object.fromEntries(new URLSearchParams(query)));

const reportQueries = () =>
	sandbox
		.requests()
		.filter(({ api }) => api === 'reporting')
		.map(({ query }) => Object.fromEntries(new URLSearchParams(query)));

/** What the sandbox knows of a window, by one of the two dates. */
function recordsBetween(
	from: number,
	to: number,
	date: 'processTime' | 'transactionTime' = 'processTime',
) {
	const within = (iso: string) => Date.parse(iso) >= from && Date.parse(iso) <= to;
	return sandbox.eventRecords().filter((record) => within(record[date]));
}

const ids = (lines: readonly IDataObject[]) => lines.map(({ lineId }) => lineId as string).sort();

const idsOf = (records: ReadonlyArray<{ transactionId: string }>) =>
	records.map(({ transactionId }) => transactionId).sort();

describe('Transaction > Get Many: within the reach of the Events API', () => {
	it('§3 brings every line of the window once, with exact amounts', async () => {
		sandbox.addSales({ count: 5, eventPairs: true });
		const started = Date.now();
		const { lines, rejected, error } = await getMany({ timeRange: 'last7Days', ...allSites });
		expect(error).toBeUndefined();
		expect(rejected).toEqual([]);
		const known = recordsBetween(midnight(6), started);
		expect(known.length).toBeGreaterThan(100);
		expect(ids(lines)).toEqual(idsOf(known));
		expect(exactSum(lines.map(({ saleAmount }) => saleAmount))).toBe(
			exactSum(known.map(({ sales }) => sales)),
		);
		expect(lines.filter(({ isEvent }) => isEvent)).toHaveLength(
			known.filter(({ isEvent }) => isEvent).length,
		);
		const [first] = known;
		expect(lines.find(({ lineId }) => lineId === first.transactionId)).toMatchObject({
			source: 'events',
			transactionId: first.transactionId,
			orderId: first.orderId,
			advertiserId: String(first.advertiserId),
			orderKey: `${first.advertiserId}:${first.orderId}`,
			currency: first.currency,
			currencySource: 'event',
			processDate: first.processTime,
			transactionDate: first.transactionTime,
			siteId: first.siteId,
		});
	});

	it('asks with both ends of a closed window, in UTC without T and Z, page by page', async () => {
		const from = midnight(27);
		const { lines } = await getMany({ ...custom(from, Date.now() + day), ...allSites });
		const queries = eventQueries();
		expect(queries.map(({ page }) => page)).toEqual(queries.map((_, index) => String(index + 1)));
		expect(queries.length).toBeGreaterThan(1);
		for (const query of queries) {
			expect(query).toMatchObject({
				process_date_start: `${isoDay(from)} 00:00:00`,
				limit: '1000',
			});
			const end = query.process_date_end;
			expect(end).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
			expect(Date.parse(`${end.replace(' ', 'T')}Z`)).toBeLessThanOrEqual(Date.now());
		}
		expect(new Set(ids(lines)).size).toBe(lines.length);
		expect(lines.length).toBe(recordsBetween(from, Date.now()).length);
	});

	it('asks by transaction date', async () => {
		const [from, to] = [midnight(5), midnight(3) - 1000];
		const { lines } = await getMany({
			lineDate: 'transaction',
			...custom(`${isoDay(from)}`, isoDay(to)),
			...allSites,
		});
		expect(eventQueries()[0]).toMatchObject({
			transaction_date_start: `${isoDay(from)} 00:00:00`,
			transaction_date_end: `${isoDay(to)} 23:59:59`,
		});
		expect(ids(lines)).toEqual(idsOf(recordsBetween(from, to, 'transactionTime')));
	});

	it('applies currency and type at Rakuten, the rest itself', async () => {
		const known = recordsBetween(midnight(6), Date.now());
		const { advertiserId } = known.find(({ currency }) => currency === 'GBP')!;
		const { lines } = await getMany({
			filters: {
				currency: 'GBP',
				transactionType: 'realtime',
				advertiserIds: `${advertiserId}, 99999`,
				eventFlag: 'transactions',
				sites: 'all',
			},
		});
		expect(eventQueries()[0]).toMatchObject({ currency: 'GBP', type: 'realtime' });
		const wanted = known.filter(
			(record) =>
				record.advertiserId === advertiserId &&
				record.currency === 'GBP' &&
				record.transactionType === 'realtime' &&
				!record.isEvent,
		);
		expect(ids(lines)).toEqual(idsOf(wanted));
	});

	it('finds a sub-ID, exactly', async () => {
		sandbox.addSales({ count: 2, u1: 'newsletter-42' });
		sandbox.addSales({ count: 1, u1: 'newsletter-421' });
		const { lines } = await getMany({ filters: { u1: 'newsletter-42' } });
		expect(lines.map(({ u1 }) => u1)).toEqual(['newsletter-42', 'newsletter-42']);
	});

	it("leaves lines of the account's other sites out, and counts them", async () => {
		const known = recordsBetween(midnight(6), Date.now());
		const others = known.filter(({ siteId }) => siteId !== '3771737');
		expect(others.length).toBeGreaterThan(0);
		const { lines, hints } = await getMany();
		expect(ids(lines)).toEqual(idsOf(known.filter(({ siteId }) => siteId === '3771737')));
		expect(hints[0].message).toContain(`${others.length} lines of other sites left out`);
	});

	it('stops at the limit, after as few pages as it takes', async () => {
		const { lines, hints } = await getMany({
			...custom(midnight(27), Date.now()),
			returnAll: false,
			limit: 7,
		});
		expect(lines).toHaveLength(7);
		expect(eventQueries()).toHaveLength(1);
		expect(hints[0].message).toContain('as many as the limit allows');
	});

	it('adds the record as it came', async () => {
		const { lines } = await getMany({ returnAll: false, limit: 1, options: { includeRaw: true } });
		const raw = lines[0].raw as IDataObject;
		expect(raw.etransaction_id).toBe(lines[0].transactionId);
		expect(raw.process_date).toMatch(/GMT\+0000 \(UTC\)$/);
	});

	it.each([
		['idsAs', ['number', 'text', 'mixed']],
		['isEventAs', ['YN', 'boolean']],
		['commissionsListAs', ['never', 'commission_list_id', 'commissions_list_id']],
	] as const)('§10.21 reads records with %s %j alike', async (setting, forms) => {
		const read = [];
		const window = custom(midnight(3), midnight(2));
		for (const form of forms) {
			sandbox.developer.change({ [setting]: form });
			const { lines, rejected } = await getMany({ ...window, ...allSites });
			expect(rejected).toEqual([]);
			read.push(
				lines.map(({ lineId, orderKey, isEvent, siteId }) => ({
					lineId,
					orderKey,
					isEvent,
					siteId,
				})),
			);
		}
		expect(read[0].length).toBeGreaterThan(10);
		for (const each of read) expect(each).toEqual(read[0]);
	});
});

describe('Transaction > Get Many: beyond the reach of the Events API', () => {
	it.each([
		['process', 60, 29],
		['transaction', 110, 99],
	])('is refused by %s date, before anything is sent', async (lineDate, daysBack, reach) => {
		const { error } = await getMany({ lineDate, ...custom(midnight(daysBack), Date.now()) });
		expect(error!.message).toMatch(
			new RegExp(`^By ${lineDate} date, .* reaches back ${reach} days, to \\d{4}-\\d\\d-\\d\\dT`),
		);
		expect(error!.description).toMatch(/"Transaction ID"/);
		expect(sandbox.requests()).toEqual([]);
	});

	it('is refused even one second beyond it, and accepted just within', async () => {
		const reach = Date.now() - 29 * day;
		expect((await getMany(custom(reach - 5000, Date.now()))).error).toBeDefined();
		const within = await getMany({ ...custom(reach + 120_000, Date.now()), returnAll: false });
		expect(within.error).toBeUndefined();
		expect(reportQueries()).toEqual([]);
	});

	/** Lines right at the cut, and a correction recorded after it of an order long before. */
	function addBoundaryLines() {
		const at = (moment: number) => new Date(moment).toISOString();
		const before = sandbox.addSales({ count: 3, processedAt: at(cut - 1000) });
		const on = sandbox.addSales({ count: 3, processedAt: at(cut) });
		const after = sandbox.addSales({
			count: 3,
			processedAt: at(cut + 1000),
			orderedAt: at(cut - 3 * day),
		});
		const late = sandbox.addCorrection(
			{ transactionId: before[0].transactionId },
			100,
			at(cut + 5 * day),
		);
		expect(late).toHaveLength(1);
		return { before, on, late: [...after, ...late] };
	}

	it('continues from a report by process date: each line once, from one source per side', async () => {
		const { before, on, late } = addBoundaryLines();
		const from = midnight(60);
		const { lines, rejected, error, hints } = await getMany({
			...custom(from, Date.now()),
			...allSites,
			continueFromReport: true,
			report: report('lines'),
		});
		expect(error).toBeUndefined();
		expect(rejected).toEqual([]);
		// A report has no events, which only come before their transactions.
		const known = recordsBetween(from, Date.now()).filter(
			({ isEvent, processTime }) => !isEvent || Date.parse(processTime) >= cut,
		);
		expect(ids(lines)).toEqual(idsOf(known));
		const sourceOf = new Map(lines.map(({ lineId, source }) => [lineId, source]));
		for (const { transactionId } of before) expect(sourceOf.get(transactionId)).toBe('report');
		for (const { transactionId } of [...on, ...late]) {
			expect(sourceOf.get(transactionId)).toBe('events');
		}
		expect(reportQueries()[0]).toMatchObject({ start_date: isoDay(from), date_type: 'process' });
		expect(reportQueries().at(-1)).toMatchObject({ end_date: isoDay(cut - day) });
		expect(eventQueries()[0].process_date_start).toBe(`${isoDay(cut)} 00:00:00`);
		expect(hints[0].message).toContain(`recorded from ${isoDay(cut)} (UTC) on`);
		expect(hints[1].message).toContain('Site ID');
		const keys = (source: string) => Object.keys(lines.find((line) => line.source === source)!);
		expect(keys('report').sort()).toEqual(keys('events').sort());
	});

	it('has transaction dates of three months from the Events API alone, in ranges of 30 days', async () => {
		const [from, to] = [midnight(95), midnight(1) - 1000];
		const { lines, error } = await getMany({
			lineDate: 'transaction',
			...custom(from, to),
			...allSites,
		});
		expect(error).toBeUndefined();
		const known = recordsBetween(from, to, 'transactionTime');
		expect(known.length).toBeGreaterThan(100);
		expect(ids(lines)).toEqual(idsOf(known));
		const ranges = eventQueries().map((query) =>
			[query.transaction_date_start, query.transaction_date_end].map((text) =>
				Date.parse(`${text!.replace(' ', 'T')}Z`),
			),
		);
		const distinct = [...new Map(ranges.map((range) => [range[0], range])).values()];
		expect(distinct).toHaveLength(4);
		expect(distinct[0][1]).toBe(to);
		expect(distinct.at(-1)![0]).toBe(from);
		for (const [index, [start, end]] of distinct.entries()) {
			expect(end - start).toBeLessThan(30 * day);
			if (index > 0) expect(end).toBe(distinct[index - 1][0] - 1000);
		}
		expect(reportQueries()).toEqual([]);
	});

	it('says so where Rakuten refuses transaction dates of more than 30 days back', async () => {
		sandbox.developer.change({ transactionReachDays: 30 });
		const { error, lines } = await getMany({
			lineDate: 'transaction',
			...custom(midnight(60), Date.now()),
		});
		expect(lines).toEqual([]);
		expect(error!.message).toMatch(/^By transaction date, .* reaches back 29 days, to /);
		expect(error!.description).toMatch(
			/Rakuten refuses earlier transaction dates for this account\. It says: "transaction_date_start must not be more than 30 days in the past/,
		);
	});

	it('passes on what else Rakuten refuses', async () => {
		sandbox.developer.change({ transactionReachDays: 10 });
		const { error } = await getMany({
			lineDate: 'transaction',
			...custom(midnight(20), Date.now()),
		});
		expect(error!.message).toMatch(/^Rakuten refused the request \(status 400\)/);
		expect(eventQueries()).toHaveLength(1);
	});

	it('continues by transaction date: a line recorded late comes once', async () => {
		sandbox.developer.change({ transactionReachDays: 30 });
		const { before, late } = addBoundaryLines();
		const [from, to] = [midnight(60), cut - 1000];
		const { lines, error, hints } = await getMany({
			lineDate: 'transaction',
			...custom(from, to),
			...allSites,
			continueFromReport: true,
			report: report('lines'),
		});
		expect(error).toBeUndefined();
		expect(hints.map(({ message }) => message).join()).toContain(
			'Rakuten refuses transaction dates more than 30 days back for this account',
		);
		const known = recordsBetween(from, to, 'transactionTime').filter(
			({ isEvent, processTime }) => !isEvent || Date.parse(processTime) >= cut,
		);
		expect(ids(lines)).toEqual(idsOf(known));
		const sourceOf = new Map(lines.map(({ lineId, source }) => [lineId, source]));
		for (const { transactionId } of before) expect(sourceOf.get(transactionId)).toBe('report');
		for (const { transactionId } of late) expect(sourceOf.get(transactionId)).toBe('events');
		expect(reportQueries()[0]).toMatchObject({ date_type: 'transaction', tz: 'GMT' });
		// All that was recorded since the cut, of which the old orders are taken.
		expect(eventQueries().at(-1)!.process_date_start).toBe(`${isoDay(cut)} 00:00:00`);
	});

	it('asks the report alone for a window that ends before the cut, to the second', async () => {
		const [from, to] = [cut - 10 * day + 12_345_000, cut - 5 * day - 54_321_000];
		const { lines } = await getMany({
			...custom(from, to),
			...allSites,
			continueFromReport: true,
			report: report('lines'),
		});
		const known = recordsBetween(from, to).filter(({ isEvent }) => !isEvent);
		expect(known.length).toBeGreaterThan(10);
		expect(ids(lines)).toEqual(idsOf(known));
		expect(eventQueries()).toEqual([]);
	});

	it('needs no times if the window has whole days, and asks for them otherwise', async () => {
		const parameters = {
			continueFromReport: true,
			report: report('lines-without-times'),
			...allSites,
		};
		const whole = await getMany({
			...custom(isoDay(cut - 9 * day), isoDay(cut - 6 * day)),
			...parameters,
		});
		expect(whole.error).toBeUndefined();
		expect(whole.lines.length).toBeGreaterThan(10);
		const part = await getMany({ ...custom(cut - 9 * day + 1000, cut - 6 * day), ...parameters });
		expect(part.error!.message).toContain('Process Time');
	});

	it("keeps to the credential's site if the report has a column for it", async () => {
		const [from, to] = [cut - 10 * day, cut - 5 * day - 1000];
		const { lines, hints } = await getMany({
			...custom(from, to),
			continueFromReport: true,
			report: report('lines-by-site'),
		});
		const known = recordsBetween(from, to).filter(
			({ isEvent, siteId }) => !isEvent && siteId === '3771737',
		);
		expect(ids(lines)).toEqual(idsOf(known));
		expect(hints.map(({ message }) => message).join()).not.toContain('Add the column');
	});

	it('names the column that the report lacks', async () => {
		const { error } = await getMany({
			...custom(midnight(60), Date.now()),
			continueFromReport: true,
			report: report('lines-without-id'),
		});
		expect(error!.message).toContain('Transaction ID');
		expect(error!.description).toContain('Add and Remove Columns');
	});

	it.each([
		[{ transactionType: 'realtime' }, "'Transaction Type'"],
		[{ eventFlag: 'transactions' }, "'Event Flag'"],
	])('refuses %j by its name, before anything is sent', async (filters, name) => {
		const { error } = await getMany({
			...custom(midnight(60), Date.now()),
			filters,
			continueFromReport: true,
			report: report('lines'),
		});
		expect(error!.message).toContain(name);
		expect(sandbox.requests()).toEqual([]);
	});

	it('applies to both sides what both sides contain', async () => {
		const from = midnight(50);
		const { lines } = await getMany({
			...custom(from, Date.now()),
			filters: { currency: 'EUR', sites: 'all' },
			continueFromReport: true,
			report: report('lines'),
		});
		const known = recordsBetween(from, Date.now()).filter(
			({ isEvent, processTime, currency }) =>
				currency === 'EUR' && (!isEvent || Date.parse(processTime) >= cut),
		);
		expect(ids(lines)).toEqual(idsOf(known));
		expect(new Set(lines.map(({ source }) => source))).toEqual(new Set(['events', 'report']));
	});

	it('does not ask for the report if the limit is reached before', async () => {
		const { lines } = await getMany({
			...custom(midnight(60), Date.now()),
			returnAll: false,
			limit: 3,
			continueFromReport: true,
			report: report('lines'),
		});
		expect(lines.map(({ source }) => source)).toEqual(['events', 'events', 'events']);
		expect(reportQueries()).toEqual([]);
	});

	it('does not mix sites: the two credentials are for the same', async () => {
		const { error } = await getMany(
			{ ...custom(midnight(60), Date.now()), continueFromReport: true, report: report('lines') },
			{ siteId: '7654321' },
		);
		expect(error!.message).toContain('7654321');
	});

	it("puts a report's unreadable rows on the second output", async () => {
		const [from, to] = [isoDay(cut - 9 * day), isoDay(cut - 6 * day)];
		sandbox.addFault({ kind: 'damagedRow', rows: 4, match: { from, to } });
		const known = recordsBetween(Date.parse(from), Date.parse(to) + day - 1000);
		const { rejected, lines, hints } = await getMany({
			...custom(from, to),
			...allSites,
			continueFromReport: true,
			report: report('lines'),
		});
		expect(rejected.length).toBeGreaterThan(0);
		expect(rejected[0]).toMatchObject({ type: 'rejectedRow', source: 'report' });
		const sales = known.filter(({ isEvent }) => !isEvent);
		expect(lines.length + rejected.length).toBe(sales.length);
		expect(hints[0].message).toContain('could not be read');
	});
});
