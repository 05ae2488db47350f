import { movableClock } from './movableClock.mts';
import {
	addSales,
	day,
	freshSandbox,
	hour,
	idsOf,
	lineIds,
	minute,
	pollHost,
	second,
} from './transactionTriggerNode.mts';

const clock = movableClock();
const sandbox = freshSandbox();

const report = (parameters: object = {}) =>
	pollHost(sandbox, {
		source: 'report',
		report: { __rl: true, mode: 'key', value: 'earnings-recommended' },
		...parameters,
	});

/** First and last day of each report that was asked for. */
const daysAsked = () =>
	sandbox
		.requests()
		.filter(({ api }) => api === 'reporting')
		.map(({ query }) => {
			const asked = new URLSearchParams(query);
			return [asked.get('start_date'), asked.get('end_date'), asked.get('date_type')];
		});

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

describe('lines of a report', () => {
	it('come once each, with the same line ID and names as those of the Events API', async () => {
		const events = pollHost(sandbox);
		await events.activate();
		const host = report();
		await host.activate();
		expect(host.executions).toEqual([]);
		expect(daysAsked()).toEqual([[dayOf(Date.now() - 3 * day), dayOf(Date.now()), 'process']]);
		clock.moveOn(minute);
		const sales = addSales(sandbox, 3, 5 * second, { u1: 'a-page' });
		await host.poll();
		await host.poll();
		await events.poll();
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
		expect(daysAsked().length).toBe(3);
		const [line] = host.items(0);
		const twin = events.items(0).find(({ lineId }) => lineId === line.lineId)!;
		const { saleAmount, commission, orderKey, processDate, transactionDate, kind, currency } = twin;
		expect(line).toMatchObject({
			orderKey,
			processDate,
			transactionDate,
			kind,
			currency,
			currencySource: 'report',
			isEvent: null,
			transactionType: null,
			source: 'report',
		});
		// Reports write two decimal places, events as many as they need.
		expect(Number(line.saleAmount)).toBe(Number(saleAmount));
		expect(Number(line.commission)).toBe(Number(commission));
		for (const name of Object.keys(twin)) expect(Object.keys(line)).toContain(name);
	});

	it('come when the report shows them days after their process date', async () => {
		const host = report();
		await host.activate();
		clock.moveOn(hour);
		const late = addSales(sandbox, 2, 2 * day);
		const tooLate = addSales(sandbox, 1, 5 * day);
		await host.poll();
		expect(lineIds(host.items(0))).toEqual(idsOf(late));
		expect(tooLate.length).toBe(1);
	});

	it('come from a report that has no Transaction ID', async () => {
		const host = report({
			report: { __rl: true, mode: 'list', value: 'signature-orders-report' },
		});
		await host.activate();
		clock.moveOn(minute);
		const sales = addSales(sandbox, 2);
		await host.poll();
		await host.poll();
		expect(host.items(0).length).toBe(2);
		expect(host.items(0)[0]).toMatchObject({ transactionId: null, lineId: expect.any(String) });
		expect(
			host
				.items(0)
				.map(({ orderId }) => orderId)
				.sort(),
		).toEqual(sales.map(({ orderId }) => orderId).sort());
	});

	it('come in batches; a poll asks for one report', async () => {
		const host = report({ options: { mostLines: 4 } });
		await host.activate();
		clock.moveOn(minute);
		const sales = addSales(sandbox, 10);
		for (let polls = 1; polls <= 4; polls++) {
			await host.poll();
			expect(daysAsked().length).toBe(1 + polls);
		}
		expect(host.executions.map(([lines]) => lines.length)).toEqual([4, 4, 2]);
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
	});

	it('are not lost when n8n is killed between storing and starting', async () => {
		const host = report({ options: { mostLines: 100 } });
		await host.activate();
		clock.moveOn(minute);
		const sales = addSales(sandbox, 80);
		host.fate = 'killedAfterSaving';
		await host.poll();
		await host.boot();
		await host.poll();
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
		expect(host.items(0).every(({ possiblyRepeated }) => possiblyRepeated === true)).toBe(true);
	});

	it('that cannot be read come to the second output, once', async () => {
		const host = report();
		await host.activate();
		clock.moveOn(minute);
		const sales = addSales(sandbox, 4);
		const today = dayOf(Date.now());
		sandbox.addFault({
			kind: 'damagedRow',
			rows: 2,
			how: 'amount',
			match: { from: today, to: today },
		});
		for (let polls = 0; polls < 3; polls++) await host.poll();
		expect(host.items(1).length + host.items(0).length).toBe(sales.length);
		expect(host.items(1).length).toBeGreaterThan(0);
		expect(host.items(1)[0]).toMatchObject({
			type: 'unreadableLine',
			source: 'report',
			reasons: [expect.stringMatching(/^Unrecognized number "/)],
			values: { 'Order ID': expect.any(String) },
		});
	});
});

describe('a report that is too much for a poll', () => {
	it('is asked for in ever fewer days, each poll continuing where the last one ended', async () => {
		const host = report({ startFrom: 'hoursBack', hoursBack: 12 * 24 });
		const sales = [1, 4, 7, 11].flatMap((days) => addSales(sandbox, 1, days * day));
		await host.activate();
		sandbox.clearRequests();
		sandbox.addFault({ kind: 'tooLarge', match: { daysOver: 4 } });
		for (let polls = 0; polls < 9; polls++) await host.poll();
		expect(host.failures).toEqual([]);
		expect(lineIds(host.items(0))).toEqual(expect.arrayContaining(idsOf(sales)));
		const asked = daysAsked();
		expect(asked.length).toBe(9);
		expect(asked[0]).toEqual([dayOf(Date.now() - 12 * day), dayOf(Date.now()), 'process']);
		const given = lineIds(host.items(0));
		expect(new Set(given).size).toBe(given.length);
	});

	it('says so when even one day does not come, and points to a schedule', async () => {
		const host = report({ options: { overlapDays: 1 } });
		await host.activate();
		sandbox.addFault({ kind: 'tooLarge' });
		for (let polls = 0; polls < 4; polls++) await host.poll();
		const problem = host.failures.at(-1)!;
		expect(problem.message).toMatch(/did not arrive within n8n's 300-second polling limit/);
		expect(problem.description).toMatch(/Schedule Trigger and Report > Get/);
		sandbox.clearFaults();
		clock.moveOn(minute);
		const sales = addSales(sandbox, 1);
		for (let polls = 0; polls < 4; polls++) await host.poll();
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
	});

	it('is given up when the time of a poll is over', async () => {
		const host = pollHost(
			sandbox,
			{
				source: 'report',
				report: { __rl: true, mode: 'key', value: 'earnings-recommended' },
				options: { overlapDays: 1 },
			},
			{ budgetMilliseconds: 2500 },
		);
		sandbox.addFault({ kind: 'slow', ms: 6000, where: 'body' });
		await expect(host.activate()).rejects.toThrow(
			/within n8n's 3-second polling limit.*Report > Get/s,
		);
	});
});

describe('a report that does not fit', () => {
	it('is refused at activation when its rows are not order lines', async () => {
		const host = report({
			report: { __rl: true, mode: 'list', value: 'revenue-report-by-day' },
		});
		await expect(host.activate()).rejects.toThrow(/no order lines.*Transaction ID/s);
	});

	it('is named when Rakuten does not know it', async () => {
		const host = report({ report: { __rl: true, mode: 'key', value: 'no-such-report' } });
		await expect(host.activate()).rejects.toThrow(/Rakuten/);
		expect(host.saved).toBeUndefined();
	});
});

it('shows recent lines of the report in the editor', async () => {
	addSales(sandbox, 7, minute);
	const [lines] = (await report().fetchTestEvent())!;
	expect(lines.length).toBe(5);
	expect(lines[0].json).toMatchObject({ source: 'report' });
});

it('marks what comes again under another line ID when another report is chosen', async () => {
	const host = report();
	await host.activate();
	clock.moveOn(minute);
	const sales = addSales(sandbox, 2);
	await host.poll();
	host.parameters = { ...host.parameters, report: 'signature-orders-report' };
	await host.activate('update');
	await host.poll();
	const again = host.items(0).slice(sales.length);
	expect(again.map(({ orderId }) => orderId)).toEqual(
		expect.arrayContaining(sales.map(({ orderId }) => orderId)),
	);
	expect(again.filter(({ possiblyRepeated }) => possiblyRepeated !== true)).toEqual([]);
});

it('marks what comes again under another line ID when the source is changed', async () => {
	const host = pollHost(sandbox);
	await host.activate();
	clock.moveOn(minute);
	const sales = addSales(sandbox, 2);
	await host.poll();
	host.parameters = { ...host.parameters, source: 'report', report: 'signature-orders-report' };
	await host.activate('update');
	clock.moveOn(minute);
	const later = addSales(sandbox, 1);
	await host.poll();
	const fromReport = host.items(0).filter(({ source }) => source === 'report');
	const orders = (lines: Array<{ orderId?: unknown }>) =>
		lines.map(({ orderId }) => orderId).sort();
	const isMarked = ({ possiblyRepeated }: { possiblyRepeated?: unknown }) =>
		possiblyRepeated === true;
	expect(orders(fromReport.filter(isMarked))).toEqual(expect.arrayContaining(orders(sales)));
	expect(orders(fromReport)).toEqual(expect.arrayContaining(orders(later)));
});
