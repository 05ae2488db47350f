import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/server.mts';
import type { DataTableRow } from '../../scripts/host/api/dataTables.mts';
import { N8nClient } from '../../scripts/host/n8nClient.mts';
import { startPostgres, type RunningPostgres } from '../../scripts/host/postgres.mts';
import { step } from '../../scripts/host/progress.mts';
import type { SampleWorkflow } from '../../scripts/start/sampleWorkflows.mts';
import { closers, newUserFolder, startTestedN8n } from './support/ground.mts';
import { developerCredential, startDeveloperSandbox } from './support/realtime.mts';
import { saveSample } from './support/realtimeSamples.mts';
import { until } from './support/until.mts';

const TABLE = 'rakuten_event_log';

/**
 * How long it takes to add a row: whoever comes in the meantime finds none and adds another. Long
 * enough for a machine that is busy with something else.
 */
const SECONDS_PER_ROW = 3;

/**
 * n8n's upsert on PostgreSQL updates an existing row or inserts one, and two of them can overlap.
 * (SQLite has one writer, so there they can't.)
 */
describe('Postback event log on PostgreSQL, with two events for one line at the same moment', () => {
	let postgres: RunningPostgres;
	let sandbox: Sandbox;
	let client: N8nClient;
	let catchUp: SampleWorkflow;

	before(async () => {
		[postgres, sandbox] = await step('Starting PostgreSQL', async () => {
			return await Promise.all([startPostgres(), startDeveloperSandbox()]);
		});
		closers.add('PostgreSQL', async () => await postgres.stop());
		const userFolder = await newUserFolder('races');
		const n8n = await startTestedN8n(userFolder, { postgres: postgres.connection });
		client = await N8nClient.login(n8n);
		const credential = await developerCredential(client, sandbox);
		const eventLog = await saveSample({ client, credential }, '06');
		catchUp = await saveSample({ client, credential }, '07');
		await client.workflows.publish(eventLog.id);
		await sandbox.postbackSender.send({ records: sandbox.addSales() });
		await slowDown(postgres);
	});

	it('keeps one row of two postbacks', async () => {
		const before = await newestId();
		const records = sandbox.addSales({ count: 4 });
		for (const record of records) {
			const send = async () => await sandbox.postbackSender.send({ records: [record] });
			const attempts = (await Promise.all([send(), send(), send()])).flat();
			assert.ok(attempts.every(({ status }) => status === 200));
		}
		const rows = await rowsOf(records);
		assert.equal(rows.length, records.length);
		assert.ok(rows.every(({ state, source }) => state === 'accepted' && source === 'postback'));
		assert.ok((await newestId()) - before > records.length, 'no two of them met');
	});

	it("keeps the postback's row if Catch up found the line too", async () => {
		const before = await newestId();
		// The newest of all, and a second that is over: those that Catch up reads when run by hand.
		const processedAt = new Date(Date.now() - 1_500).toISOString();
		const records = sandbox.addSales({ count: 5, processedAt });
		const { id } = catchUp;
		const execution = await client.executions.start(id, { trigger: 'New transactions' });
		await until('Catch up is adding rows', isInserting, { everyMs: 10 });
		await sandbox.postbackSender.send({ records, concurrency: records.length });
		(await client.executions.wait(id, execution)).assertSucceeded();
		const rows = await rowsOf(records);
		assert.equal(rows.length, records.length);
		assert.ok(rows.every(({ state, source }) => state === 'accepted' && source === 'postback'));
		assert.ok((await newestId()) - before > records.length, 'no two of them met');
	});

	async function rowsOf(
		records: ReadonlyArray<{ transactionId: string }>,
	): Promise<DataTableRow[]> {
		const wanted = new Set(records.map(({ transactionId }) => transactionId));
		return (await client.dataTables.rows(TABLE)).filter(({ lineId }) => wanted.has(String(lineId)));
	}

	/** Includes rows that have been deleted since. */
	async function newestId(): Promise<number> {
		const table = await tableName(postgres);
		const [row] = await postgres.select(
			`SELECT last_value FROM pg_sequences WHERE schemaname || '.' || sequencename = replace(pg_get_serial_sequence('"${table}"', 'id'), '"', '')`,
		);
		return Number(row!.last_value);
	}

	async function isInserting(): Promise<boolean> {
		const rows = await postgres.select(
			`SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'INSERT INTO "%data_table_user_%'`,
		);
		return rows.length > 0;
	}
});

/** The name that n8n gives the table in its database; it is the only one. */
async function tableName(postgres: RunningPostgres): Promise<string> {
	const tables = await postgres.select(
		`SELECT tablename FROM pg_tables WHERE tablename LIKE '%data\\_table\\_user\\_%'`,
	);
	assert.equal(tables.length, 1);
	return String(tables[0]!.tablename);
}

async function slowDown(postgres: RunningPostgres): Promise<void> {
	const table = await tableName(postgres);
	await postgres.execute(`
		CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS
		$$ BEGIN PERFORM pg_sleep(${SECONDS_PER_ROW}); RETURN NEW; END $$;
		CREATE TRIGGER take_time BEFORE INSERT ON "${table}" FOR EACH ROW EXECUTE FUNCTION take_time();
	`);
}
