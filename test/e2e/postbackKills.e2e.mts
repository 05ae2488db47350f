import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventRecord } from '../../sandbox/eventFeed.mts';
import { Random } from '../../sandbox/random.mts';
import { say } from '../../scripts/host/progress.mts';
import { countBy } from './support/mixedSales.mts';
import { pollerWorkflow } from './support/pollerWorkflow.mts';
import { postbackWorkflow } from './support/postbackWorkflow.mts';
import { theRealtimeHouse } from './support/realtime.mts';
import { SlowStart } from './support/slowStart.mts';
import { EVENT_COLUMNS, upsertNode } from './support/storeNodes.mts';
import { until } from './support/until.mts';

const SEED = 20261121;

/**
 * An n8n that was killed while it published leaves that to be finished when a lease has ended: by
 * default after two minutes, looked at every 15 seconds.
 */
const SHORT_LEASE = {
	N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '8',
	N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000',
};

/** What the pollers of these tests have stored, in the order it came. */
async function arrivals(
	table: string,
): Promise<Array<{ lineId: string; possiblyRepeated: boolean; executionId: string }>> {
	const { client } = await theRealtimeHouse();
	return (await client.dataTables.rows(table)).map((row) => ({
		lineId: String(row.lineId),
		possiblyRepeated: row.possiblyRepeated === true,
		executionId: String(row.executionId),
	}));
}

/**
 * n8n itself answers any address with 200 and these words for a moment of its start, when no
 * workflow can be reached yet.
 */
const N8N_IS_STARTING = 'n8n is starting up. Please wait';

/** How a postback was answered; without a status where the connection ended before. */
interface Answer {
	transactionId: string;
	status: number | undefined;
	body: string;
}

/** Calls the registered URL for a line as Rakuten would, and reads the answer whole. */
async function send(registered: string, line: EventRecord): Promise<Answer> {
	const { transactionId, advertiserId, orderId, sales, commission, currency, u1 } = line;
	const values: Record<string, string> = {
		etransaction_id: transactionId,
		advertiser_id: String(advertiserId),
		order_id: orderId,
		sale_amount: sales,
		commissions: commission,
		currency,
		u1,
		is_event: 'N',
	};
	const url = registered.replace(/<(\w+)>/g, (_, name: string) =>
		encodeURIComponent(values[name] ?? ''),
	);
	try {
		const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) });
		return { transactionId, status: answer.status, body: await answer.text() };
	} catch {
		return { transactionId, status: undefined, body: '' };
	}
}

/** A second is over before a poll reads it. */
const A_SECOND = 1_100;

