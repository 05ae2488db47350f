import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { runImport } from '../../scripts/start/importRun.mts';
import { assertAllEarningsStored, storedEarnings } from './support/earnings.mts';
import { forgetEarnings, theHouse, type House } from './support/house.mts';

describe('Import earnings, ended in the middle', () => {
	it('keeps the months it had stored when n8n is killed while it waits for an answer', async () => {
		const house = await theHouse();
		await forgetEarnings(house);
		house.sandbox.clearRequests();
		const stall = house.sandbox.addFault({ kind: 'slow', ms: 120_000, match: { nth: 5 } });
		await whileImporting(house, async () =>
			house.sandbox.requests().some(({ faults }) => faults.includes('slow')),
		);
		await house.n8n.kill9();
		house.sandbox.clearFaults(stall.id);
		await house.startAgain();
		assert.equal((await monthsDone(house)).length, 4);
		assert.equal((await storedEarnings(house)).length, await rowsOfMonthsDone(house));
	});

	it('is killed once more between the rows of a month and the note that it is done', async () => {
		const house = await theHouse();
		await whileImporting(house, async () => {
			const done = await monthsDone(house);
			// Past the newest months, which are read again anyway.
			if (done.length < 7) return false;
			const rows = await house.client.dataTables.count('rakuten_earnings');
			return rows > (await rowsOfMonthsDone(house));
		});
		await house.n8n.kill9();
		await house.startAgain();
		const done = await monthsDone(house);
		assert.ok(done.length >= 7 && done.length < 13, `${done.length} months are done`);
		assert.ok((await storedEarnings(house)).length > (await rowsOfMonthsDone(house)));
	});

	it('is complete after one more start, without asking again for what was done', async () => {
		const house = await theHouse();
		const done = await monthsDone(house);
		house.sandbox.clearRequests();
		await runImport(house.client, house.workflow('01'));
		await assertAllEarningsStored(house);
		// Only months whose last days may still get lines are read again.
		const asked = monthsAsked(house);
		const again = done.filter((month) => asked.includes(month));
		assert.ok(again.length <= 2, `asked again: ${again.join(', ')}`);
		assert.equal((await monthsDone(house)).length, 13);
	});

	it('changes nothing when it is run again', async () => {
		const house = await theHouse();
		const before = await storedEarnings(house);
		house.sandbox.clearRequests();
		await runImport(house.client, house.workflow('01'));
		assert.ok(house.sandbox.requests().length > 0, 'nothing was asked for');
		assert.deepEqual(await storedEarnings(house), before);
	});

	it('reads every month again in other parts, and adds nothing', async () => {
		const house = await theHouse();
		const before = await storedEarnings(house);
		await house.client.dataTables.delete('rakuten_import_progress');
		const tooLarge = house.sandbox.addFault({ kind: 'tooLarge', match: { daysOver: 20 } });
		house.sandbox.clearRequests();
		await runImport(house.client, house.workflow('01'));
		house.sandbox.clearFaults(tooLarge.id);
		assert.equal(new Set(monthsAsked(house)).size, 13);
		assert.deepEqual(await storedEarnings(house), before);
		await assertAllEarningsStored(house);
	});
});

async function monthsDone({ client }: House): Promise<string[]> {
	const rows = await client.dataTables.rows('rakuten_import_progress');
	return rows.map(({ month }) => String(month));
}

async function rowsOfMonthsDone({ client }: House): Promise<number> {
	const rows = await client.dataTables.rows('rakuten_import_progress');
	return rows.reduce((sum, row) => sum + Number(row.rows), 0);
}

/** `YYYY-MM` of each request. */
function monthsAsked({ sandbox }: House): string[] {
	return sandbox
		.requests()
		.map(({ query }) => new URLSearchParams(query).get('start_date') ?? '')
		.map((date) => date.replaceAll('/', '-').slice(0, 7));
}

/** Starts the import and waits for a moment in the middle of it; throws if it ends before that. */
async function whileImporting(house: House, moment: () => Promise<boolean>): Promise<void> {
	const { executions } = house.client;
	const { id } = house.workflow('01');
	const execution = await executions.start(id, { trigger: 'Import without preview' });
	for (;;) {
		if (await moment()) return;
		const found = (await executions.list(id)).find((summary) => summary.id === execution);
		if (found?.status !== 'running' && found?.status !== 'new') {
			(await executions.get(execution)).assertSucceeded();
			throw new Error('The import was over before it could be ended in the middle');
		}
		await sleep(10);
	}
}
