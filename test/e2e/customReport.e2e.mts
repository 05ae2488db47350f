import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DateTime } from 'luxon';
import type { DataTableRow } from '../../scripts/host/api/dataTables.mts';
import type { LedgerTotals } from '../../sandbox/server.mts';
import { ExactSum } from '../../scripts/start/exactSum.mts';
import { theHouse, type House } from './support/house.mts';

const REPORT = 'quanti-report';
const TABLE = 'rakuten_report_quanti';

describe('Sync a custom report', () => {
	it('holds the report of the last year: its rows, commission and clicks', async () => {
		const house = await theHouse();
		await run(house);
		await assertEqualToReport(house);
	});

	it('holds the same after a second sync, with no row twice', async () => {
		const house = await theHouse();
		const before = (await rowsOf(house)).map(contentOf).sort();
		await run(house);
		assert.deepEqual((await rowsOf(house)).map(contentOf).sort(), before);
		await assertEqualToReport(house);
	});

	it('follows restated data, even if a day then has fewer rows', async () => {
		const house = await theHouse();
		const before = await rowsOf(house);
		const from = DateTime.utc().minus({ days: 60 }).toISODate();
		const restated = house.sandbox.restateCommission({ from, limit: 30 }, { percent: 70 });
		assert.equal(restated.length, 30);
		await run(house);
		assert.notDeepEqual((await rowsOf(house)).map(contentOf).sort(), before.map(contentOf).sort());
		await assertEqualToReport(house);
	});

	it('is asked for again when the report breaks off once, in the middle of a line', async () => {
		const house = await theHouse();
		house.sandbox.addFault({
			kind: 'truncated',
			how: 'midLine',
			match: { reportKey: REPORT },
			times: 1,
		});
		await run(house);
		await assertEqualToReport(house);
	});

	it('leaves the table as it is when the report breaks off', async () => {
		const house = await theHouse();
		const before = await rowsOf(house);
		const fault = house.sandbox.addFault({
			kind: 'truncated',
			how: 'destroyChunked',
			match: { reportKey: REPORT, from: DateTime.utc().minus({ days: 20 }).toISODate() },
		});
		const execution = await start(house);
		house.sandbox.clearFaults(fault.id);
		assert.equal(execution.status, 'error');
		assert.match(execution.error!.message, /broke before the answer was complete/);
		assert.deepEqual(await rowsOf(house), before);
	});
});

async function start({ client, workflow }: House) {
	return await client.executions.run(workflow('05').id, { trigger: 'Sync now' });
}

async function run(house: House): Promise<void> {
	(await start(house)).assertSucceeded();
}

async function rowsOf({ client }: House): Promise<DataTableRow[]> {
	return await client.dataTables.rows(TABLE);
}

/** A row without what n8n and the workflow add to it. */
function contentOf({ id, createdAt, updatedAt, batch, ...content }: DataTableRow): string {
	return JSON.stringify(content);
}

async function assertEqualToReport(house: House): Promise<void> {
	const { sandbox } = house;
	const today = DateTime.utc();
	const range = { from: today.minus({ days: 364 }).toISODate(), to: today.toISODate() };
	const rows = await rowsOf(house);
	assert.ok(rows.length > 1000);
	assert.equal(rows.length, sandbox.ledger.reportRows(REPORT, range));
	const totals = sandbox.ledger.totals(range);
	assert.equal(sumOf(rows, 'commission'), allOf(totals, 'commission'));
	assert.equal(sumOf(rows, 'saleAmount'), allOf(totals, 'sales'));
	assert.equal(sumOf(rows, 'clicks'), `${totals.clicks}.00`);
	assert.equal(sumOf(rows, 'impressions'), `${totals.impressions}.00`);
}

function sumOf(rows: readonly DataTableRow[], column: string): string {
	const sum = new ExactSum();
	for (const row of rows) if (row[column] !== null) sum.add(String(row[column]));
	return String(sum);
}

/** All currencies together, with the lines that are damaged in line reports only. */
function allOf(
	{ currencies, rejectedExpected }: LedgerTotals,
	what: 'sales' | 'commission',
): string {
	const sum = new ExactSum();
	for (const each of [...currencies, ...rejectedExpected.currencies]) sum.add(each[what]);
	return String(sum);
}
