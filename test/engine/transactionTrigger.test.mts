import { NodeOperationError } from 'n8n-workflow';

import { movableClock } from './movableClock.mts';
import {
	addSales,
	changingEvents,
	day,
	freshSandbox,
	hour,
	idsOf,
	isoOf,
	lineIds,
	minute,
	pollHost,
	second,
	windowsAsked,
} from './transactionTriggerNode.mts';

const clock = movableClock();
const sandbox = freshSandbox();

describe('what comes', () => {
	it('notes what is there at activation, and gives out what comes afterwards', async () => {
		addSales(sandbox, 3, minute);
		const host = pollHost(sandbox);
		await host.activate();
		expect(host.executions).toEqual([]);
		const [[from, to]] = windowsAsked(sandbox);
		expect(isoOf(to) - isoOf(from)).toBe(30 * minute);

		clock.moveOn(minute);
		const [sale] = addSales(sandbox);
		await host.poll();
		expect(host.executions.length).toBe(1);
		expect(host.items(0)).toEqual([
			expect.objectContaining({
				lineId: sale.transactionId,
				orderKey: `${sale.advertiserId}:${sale.orderId}`,
				saleAmount: expect.stringMatching(/^\d+(\.\d+)?$/),
				processDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
				isEvent: false,
				source: 'events',
			}),
		]);
		expect(host.items(0)[0]).not.toHaveProperty('possiblyRepeated');
		expect(host.items(1)).toEqual([]);
		expect(host.failures).toEqual([]);
	});

	it('gives out each line once, however often the overlap brings it again', async () => {
		const host = pollHost(sandbox);
		await host.activate();
		const sales = [];
		for (let poll = 0; poll < 6; poll++) {
			clock.moveOn(10 * minute);
			// Some of them late, each by less than the overlap.
			sales.push(...addSales(sandbox, 3), ...addSales(sandbox, 2, 25 * minute));
			await host.poll();
		}
		await host.poll();
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
		expect(host.executions.length).toBe(6);
	});

	it("leaves nothing out if n8n's clock is ahead of Rakuten's", async () => {
		const ahead = 3 * hour;
		sandbox.developer.change({ secondsBehind: ahead / second });
		const host = pollHost(sandbox);
		await host.activate();
		const sales = [];
		for (let poll = 0; poll < 3; poll++) {
			clock.moveOn(10 * minute);
			sales.push(...addSales(sandbox, 2, ahead + minute));
			await host.poll();
		}
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
		expect(host.executions.length).toBe(3);
	});

	it("gives out lines of the credential's site alone", async () => {
		const host = pollHost(sandbox, {
			startFrom: 'hoursBack',
			hoursBack: 600,
			options: { mostLines: 10_000 },
		});
		await host.activate();
		clock.moveOn(minute);
		await host.poll();
		expect([...new Set(host.items(0).map(({ siteId }) => siteId))]).toEqual(['3771737']);
	});

	it('starts an execution in which both outputs lead on', async () => {
		const host = pollHost(sandbox, { options: { silenceHours: 0 } });
		await host.activate();
		addSales(sandbox, 2, 2 * second);
		clock.moveOn(minute);
		await host.poll();
		const [transactions, notices] = await host.execute(host.executions[0]);
		expect(transactions.length).toBe(2);
		expect(notices).toEqual([]);
		const onlyNotice = await host.execute([[], [{ json: { type: 'silence' } }]]);
		expect(onlyNotice.map((items) => items.length)).toEqual([0, 1]);
	});

	it('bounds a batch, and brings the rest with the next polls, oldest first', async () => {
		const host = pollHost(sandbox, { options: { mostLines: 10 } });
		await host.activate();
		clock.moveOn(hour);
		const sales = Array.from({ length: 25 }, (_, index) =>
			addSales(sandbox, 1, 50 * minute - index * minute),
		).flat();
		for (let poll = 0; poll < 4; poll++) await host.poll();
		expect(host.executions.map(([lines]) => lines.length)).toEqual([10, 10, 5]);
		expect(host.items(0).map(({ lineId }) => lineId)).toEqual(
			sales.map(({ transactionId }) => transactionId),
		);
	});

	it('begins some hours back, with the second poll', async () => {
		const early = addSales(sandbox, 2, 5 * hour);
		const before = addSales(sandbox, 2, 7 * hour);
		const host = pollHost(sandbox, { startFrom: 'hoursBack', hoursBack: 6 });
		await host.activate();
		expect(host.executions).toEqual([]);
		await host.poll();
		const given = lineIds(host.items(0));
		expect(given).toEqual(expect.arrayContaining(idsOf(early)));
		expect(given).not.toEqual(expect.arrayContaining([before[0].transactionId]));
		expect(host.items(0).some(({ possiblyRepeated }) => possiblyRepeated)).toBe(false);
	});

	it('takes the event flag and the advertisers that are wanted', async () => {
		const both = pollHost(sandbox, { eventFlag: 'both' });
		const sameN8n = { credentials: both.credentials };
		const hosts = [
			both,
			pollHost(sandbox, { eventFlag: 'transactions' }, sameN8n),
			pollHost(sandbox, { eventFlag: 'events' }, sameN8n),
		];
		for (const host of hosts) await host.activate();
		clock.moveOn(minute);
		const pairs = addSales(sandbox, 2, 5 * second, { eventPairs: true });
		const [{ advertiserId }] = pairs;
		const parameters = {
			advertiserIds: ` 99999 ${advertiserId} `,
			startFrom: 'hoursBack',
			hoursBack: 1,
		};
		const picky = pollHost(sandbox, parameters, sameN8n);
		await picky.activate();
		for (const host of [...hosts, picky]) await host.poll();
		const events = pairs.filter(({ isEvent }) => isEvent);
		const transactions = pairs.filter(({ isEvent }) => !isEvent);
		expect(hosts.map((host) => lineIds(host.items(0)))).toEqual([
			idsOf(pairs),
			idsOf(transactions),
			idsOf(events),
		]);
		expect(picky.items(0).length).toBeGreaterThan(0);
		expect(new Set(picky.items(0).map((line) => line.advertiserId))).toEqual(
			new Set([String(advertiserId)]),
		);
	});

	it('gives out a line that names no advertiser, whichever are wanted', async () => {
		const host = pollHost(sandbox, { advertiserIds: '1' });
		const proxy = await changingEvents(sandbox, (records) =>
			records.map(({ advertiser_id: advertiserId, ...record }, index) =>
				index === 0 ? record : { ...record, advertiser_id: advertiserId },
			),
		);
		try {
			host.credential('rakutenDeveloperApi').baseUrl = proxy.url;
			await host.activate();
			clock.moveOn(minute);
			addSales(sandbox, 3);
			await host.poll();
			expect(host.items(0).map((line) => line.advertiserId)).toEqual([null]);
		} finally {
			await proxy.close();
		}
	});

	it('reads a day with more lines than a page', async () => {
		const host = pollHost(sandbox, { options: { mostLines: 10_000 } });
		await host.activate();
		clock.moveOn(minute);
		const sales = addSales(sandbox, 2300, 20 * second);
		await host.poll();
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
		await host.poll();
		expect(host.executions.length).toBe(1);
	});

	it('reads once at a time: a poll that comes while another is under way brings nothing', async () => {
		const host = pollHost(sandbox);
		await host.activate();
		clock.moveOn(minute);
		const sales = addSales(sandbox, 3);
		sandbox.clearRequests();
		sandbox.addFault({ kind: 'slow', ms: 400, match: { api: 'events' } });
		await Promise.all([host.poll(), host.poll(), host.poll()]);
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
		expect(windowsAsked(sandbox).length).toBe(1);
	});
});

