import { movableClock } from './movableClock.mts';
import type { EmissionFate, PollHost } from './pollHarness.mts';
import {
	addSales,
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

/** Ids that came again without being marked. */
function unmarkedRepeats(host: PollHost): unknown[] {
	const met = new Set<unknown>();
	return host.items(0).filter(({ lineId, possiblyRepeated }) => {
		const isAgain = met.has(lineId);
		met.add(lineId);
		return isAgain && possiblyRepeated !== true;
	});
}

async function start(parameters = {}): Promise<PollHost> {
	const host = pollHost(sandbox, parameters);
	await host.activate();
	clock.moveOn(minute);
	return host;
}

const distinct = (host: PollHost) => [...new Set(lineIds(host.items(0)))];

describe('n8n killed around an emission', () => {
	const fates: EmissionFate[] = [
		'killedBefore',
		'killedAfterSaving',
		'killedAfterStarting',
		'saveFails',
	];
	const sizes: Array<[string, number]> = [
		['a small batch', 3],
		['a large batch', 120],
	];
	describe.each(fates)('%s', (fate) => {
		it.each(sizes)('loses nothing of %s, and marks what may come again', async (_, count) => {
			const host = await start();
			const before = addSales(sandbox, 2);
			await host.poll();
			clock.moveOn(minute);
			const sales = addSales(sandbox, count);
			host.fate = fate;
			await host.poll();
			await host.boot();
			clock.moveOn(minute);
			const after = addSales(sandbox, 2);
			await host.poll();
			clock.moveOn(hour);
			await host.poll();
			expect(distinct(host)).toEqual(idsOf([...before, ...sales, ...after]));
			expect(unmarkedRepeats(host)).toEqual([]);
			const marked = host.items(0).filter(({ possiblyRepeated }) => possiblyRepeated);
			expect(idsOf([...before, ...sales])).toEqual(
				expect.arrayContaining([...new Set(lineIds(marked))]),
			);
		});
	});

	it('names the range of a batch that is out of reach by then', async () => {
		const host = await start();
		const sales = addSales(sandbox, 3);
		host.fate = 'killedAfterSaving';
		await host.poll();
		expect(host.executions).toEqual([]);
		expect(sales.length).toBe(3);
		const soldAt = Date.now() - 5 * second;
		clock.moveOn(40 * day);
		await host.boot();
		expect(host.items(0)).toEqual([]);
		const [missing, silence, ...more] = host.items(1);
		expect(more).toEqual([]);
		expect(missing).toMatchObject({ type: 'missingRange', possiblyRepeated: true });
		expect(Date.parse(String(missing.from))).toBeLessThan(soldAt);
		expect(Date.parse(String(missing.to))).toBeGreaterThan(soldAt);
		expect(silence).toMatchObject({ type: 'silence', possiblyRepeated: true });
	});

	it('reads a batch again that an earlier version kept whole, and keeps it no longer', async () => {
		const host = await start();
		const sales = addSales(sandbox, 3, 5 * second, { u1: 'a-page' });
		host.fate = 'killedAfterSaving';
		await host.poll();
		const stored = JSON.parse(host.saved!) as Record<string, { poll: { batch: object } }>;
		const [node] = Object.values(stored);
		const kept = sales.map(({ transactionId }) => ({ lineId: transactionId, u1: 'a-page' }));
		node.poll.batch = { ...node.poll.batch, emission: { transactions: kept, notices: [] } };
		host.saved = JSON.stringify(stored);
		await host.boot();
		await host.poll();
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
		expect(host.items(0).every(({ possiblyRepeated }) => possiblyRepeated === true)).toBe(true);
		expect(host.saved).not.toContain('a-page');
	});

	it('loses nothing when it is killed again and again at the same place', async () => {
		const host = await start({ options: { mostLines: 30 } });
		const sales = addSales(sandbox, 100);
		host.fate = 'killedAfterSaving';
		await host.poll();
		for (let boots = 0; boots < 3; boots++) {
			await host.boot('killedAfterSaving');
			clock.moveOn(10 * second);
		}
		expect(host.executions).toEqual([]);
		await host.boot();
		for (let polls = 0; polls < 5; polls++) await host.poll();
		expect(distinct(host)).toEqual(idsOf(sales));
		expect(unmarkedRepeats(host)).toEqual([]);
	});
});

describe('n8n started again', () => {
	it('brings what came in the meantime', async () => {
		const host = await start();
		await host.poll();
		clock.moveOn(9 * hour);
		const sales = addSales(sandbox, 4, 5 * hour);
		await host.boot();
		clock.moveOn(minute);
		await host.poll();
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
		const [, , [from]] = windowsAsked(sandbox);
		expect(Date.now() - isoOf(from)).toBeGreaterThan(9 * hour);
	});

	it('marks nothing more once it has read all that was there', async () => {
		const host = await start();
		addSales(sandbox, 2);
		await host.poll();
		await host.boot();
		clock.moveOn(minute);
		const sales = addSales(sandbox, 3);
		await host.poll();
		const last = host.executions.at(-1)![0].map(({ json }) => json);
		expect(lineIds(last)).toEqual(idsOf(sales));
		expect(last.filter(({ possiblyRepeated }) => possiblyRepeated)).toEqual([]);
	});
});

describe('the workflow published again', () => {
	it('continues without repeating', async () => {
		const host = await start();
		const sales = addSales(sandbox, 2);
		await host.poll();
		for (let times = 0; times < 3; times++) {
			await host.activate('update');
			clock.moveOn(minute);
			sales.push(...addSales(sandbox, 2));
			await host.poll();
		}
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
		expect(host.items(0).filter(({ possiblyRepeated }) => possiblyRepeated)).toEqual([]);
	});

	it('continues after the node is renamed, although n8n keeps its state under the name', async () => {
		const host = await start();
		const sales = addSales(sandbox, 2);
		await host.poll();
		await host.poll();
		clock.moveOn(minute);
		sales.push(...addSales(sandbox, 2));
		host.nodeName = 'New commissions';
		await host.activate('update');
		await host.poll();
		expect(distinct(host)).toEqual(idsOf(sales));
		expect(unmarkedRepeats(host)).toEqual([]);
	});

	it('marks what comes again when n8n lost the newest state', async () => {
		const host = await start();
		addSales(sandbox, 1);
		await host.poll();
		const older = host.saved;
		const sales = addSales(sandbox, 2, second);
		clock.moveOn(minute);
		await host.poll();
		// As an execution does at its end that changed static data itself.
		host.saved = older;
		await host.activate('update');
		await host.poll();
		expect(distinct(host)).toEqual(expect.arrayContaining(idsOf(sales)));
		expect(unmarkedRepeats(host)).toEqual([]);
	});
});

it.each([false, true])(
	'marks what comes again when leadership returns, Rakuten being down at that moment: %s',
	async (isAway) => {
		const host = pollHost(sandbox);
		await host.activate();
		clock.moveOn(5 * minute);
		addSales(sandbox, 1, 2 * minute);
		await host.poll();
		// Another leader starts an execution and is killed before its state is stored.
		clock.moveOn(5 * minute);
		addSales(sandbox, 1, 2 * minute);
		const first = host.changeProcess();
		host.fate = 'killedAfterStarting';
		await host.activate('leadershipChange');
		expect(host.executions.length).toBe(2);
		host.changeProcess(first);
		host.fate = 'fine';
		clock.moveOn(minute);
		if (isAway) sandbox.addFault({ kind: 'serverError', status: 503, match: { api: 'events' } });
		await host.activate('leadershipChange');
		sandbox.clearFaults();
		clock.moveOn(minute);
		await host.poll();
		expect(host.items(0).length).toBeGreaterThan(2);
		expect(unmarkedRepeats(host)).toEqual([]);
	},
	30_000,
);

describe("n8n's durable scheduler and cursors", () => {
	it('continues from the poll at activation, whose state n8n does not keep', async () => {
		const host = pollHost(sandbox, {}, { isDurable: true });
		await host.activate();
		clock.moveOn(hour);
		const sales = addSales(sandbox, 2, 50 * minute);
		await host.poll();
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
		// But for the note of the first poll, which n8n would not store otherwise.
		expect(Object.keys(JSON.parse(host.saved!) as object)).toEqual(['global']);
	});

	it('loses nothing if another process takes the first poll after activation', async () => {
		const host = pollHost(sandbox, {}, { isDurable: true });
		await host.activate();
		clock.moveOn(2 * hour);
		const sales = addSales(sandbox, 3, hour);
		host.changeProcess();
		for (let polls = 0; polls < 3; polls++) {
			await host.poll();
			clock.moveOn(minute);
		}
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
		// Nobody can tell whether a cursor was lost since.
		expect(host.items(0).every(({ possiblyRepeated }) => possiblyRepeated)).toBe(true);
	});

	it('neither repeats nor marks anything when polls change between processes', async () => {
		const host = pollHost(sandbox, {}, { isDurable: true });
		await host.activate();
		await host.poll();
		const sales = [];
		for (let polls = 0; polls < 4; polls++) {
			clock.moveOn(minute);
			sales.push(...addSales(sandbox, 2));
			await host.poll();
			host.changeProcess();
		}
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
		expect(host.items(0).filter(({ possiblyRepeated }) => possiblyRepeated)).toEqual([]);
	});

	it('brings a poll again that n8n gave up', async () => {
		const host = pollHost(sandbox, {}, { isDurable: true });
		await host.activate();
		await host.poll();
		clock.moveOn(minute);
		const sales = addSales(sandbox, 3);
		host.fate = 'killedBefore';
		await host.poll();
		host.fate = 'fine';
		await host.poll();
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
	});
});