describe('Postbacks while n8n is killed again and again', () => {
	const KILLS = 5;
	const PER_SECOND = 4;
	const AT_ONCE = 4;
	const random = new Random(SEED, 'stream');
	const records: EventRecord[] = [];
	const answers: Answer[] = [];
	/** Answered with 200 by the trigger, which says nothing more after the last node. */
	const taken = () => answers.filter(({ status, body }) => status === 200 && body === '');

	before(async () => {
		const house = await theRealtimeHouse();
		await house.n8n.stop();
		await house.startAgain(SHORT_LEASE);
		const { client, credential } = house;
		await client.dataTables.create('killed_postbacks', EVENT_COLUMNS);
		await client.dataTables.create('caught_up', EVENT_COLUMNS);
		await client.workflows.save(
			postbackWorkflow({
				id: 'kills',
				credential,
				parameters: { responseMode: 'lastNode' },
				behind: [upsertNode('killed_postbacks')],
			}),
		);
		await client.workflows.save(pollerWorkflow('catch-up', credential, 'caught_up'));
		await client.workflows.publish('kills');
		await client.workflows.publish('catch-up');
	});

	after(async () => {
		const { client } = await theRealtimeHouse();
		await client.workflows.unpublish('kills');
		await client.workflows.unpublish('catch-up');
	});

	it(`go on through ${KILLS} kills at seeded moments`, async () => {
		let isOver = false;
		const stream = sendUntil(() => isOver);
		for (let kill = 1; kill <= KILLS; kill++) {
			const house = await theRealtimeHouse();
			const stored = await house.client.dataTables.count('killed_postbacks');
			await until(
				'postbacks are stored again',
				async () => (await house.client.dataTables.count('killed_postbacks')) > stored,
			);
			await sleep(random.whole(0, 1_500));
			await house.n8n.kill9();
			await house.startAgain();
		}
		isOver = true;
		await stream;
		const unanswered = answers.filter(({ status }) => status === undefined);
		const kinds = countBy(answers, ({ status, body }) => `${status ?? 'no answer'} ${body}`.trim());
		say(`  ${answers.length} sent, ${taken().length} of them taken: ${JSON.stringify(kinds)}`);
		assert.ok(unanswered.length > 3 * KILLS, 'hardly anything was lost on the way');
	});

	it('are all stored that were answered with 200', async () => {
		const { client } = await theRealtimeHouse();
		const rows = await client.dataTables.rows('killed_postbacks');
		const stored = new Set(rows.map(({ lineId }) => lineId));
		assert.equal(stored.size, rows.length, 'a line is there twice');
		assert.ok(taken().length > 3 * KILLS);
		assert.deepEqual(
			taken().filter(({ transactionId }) => !stored.has(transactionId)),
			[],
		);
		const others = answers.filter(({ status, body }) => status === 200 && body !== '');
		assert.deepEqual(
			others.filter(({ body }) => body !== N8N_IS_STARTING),
			[],
		);
		assert.ok(stored.size < records.length, 'nothing was missed, so nothing is to be filled in');
	});

	it('are filled in by the polling trigger where they were refused', async () => {
		const { client } = await theRealtimeHouse();
		await sleep(A_SECOND);
		await pollOnce('catch-up');
		const sent = records.map(({ transactionId }) => transactionId);
		await until('all lines have been filled in', async () => {
			const came = new Set((await arrivals('caught_up')).map(({ lineId }) => lineId));
			return sent.every((id) => came.has(id));
		});
		const came = await arrivals('caught_up');
		assertMarked(came);
		assert.deepEqual([...new Set(came.map(({ lineId }) => lineId))].sort(), [...sent].sort());
		assert.equal((await client.dataTables.rows('killed_postbacks')).length < sent.length, true);
	});

	/** A sale at a time, told at once, whether or not anybody listens; never many at once. */
	async function sendUntil(isOver: () => boolean): Promise<void> {
		const { sandbox } = await theRealtimeHouse();
		const underWay = new Set<Promise<unknown>>();
		while (!isOver()) {
			const [sold] = sandbox.addSales({ count: 1 });
			records.push(sold!);
			const sending = send(sandbox.developer.postback()!.url, sold!).then((answer) => {
				answers.push(answer);
				underWay.delete(sending);
			});
			underWay.add(sending);
			await sleep(1000 / PER_SECOND);
			if (underWay.size >= AT_ONCE) await Promise.race(underWay);
		}
		await Promise.all(underWay);
	}
});