describe('the second output', () => {
	it('names a range that went out of reach, and continues from the earliest', async () => {
		const host = pollHost(sandbox);
		await host.activate();
		const stopped = Date.now();
		clock.moveOn(40 * day);
		const lost = addSales(sandbox, 1, 35 * day);
		const reachable = addSales(sandbox, 1, 28 * day);
		const recent = addSales(sandbox, 2, hour);
		await host.poll();
		await host.poll();
		expect(lineIds(host.items(0))).toEqual(idsOf([...reachable, ...recent]));
		expect(lost.length).toBe(1);
		const [notice, ...more] = host.items(1);
		expect(more).toEqual([]);
		expect(notice).toMatchObject({ type: 'missingRange' });
		const overlap = 30 * minute;
		expect(Math.abs(Date.parse(String(notice.from)) + overlap - stopped)).toBeLessThan(5 * second);
		const to = Date.parse(String(notice.to));
		expect(Date.now() - to).toBeGreaterThan(28.9 * day);
		expect(Date.now() - to).toBeLessThan(29 * day);
		expect(notice.message).toMatch(/Report > Get/);
		const [first] = windowsAsked(sandbox).slice(1);
		expect(isoOf(first[0])).toBe(to);
	});

	it('reports silence once, and again after it was broken', async () => {
		const host = pollHost(sandbox, { options: { silenceHours: 6 } });
		await host.activate();
		const kinds = () => host.items(1).map(({ type }) => type);
		for (let hours = 0; hours < 5; hours++) {
			clock.moveOn(hour);
			await host.poll();
		}
		expect(host.executions).toEqual([]);
		clock.moveOn(hour + second);
		await host.poll();
		expect(kinds()).toEqual(['silence']);
		expect(host.items(1)[0].message).toMatch(/^No line has arrived for 6 hours, since \d{4}-/);
		clock.moveOn(20 * hour);
		await host.poll();
		expect(kinds()).toEqual(['silence']);
		addSales(sandbox, 1);
		await host.poll();
		expect(kinds()).toEqual(['silence']);
		clock.moveOn(7 * hour);
		await host.poll();
		expect(kinds()).toEqual(['silence', 'silence']);
	});

	it('does not report silence again when n8n is started again', async () => {
		const host = pollHost(sandbox, { options: { silenceHours: 6 } });
		await host.activate();
		clock.moveOn(7 * hour);
		await host.poll();
		await host.boot();
		clock.moveOn(hour);
		await host.poll();
		const notices = host.items(1).filter(({ type }) => type === 'silence');
		expect(notices.map(({ possiblyRepeated }) => possiblyRepeated)).toEqual([undefined, true]);
	});

	it('gets lines that cannot be read, once, with their values as they came', async () => {
		const host = pollHost(sandbox);
		const proxy = await changingEvents(sandbox, (records) =>
			records.map((record, index) =>
				index === 0 ? { ...record, sale_amount: 'twelve', process_date: 'soon' } : record,
			),
		);
		try {
			host.credential('rakutenDeveloperApi').baseUrl = proxy.url;
			await host.activate();
			clock.moveOn(minute);
			const sales = addSales(sandbox, 2);
			await host.poll();
			await host.poll();
			clock.moveOn(minute);
			await host.poll();
			expect(host.items(0).length).toBe(1);
			const [notice, ...more] = host.items(1);
			expect(more).toEqual([]);
			expect(notice).toMatchObject({
				type: 'unreadableLine',
				source: 'events',
				reasons: ['sale_amount "twelve" is not an amount', 'process_date "soon" is not a date'],
				values: { sale_amount: 'twelve', process_date: 'soon', etransaction_id: notice.lineId },
			});
			expect([...lineIds(host.items(0)), notice.lineId].sort()).toEqual(idsOf(sales));
		} finally {
			await proxy.close();
		}
	});
});

