import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DateTime } from 'luxon';
import type { Execution } from '../../scripts/host/api/execution.mts';
import { assertAllEarningsStored, storedEarnings } from './support/earnings.mts';
import { houseWithEarnings, type House } from './support/house.mts';

const TRIGGER = 'Every morning';
const PATIENCE_MS = 120_000;

describe('Import earnings, every morning', () => {
	it('says once, not every day, that nothing new has come', async () => {
		const house = await houseWithEarnings();
		const before = await storedEarnings(house);
		for (const _ of ['one day', 'the next day']) (await runDaily(house)).assertSucceeded();
		const notices = await noticesOf(house, 'nothingNew');
		const newest = before
			.map(({ processDate }) => String(processDate))
			.sort()
			.at(-1)!;
		assert.deepEqual(
			notices.map(({ since }) => since),
			[newest.slice(0, 10)],
		);
		assert.deepEqual(await storedEarnings(house), before);
	});

	it('brings in new, restated and corrected lines when its schedule starts it', async () => {
		const house = await houseWithEarnings();
		const { sandbox } = house;
		const before = await storedEarnings(house);
		const lately = { from: DateTime.utc().minus({ days: 25 }).toISODate() };
		const restated = sandbox.restateCommission({ ...lately, limit: 4 }, { percent: 40 });
		const filledIn = sandbox.fillInU1({ ...lately, limit: 3 }, 'came-later');
		const corrected = sandbox.addCorrection();
		sandbox.advanceTo(DateTime.utc().toISODate());
		assert.ok(restated.length === 4 && filledIn.length > 0 && corrected.length > 0);

		(await runBySchedule(house)).assertSucceeded();

		await assertAllEarningsStored(house);
		const after = await storedEarnings(house);
		assert.ok(after.length > before.length + corrected.length);
		// The rows that were there kept their place.
		const ids = new Set(after.map(({ id }) => id));
		assert.ok(before.every(({ id }) => ids.has(id)));
		assert.equal((await noticesOf(house, 'nothingNew')).length, 1);
	});

	it('writes a notice, shows as failed and changes nothing when Rakuten refuses', async () => {
		const house = await houseWithEarnings();
		const before = await storedEarnings(house);
		// With the whole URL, token included, in the text of the refusal.
		const refusal = house.sandbox.addFault({ kind: 'refusal', status: 403, echoUrl: true });
		const execution = await runDaily(house);
		house.sandbox.clearFaults(refusal.id);
		assert.equal(execution.status, 'error');
		const [notice, ...more] = await noticesOf(house, 'importFailed');
		assert.equal(more.length, 0);
		assert.match(String(notice!.message), /^The daily import of [-\d]+ to [-\d]+ failed: Rakuten /);
		assert.equal(execution.error!.message, notice!.message);
		assert.deepEqual(await storedEarnings(house), before);
	});

	it('is complete again the next morning', async () => {
		const house = await houseWithEarnings();
		(await runDaily(house)).assertSucceeded();
		await assertAllEarningsStored(house);
		assert.equal((await noticesOf(house, 'importFailed')).length, 1);
	});
});

async function runDaily({ client, workflow }: House): Promise<Execution> {
	return await client.executions.run(workflow('01').id, { trigger: TRIGGER });
}

/** Publishes the workflow with a schedule of seconds, until it has been started once. */
async function runBySchedule({ client, workflow }: House): Promise<Execution> {
	const shipped = workflow('01');
	const hasty = shipped.nodes.map((node) =>
		node.name === TRIGGER
			? { ...node, parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 10 }] } } }
			: node,
	);
	await client.workflows.save({ ...shipped, nodes: hasty });
	await client.workflows.publish(shipped.id);
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const started = (await client.executions.list(shipped.id)).find(
			({ mode }) => mode === 'trigger',
		);
		if (started) {
			await client.workflows.unpublish(shipped.id);
			await client.workflows.save(shipped);
			return await client.executions.wait(shipped.id, started.id);
		}
		if (Date.now() > deadline) throw new Error('The schedule started nothing');
		await sleep(100);
	}
}

async function noticesOf({ client }: House, kind: string): Promise<Array<Record<string, unknown>>> {
	return (await client.dataTables.rows('rakuten_notices')).filter((row) => row.kind === kind);
}
