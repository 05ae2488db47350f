import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { startPostgres, type RunningPostgres } from '../../scripts/host/postgres.mts';
import { step } from '../../scripts/host/progress.mts';
import { closers, newUserFolder, startTestedN8n } from './support/ground.mts';
import { furnish, type House } from './support/house.mts';
import { formsOf } from './support/secretForms.mts';
import {
	assertFilesHoldEarnings,
	filesOf,
	rejectedRows,
	reportAsFile,
} from './support/reportFile.mts';
import { theSandbox } from './support/sandbox.mts';

describe('A report as a file, where n8n keeps files in its PostgreSQL database', () => {
	let postgres: RunningPostgres;
	let furnished: Pick<House, 'client' | 'credential' | 'sandbox'>;
	let csv = '';

	before(async () => {
		postgres = await step('Starting PostgreSQL', startPostgres);
		closers.add('PostgreSQL', async () => await postgres.stop());
		const userFolder = await newUserFolder('database');
		const n8n = await startTestedN8n(userFolder, {
			postgres: postgres.connection,
			binaryDataMode: 'database',
		});
		const sandbox = await theSandbox();
		furnished = { sandbox, ...(await furnish(n8n, sandbox)) };
	});

	for (const format of ['csv', 'jsonl'] as const) {
		it(`is one ${format} file with every row`, async () => {
			const execution = await reportAsFile(furnished, format);
			const { texts, place } = await filesOf(furnished, execution);
			assert.equal(texts.length, 1);
			assert.equal(place, 'database');
			assertFilesHoldEarnings(furnished, texts, format, rejectedRows(execution));
			if (format === 'csv') csv = texts[0]!;
		});
	}

	it('is several files when it is split by rows', async () => {
		const execution = await reportAsFile(furnished, 'csv', { splitEveryRows: 500 });
		const { texts } = await filesOf(furnished, execution);
		assert.ok(texts.length > 2);
		assertFilesHoldEarnings(furnished, texts, 'csv', rejectedRows(execution));
	});

	it('leaves the token nowhere in that database', async () => {
		const { sandbox } = furnished;
		const line = sandbox.lines().find(({ transactionId }) => csv.includes(transactionId));
		// An empty search proves something only if the search finds what does exist.
		assert.ok((await tablesWith(postgres, line!.transactionId)).includes('binary_data'));
		assert.deepEqual(await tablesWith(postgres, sandbox.token), []);
	});
});

/** The tables of n8n with a row that holds the text, as text or as bytes. */
async function tablesWith(postgres: RunningPostgres, text: string): Promise<string[]> {
	const tables = await postgres.select(
		"SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
	);
	// Bytes are shown as hexadecimal digits when a row is turned into text.
	const forms = formsOf(text).flatMap((form) => [form, Buffer.from(form).toString('hex')]);
	const condition = forms.map((form) => `strpos(t::text, '${form}') > 0`).join(' OR ');
	const found: string[] = [];
	for (const { name } of tables) {
		const [row] = await postgres.select(
			`SELECT count(*)::int AS n FROM "${String(name)}" t WHERE ${condition}`,
		);
		if (Number(row!.n) > 0) found.push(String(name));
	}
	return found;
}
