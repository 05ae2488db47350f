import assert from 'node:assert/strict';
import type { LedgerTotals } from '../../../sandbox/server.mts';
import type { DataTableRow } from '../../../scripts/host/api/dataTables.mts';
import { ledgerFigures, storedFigures } from '../../../scripts/start/earningsFigures.mts';
import { exactText } from '../../../scripts/start/exactSum.mts';
import type { House } from './house.mts';
import { earningsRange } from './sandbox.mts';

/** What the sandbox holds of the range that Import earnings reads. */
export function expectedTotals({ sandbox }: House): LedgerTotals {
	return sandbox.ledger.totals({ ...earningsRange(), dateType: 'process' });
}

/** The data table rakuten_earnings, whole. */
export async function storedEarnings({ client }: House): Promise<DataTableRow[]> {
	return await client.dataTables.rows('rakuten_earnings');
}

/**
 * Asserts that what is stored is what the sandbox holds: rows, orders, corrections, exact sums by
 * currency, rejected rows, and each line by itself.
 */
export async function assertAllEarningsStored(house: House): Promise<void> {
	const rows = await storedEarnings(house);
	const rejected = await house.client.dataTables.count('rakuten_rejected');
	const expected = expectedTotals(house);
	assert.ok(expected.rows > 3000 && expected.corrections > 100 && expected.currencies.length > 3);
	assert.ok(expected.rejectedExpected.rows > 0);
	assert.deepEqual(storedFigures(rows, rejected), ledgerFigures(expected));
	assertEachLineStored(house, rows, expected);
}

function assertEachLineStored(
	{ sandbox }: House,
	rows: readonly DataTableRow[],
	expected: LedgerTotals,
): void {
	assert.equal(
		new Set(rows.map(({ lineId }) => lineId)).size,
		rows.length,
		'a line is there twice',
	);
	const stored = new Map(rows.map((row) => [row.transactionId, row]));
	let unreadable = 0;
	for (const line of sandbox.lines()) {
		const day = line.processTime.slice(0, 10);
		if (day < expected.from || day > expected.to) continue;
		const row = stored.get(line.transactionId);
		if (!row) {
			unreadable++;
			continue;
		}
		assert.deepEqual(
			{
				orderId: row.orderId,
				advertiserId: String(row.advertiserId),
				sku: row.sku,
				currency: row.currency,
				sales: exactText(String(row.saleAmount)),
				commission: exactText(String(row.commission)),
				u1: row.u1 ?? '',
				transactionTime: String(row.transactionDate),
				processTime: String(row.processDate),
			},
			{
				orderId: line.orderId,
				advertiserId: String(line.advertiserId),
				sku: line.sku,
				currency: line.currency,
				sales: exactText(line.sales),
				commission: exactText(line.commission),
				u1: line.u1,
				transactionTime: line.transactionTime,
				processTime: line.processTime,
			},
		);
	}
	assert.equal(unreadable, expected.rejectedExpected.rows, 'lines are missing');
}
