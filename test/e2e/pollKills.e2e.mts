import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventRecord } from '../../sandbox/developer/eventFeed.mts';
import { Random } from '../../sandbox/account/random.mts';
import { say } from '../../scripts/host/progress.mts';
import { assertAllArrived, untilPast } from './support/arrivals.mts';
import { pollerWorkflow } from './support/pollerWorkflow.mts';
import { theRealtimeHouse } from './support/realtime.mts';
import { SHORT_LEASE } from './support/shortLease.mts';
import { SlowStart } from './support/slowStart.mts';
import { EVENT_COLUMNS } from './support/storeNodes.mts';
import { until } from './support/until.mts';

const SEED = 20261121;

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
		const { client } = await theRealtimeHouse();
		await client.workflows.unpublish('polling');
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
		it(`survive a kill while they are processed (${round})`, async () => {
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

	it('have all arrived in the end, and repeats are marked', async () => {
		const repeats = await assertAllArrived('polling', 'new_lines', records);
		say(`  ${records.length} lines over 10 kills, ${repeats} of them came twice or more`);
		assert.ok(repeats > 0, 'no kill came late enough for a repeat');
	});

	/**
	 * n8n polls when it is started, and after each of these kills there is something to give out.
	 * That must be over first, so that it isn't mistaken for what comes next.
	 */
	async function startAgain(): Promise<void> {
		const house = await theRealtimeHouse();
		const newest = house.executions.lastId();
		await house.startAgain(SHORT_LEASE);
		await until('the first poll has been worked off', () => {
			return house.executions.ended('polling', newest) > 0;
		});
	}

	/** Sells some lines and has the trigger poll; `kill` is to end n8n during the poll. */
	async function killDuringPoll(kill: () => Promise<void>): Promise<void> {
		const { client, sandbox } = await theRealtimeHouse();
		records.push(...sandbox.addSales({ count: LINES }));
		await untilPast();
		await client.workflows.unpublish('polling');
		const published = client.workflows.publish('polling').catch(() => {});
		await kill();
		await published;
	}
});