describe('New lines while n8n is killed again and again', () => {
	const LINES = 8;
	const random = new Random(SEED, 'polls');
	const records: EventRecord[] = [];
	let slowStart: SlowStart;

	before(async () => {
		const { client, credential, n8n } = await theRealtimeHouse();
		slowStart = new SlowStart(n8n.userFolder);
		await client.dataTables.create('new_lines', EVENT_COLUMNS);
		await client.workflows.save(pollerWorkflow('polling', credential, 'new_lines'));
		await client.workflows.publish('polling');
	});

	after(async () => {
		const house = await theRealtimeHouse();
		await house.client.workflows.unpublish('polling');
		await house.n8n.stop();
		await house.startAgain({});
	});

	for (const round of [1, 2, 3]) {
		it(`survive a kill while Rakuten is being asked (${round})`, async () => {
			const { n8n, sandbox } = await theRealtimeHouse();
			const slow = sandbox.addFault({ kind: 'slow', ms: 3_000, match: { api: 'events' } });
			sandbox.clearRequests();
			await killDuringPoll(async () => {
				await until('Rakuten is asked', () =>
					sandbox.requests().some(({ api }) => api === 'events'),
				);
				await sleep(random.whole(0, 2_500));
				await n8n.kill9();
			});
			sandbox.clearFaults(slow.id);
			await startAgain();
		});
	}

	for (const round of [1, 2, 3]) {
		it(`survive a kill between the saved cursor and the execution (${round})`, async () => {
			const { executions, n8n } = await theRealtimeHouse();
			slowStart.begin();
			const newest = executions.lastId();
			await killDuringPoll(async () => {
				const before = executions.staticData('polling');
				await until('the cursor is saved', () => executions.staticData('polling') !== before, {
					everyMs: 2,
				});
				await sleep(random.whole(0, 300));
				await n8n.kill9();
			});
			slowStart.end();
			assert.equal(executions.lastId(), newest, 'the execution was there already');
			await startAgain();
		});
	}

	for (const round of [1, 2, 3]) {
		it(`survive a kill while they are worked off (${round})`, async () => {
			const { executions, n8n } = await theRealtimeHouse();
			const newest = executions.lastId();
			await killDuringPoll(async () => {
				await until('the execution is there', () => executions.lastId() > newest, { everyMs: 2 });
				await sleep(random.whole(0, 120));
				await n8n.kill9();
			});
			await startAgain();
		});
	}

	it('survive a kill after all is done', async () => {
		const { executions, n8n } = await theRealtimeHouse();
		const newest = executions.lastId();
		await killDuringPoll(async () => {
			await until('the execution is over', () => executions.ended('polling', newest) > 0);
			await sleep(random.whole(0, 500));
			await n8n.kill9();
		});
		await startAgain();
	});

	it('have all arrived in the end, and repeats say what they are', async () => {
		await sleep(A_SECOND);
		await pollOnce('polling');
		const sold = records.map(({ transactionId }) => transactionId);
		await until('all have arrived', async () => {
			const came = new Set((await arrivals('new_lines')).map(({ lineId }) => lineId));
			return sold.every((id) => came.has(id));
		});
		const came = await arrivals('new_lines');
		assertMarked(came);
		const repeats = came.length - sold.length;
		say(`  ${sold.length} lines over 10 kills, ${repeats} of them came twice or more`);
		assert.deepEqual([...new Set(came.map(({ lineId }) => lineId))].sort(), [...sold].sort());
		assert.ok(repeats > 0, 'no kill came late enough for a repeat');
	});

	/**
	 * n8n polls when it is started, and after each of these kills there is something to give out. That
	 * is to be over, or it could not be told from what comes next.
	 */
	async function startAgain(): Promise<void> {
		const house = await theRealtimeHouse();
		const newest = house.executions.lastId();
		await house.startAgain();
		await until('the first poll has been worked off', () => {
			return house.executions.ended('polling', newest) > 0;
		});
	}

	/** Sells some lines and has the trigger poll; `kill` is to end n8n meanwhile. */
	async function killDuringPoll(kill: () => Promise<void>): Promise<void> {
		const { client, sandbox } = await theRealtimeHouse();
		records.push(...sandbox.addSales({ count: LINES }));
		await sleep(A_SECOND);
		await client.workflows.unpublish('polling');
		const published = client.workflows.publish('polling').catch(() => {});
		await kill();
		await published;
	}
});

/** Publishing a workflow again makes its polling trigger poll at once. */
async function pollOnce(id: string): Promise<void> {
	const { client } = await theRealtimeHouse();
	await client.workflows.unpublish(id);
	await client.workflows.publish(id);
}

/** Of lines that came more than once, all but the first say that they may have come before. */
function assertMarked(came: ReadonlyArray<{ lineId: string; possiblyRepeated: boolean }>): void {
	const seen = new Set<string>();
	const unmarked = came.filter(({ lineId, possiblyRepeated }) => {
		const isRepeat = seen.has(lineId);
		seen.add(lineId);
		return isRepeat && !possiblyRepeated;
	});
	assert.deepEqual(unmarked, []);
}