describe('the editor', () => {
	it('shows recent lines and notes nothing', async () => {
		const sales = addSales(sandbox, 8, minute);
		const host = pollHost(sandbox);
		const [lines, notices] = (await host.fetchTestEvent())!;
		expect(lines.length).toBe(5);
		expect(idsOf(sales)).toEqual(
			expect.arrayContaining(lineIds(lines.map(({ json }) => json)).slice(0, 1)),
		);
		expect(lines[0].json).not.toHaveProperty('madeUp');
		expect(notices).toEqual([]);
		expect(host.saved).toBeUndefined();
	});

	it('shows made-up lines that say so if there are none', async () => {
		const host = pollHost(sandbox, { advertiserIds: '1' });
		const [lines, notices] = (await host.fetchTestEvent())!;
		expect(lines.map(({ json }) => [json.madeUp, json.kind])).toEqual([
			[true, 'sale'],
			[true, 'correction'],
		]);
		expect(notices[0].json).toMatchObject({ type: 'madeUpSample' });
	});

	it('says what is wrong and what to do', async () => {
		sandbox.developer.change({ entitled: { events: false } });
		const problem: unknown = await pollHost(sandbox)
			.fetchTestEvent()
			.catch((cause: unknown) => cause);
		expect(problem).toBeInstanceOf(NodeOperationError);
		expect((problem as NodeOperationError).description).not.toBe('');
	});
});

