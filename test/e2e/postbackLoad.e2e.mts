import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sustainedRate, untilEnded } from '../../bench/webhookLoad.mts';
import type { EventRecord } from '../../sandbox/developer/eventFeed.mts';
import type { PostbackAttempt } from '../../sandbox/developer/postbackAttempts.mts';
import type { SendOptions } from '../../sandbox/developer/postbackSender.mts';
import { say, step } from '../../scripts/host/progress.mts';
import { countBy } from '../../scripts/start/countBy.mts';
import { DISCARDING_RULES, expectedState, mixedSales } from './support/mixedSales.mts';
import { theRealtimeHouse } from './support/realtime.mts';
import { saveSample, withNode } from './support/realtimeSamples.mts';
import { comparable, storedTotals } from './support/storedEvents.mts';

/** What sample workflow 06 fills. */
const TABLE = 'rakuten_event_log';

const LINES = 1000;
const REPEATED = 0.05;
const BURST = 200;

/** Answers after a burst take as long as all of its executions. */
const PATIENCE_MS = 120_000;

for (const { responseMode, title } of [
	{ responseMode: 'lastNode', title: 'answered after the last node' },
	{ responseMode: 'onReceived', title: 'answered at once' },
]) {
	describe(`${LINES} postbacks to the event log, ${title}`, () => {
		let id: string;
		let newestExecution: number;
		let newestAttempt: number;
		let rate: number;
		const records: EventRecord[] = [];
		const attempts: PostbackAttempt[] = [];

		before(async () => {
			const house = await theRealtimeHouse();
			const { client, executions, sandbox } = house;
			await client.dataTables.delete(TABLE);
			const parameters = { responseMode, eventRules: DISCARDING_RULES };
			const eventLog = await saveSample(house, '06', (shipped) =>
				withNode(shipped, 'Postback', (trigger) => ({
					...trigger,
					parameters: { ...trigger.parameters, ...parameters },
				})),
			);
			({ id } = eventLog);
			await client.workflows.publish(id);
			newestExecution = executions.lastId();
			newestAttempt = sandbox.postbackSender.attempts().at(-1)?.number ?? 0;
		});

		after(async () => {
			const { client } = await theRealtimeHouse();
			await client.workflows.unpublish(id);
		});

		it('come at half the rate that n8n keeps up with', async () => {
			const warmUp = 30;
			await send(warmUp, { concurrency: 10 });
			rate = await step('Finding the highest rate', async () => {
				const { executions } = await theRealtimeHouse();
				return await sustainedRate(
					80,
					async (hits) => await send(hits, { concurrency: 10 }),
					() => executions.ended(id, newestExecution),
				);
			});
			say(`  n8n keeps up with ${rate.toFixed(1)} postbacks a second, ${title}`);
			const started = performance.now();
			await step(`Sending ${LINES} at half of it`, async () => {
				await send(LINES, {
					perSecond: rate / 2,
					concurrency: 50,
					repeatShare: REPEATED,
					order: 'random',
					seed: 3,
				});
			});
			const seconds = (performance.now() - started) / 1000;
			const due = (LINES * (1 + REPEATED)) / (rate / 2);
			assert.ok(seconds < due * 1.5 + 10, `It took ${seconds} s instead of ${due} s`);
		});

		it(`and then ${BURST} at once`, async () => {
			await step(`Sending ${BURST} at once`, async () => {
				await send(Math.round(BURST / (1 + REPEATED)), {
					concurrency: BURST,
					repeatShare: REPEATED,
					order: 'random',
					seed: 4,
				});
			});
			assert.equal(attempts.filter(({ repeat }) => repeat).length, (LINES + BURST) * REPEATED);
		});

		it('are all answered with 200', () => {
			assert.deepEqual(
				countBy(attempts, ({ status, failure }) => String(failure ?? status)),
				{ 200: attempts.length },
			);
		});

		it('start an execution each, which succeeds', async () => {
			const { executions } = await theRealtimeHouse();
			await untilEnded(() => executions.ended(id, newestExecution), attempts.length);
			assert.deepEqual(executions.counts(id, newestExecution), { success: attempts.length });
		});

		it('leave every line in the table once', async () => {
			const { client } = await theRealtimeHouse();
			const rows = await client.dataTables.rows(TABLE);
			assert.deepEqual(
				rows.map(({ lineId }) => String(lineId)).sort(),
				records.map(({ transactionId }) => transactionId).sort(),
			);
		});

		it("add up to the sender's record, by currency and by state", async () => {
			const { client, sandbox } = await theRealtimeHouse();
			const rows = await client.dataTables.rows(TABLE);
			const sent = sandbox.postbackSender.totals({ after: newestAttempt });
			assert.equal(sent.answered200, attempts.length);
			assert.ok(Object.keys(sent.sumsByCurrency).length > 3);
			assert.deepEqual(storedTotals(rows), comparable(sent));
			const states = countBy(records, expectedState);
			assert.equal(Object.keys(states).length, 4);
			assert.deepEqual(
				countBy(rows, ({ state }) => String(state)),
				states,
			);
		});

		async function send(count: number, options: SendOptions): Promise<void> {
			const { sandbox } = await theRealtimeHouse();
			const sold = mixedSales(sandbox, count);
			records.push(...sold);
			attempts.push(
				...(await sandbox.postbackSender.send({
					records: sold,
					timeoutMs: PATIENCE_MS,
					...options,
				})),
			);
		}
	});
}
