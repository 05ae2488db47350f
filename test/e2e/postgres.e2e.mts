import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { DateTime } from 'luxon';
import { withCredential } from '../../scripts/host/api/workflows.mts';
import { startPostgres, type RunningPostgres } from '../../scripts/host/postgres.mts';
import { step } from '../../scripts/host/progress.mts';
import { exactText } from '../../scripts/start/exactSum.mts';
import { closers } from './support/ground.mts';
import { theHouse, type House } from './support/house.mts';

describe('Earnings to Postgres', () => {
	let postgres: RunningPostgres;

	before(async () => {
		const { client, workflow } = await theHouse();
		postgres = await step('Starting PostgreSQL', startPostgres);
		closers.add('PostgreSQL', async () => await postgres.stop());
		const { host, port, user, password, database } = postgres.connection;
		const credential = await client.credentials.create({
			name: 'Postgres',
			type: 'postgres',
			data: { host, port, user, password, database, ssl: 'disable' },
		});
		await client.workflows.save(
			withCredential(workflow('04'), 'n8n-nodes-base.postgres', 'postgres', credential),
		);
	});

	it('stores what the ledger holds', async () => {
		const house = await theHouse();
		await run(house);
		await assertEqualToLedger(house, postgres);
	});

	it('changes nothing when it is run again', async () => {
		const house = await theHouse();
		const before = await everything(postgres);
		house.sandbox.clearRequests();
		await run(house);
		assert.ok(house.sandbox.requests().length > 0);
		assert.deepEqual(await everything(postgres), before);
	});

	it('brings in restated and reversed lines, and touches no other row', async () => {
		const house = await theHouse();
		const before = await everything(postgres);
		const from = DateTime.utc().minus({ days: 20 }).toISODate();
		const restated = house.sandbox.restateCommission({ from, limit: 2 }, { percent: 30 });
		const corrected = house.sandbox.addCorrection();
		assert.ok(restated.length === 2 && corrected.length > 0);
		await run(house);
		await assertEqualToLedger(house, postgres);
		const after = new Set((await everything(postgres)).map((row) => JSON.stringify(row)));
		const touched = before.filter((row) => !after.has(JSON.stringify(row)));
		assert.ok(touched.length > 0 && touched.length <= 2, `${touched.length} rows were touched`);
		assert.equal(after.size, before.length + corrected.length);
	});

	it('sets corrections off against their orders in the view', async () => {
		const { sandbox } = await theHouse();
		const orders = await postgres.select(
			"SELECT sum(net_commission)::text AS commission, count(*) FILTER (WHERE corrections > 0) AS corrected FROM rakuten_orders WHERE currency = 'USD'",
		);
		const usd = expected({ sandbox }).currencies.find(({ currency }) => currency === 'USD')!;
		assert.equal(exactText(String(orders[0]!.commission)), exactText(usd.commission));
		assert.ok(Number(orders[0]!.corrected) > 10);
	});
});

async function run({ client, workflow }: House): Promise<void> {
	const execution = await client.executions.run(workflow('04').id, { trigger: 'Import now' });
	execution.assertSucceeded();
}

/** The last twelve months by process date, as the workflow reads them. */
function expected({ sandbox }: Pick<House, 'sandbox'>) {
	const today = DateTime.utc();
	return sandbox.ledger.totals({
		from: today.minus({ months: 12 }).plus({ days: 1 }).toISODate(),
		to: today.toISODate(),
		dateType: 'process',
	});
}

async function assertEqualToLedger(house: House, postgres: RunningPostgres): Promise<void> {
	const ledger = expected(house);
	assert.ok(ledger.rows > 3000 && ledger.corrections > 100);
	const stored = await postgres.select(`
		SELECT currency, count(*)::int AS rows, count(DISTINCT order_key)::int AS orders,
			count(*) FILTER (WHERE kind = 'correction')::int AS corrections,
			sum(sale_amount)::text AS sales, sum(commission)::text AS commission
		FROM rakuten_earnings GROUP BY currency ORDER BY currency`);
	assert.deepEqual(
		stored.map((row) => ({
			...row,
			sales: exactText(String(row.sales)),
			commission: exactText(String(row.commission)),
		})),
		ledger.currencies.map(({ currency, rows, orders, corrections, sales, commission }) => ({
			currency,
			rows,
			orders,
			corrections,
			sales: exactText(sales),
			commission: exactText(commission),
		})),
	);
	const rejected = await postgres.select(
		'SELECT count(*)::int AS n FROM rakuten_earnings_rejected',
	);
	assert.equal(rejected[0]!.n, ledger.rejectedExpected.rows);
}

/** Every row with the moment of its last change. */
async function everything(postgres: RunningPostgres): Promise<Array<Record<string, unknown>>> {
	return await postgres.select('SELECT * FROM rakuten_earnings ORDER BY line_id');
}