describe('when something goes wrong', () => {
	it('stops activation with a sentence that says what to do', async () => {
		sandbox.developer.change({ entitled: { events: false } });
		const host = pollHost(sandbox);
		await expect(host.activate()).rejects.toThrow(/may not use this service.*\. .*Ask Rakuten/s);
		expect(host.saved).toBeUndefined();
		expect(host.executions).toEqual([]);
	});

	it.each([
		[{ startFrom: 'hoursBack', hoursBack: 800 }, /'Hours Back' reaches further back.*694 or less/],
		[{ options: { mostLines: 'many' } }, /'Maximum Lines per Poll' is set to a value/],
		[{ options: { overlapMinutes: 0 } }, /'Overlap in Minutes' is set to a value/],
	])('refuses %j', async (parameters, message) => {
		await expect(pollHost(sandbox, parameters).activate()).rejects.toThrow(message);
	});

	it('continues from the same place after failed polls', async () => {
		const host = pollHost(sandbox);
		await host.activate();
		clock.moveOn(minute);
		const sales = addSales(sandbox, 3);
		sandbox.developer.change({ entitled: { events: false } });
		await host.poll();
		clock.moveOn(3 * hour);
		await host.poll();
		expect(host.failures.length).toBe(2);
		expect(host.failures[0].message).not.toBe('');
		expect(host.failures[0].description).not.toBe('');
		expect(host.executions).toEqual([]);
		sandbox.developer.change({ entitled: { events: true } });
		await host.poll();
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
	});

	it('loses nothing to answers that are empty, once or all the time', async () => {
		const host = pollHost(sandbox);
		await host.activate();
		clock.moveOn(9 * hour);
		const sales = addSales(sandbox, 4, 5 * hour);
		sandbox.addFault({ kind: 'emptyBody', match: { api: 'events' } });
		await host.poll();
		expect(host.failures.length).toBe(1);
		sandbox.clearFaults();
		sandbox.addFault({ kind: 'emptyBody', times: 1, match: { api: 'events' } });
		clock.moveOn(minute);
		await host.poll();
		expect(host.failures.length).toBe(1);
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
	});

	it('loses nothing of a window that breaks off on its second page', async () => {
		const host = pollHost(sandbox, { options: { mostLines: 10_000 } });
		await host.activate();
		clock.moveOn(minute);
		const sales = addSales(sandbox, 1500, 20 * second);
		sandbox.addFault({ kind: 'refusal', status: 400, match: { api: 'events', nth: 2 } });
		await host.poll();
		expect(host.failures.length).toBe(1);
		expect(host.executions).toEqual([]);
		sandbox.clearFaults();
		await host.poll();
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
	});

	it('reads a window in parts if the API gives one page for all', async () => {
		const host = pollHost(sandbox, { options: { mostLines: 10_000 } });
		let first: Array<Record<string, unknown>> = [];
		const proxy = await changingEvents(sandbox, (records, query) => {
			if (query.get('page') === '1') first = records;
			return first;
		});
		try {
			host.credential('rakutenDeveloperApi').baseUrl = proxy.url;
			await host.activate();
			clock.moveOn(20 * minute);
			const sales = [addSales(sandbox, 750, 15 * minute), addSales(sandbox, 750, minute)].flat();
			for (let polls = 0; polls < 6; polls++) await host.poll();
			expect(host.failures).toEqual([]);
			expect(lineIds(host.items(0))).toEqual(idsOf(sales));
		} finally {
			await proxy.close();
		}
	});

	it('gives up when the time of a poll is over', async () => {
		const host = pollHost(sandbox, {}, { budgetMilliseconds: 3000 });
		sandbox.addFault({ kind: 'slow', ms: 2500, match: { api: 'events' } });
		await expect(host.activate()).rejects.toThrow(/within n8n's 3-second polling limit/);
		expect(host.saved).toBeUndefined();
	});

	it('lets the workflow start with n8n while Rakuten is down, and reads when it is up again', async () => {
		const host = pollHost(sandbox);
		await host.activate();
		clock.moveOn(minute);
		const sales = addSales(sandbox, 2);
		const away = 'http://127.0.0.1:9';
		host.credential('rakutenDeveloperApi').baseUrl = away;
		await host.boot();
		expect(host.failures).toEqual([]);
		await host.poll();
		expect(host.failures.length).toBe(1);
		host.credential('rakutenDeveloperApi').baseUrl = sandbox.url;
		await host.poll();
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
	}, 60_000);

	it('keeps secrets out of items, failures and what is stored', async () => {
		const host = pollHost(sandbox);
		await host.activate();
		clock.moveOn(minute);
		addSales(sandbox, 2);
		await host.poll();
		sandbox.addFault({ kind: 'refusal', status: 400, echoUrl: true, match: { api: 'events' } });
		await host.poll();
		expect(host.failures.length).toBe(1);
		const { clientSecret } = sandbox.developer;
		const token = String(host.credential('rakutenDeveloperApi').accessToken);
		const everything = [
			JSON.stringify(host.executions),
			host.saved,
			...host.failures.map((each) => `${each.message} ${each.description} ${each.stack}`),
		].join('\n');
		expect(token.length).toBeGreaterThan(10);
		expect(everything).not.toContain(clientSecret);
		expect(everything).not.toContain(token);
	});
});
