import { parse } from 'csv-parse/sync';
import type { IBinaryData } from 'n8n-workflow';

import { readBinary } from './harness.mts';
import type { ReportRun } from './reportNode.mts';
import { runReport, useSandbox } from './reportNode.mts';

const sandbox = useSandbox({ today: '2026-04-15' });

const files = (run: ReportRun) => run.outputs[0].map(({ binary }) => binary!.data as IBinaryData);
const jsonLines = async (file: IBinaryData) =>
	(await readBinary(file))
		.toString('utf8')
		.split('\n')
		.slice(0, -1)
		.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('a JSON Lines file', () => {
	it('holds the rows that items would be, in one file over all windows', async () => {
		const items = await runReport(sandbox);
		const run = await runReport(sandbox, { output: 'jsonl' });
		expect(run.outputs[0]).toHaveLength(1);
		const [file] = files(run);
		expect(file).toMatchObject({
			fileName: 'earnings-recommended_2026-01-01_2026-03-31.jsonl',
			mimeType: 'application/jsonl',
		});
		expect(file.id).toMatch(/^filesystem/);
		expect(await jsonLines(file)).toEqual(items.rows);
		expect(run.rows[0]).toEqual({ fileName: file.fileName, rows: items.rows.length });
	});

	it('is split every N rows, whatever the windows', async () => {
		const items = await runReport(sandbox);
		for (const splitEveryRows of [1_000_000, 97]) {
			const run = await runReport(sandbox, { output: 'jsonl', options: { splitEveryRows } });
			const parts = await Promise.all(files(run).map(jsonLines));
			expect(parts.flat()).toEqual(items.rows);
			for (const part of parts.slice(0, -1)) expect(part).toHaveLength(splitEveryRows);
		}
	});

	it('holds no line of an answer that broke off, and every line once after retries and halving', async () => {
		const items = await runReport(sandbox);
		sandbox.addFault({ kind: 'truncated', how: 'midLine', times: 1 });
		sandbox.addFault({ kind: 'tooLarge', match: { daysOver: 20 }, times: 4 });
		sandbox.addFault({ kind: 'truncated', how: 'destroy', times: 1 });
		const run = await runReport(sandbox, { output: 'jsonl', options: { splitEveryRows: 50 } });
		expect(run.error).toBeUndefined();
		const rows = (await Promise.all(files(run).map(jsonLines))).flat();
		expect(rows).toEqual(items.rows);
	});

	it('does not exist when the report is empty', async () => {
		const run = await runReport(sandbox, {
			output: 'jsonl',
			networks: 'selected',
			selectedNetworks: [8],
		});
		expect(run.outputs[0]).toEqual([]);
		expect(run.error).toBeUndefined();
	});
});

describe('a CSV file', () => {
	it('has a header and the rows, once over all windows', async () => {
		const items = await runReport(sandbox);
		const run = await runReport(sandbox, { output: 'csv', binaryField: 'report' });
		const file = run.outputs[0][0].binary!.report;
		const table = parse(await readBinary(file), { columns: true }) as Array<Record<string, string>>;
		expect(table).toEqual(
			items.rows.map((row) =>
				Object.fromEntries(
					Object.entries(row).map(([name, value]) => [name, value === null ? '' : String(value)]),
				),
			),
		);
	});

	it('has a header in each of several files', async () => {
		const run = await runReport(sandbox, {
			output: 'csv',
			columnNames: 'report',
			options: { splitEveryRows: 100 },
		});
		for (const file of files(run)) {
			const table = parse(await readBinary(file), { columns: true }) as Array<
				Record<string, string>
			>;
			expect(Object.keys(table[0])).toContain('Line ID');
			expect(table.length).toBeLessThanOrEqual(100);
		}
	});

	it('stops when the report gets other columns in the meantime', async () => {
		sandbox.saveReport({ key: 'changing', columns: ['Order ID', 'Sales', 'Transaction Date'] });
		const running = runReport(
			sandbox,
			{ output: 'csv', report: { __rl: true, mode: 'key', value: 'changing' } },
			{ credential: { secondsBetweenRequests: 0.5 } },
		);
		while (sandbox.requests().length < 1) await new Promise((resolve) => setTimeout(resolve, 10));
		sandbox.saveReport({
			key: 'changing',
			columns: ['Order ID', 'Sales', 'Transaction Date', 'SKU'],
		});
		expect((await running).error!.message).toMatch(/columns of the report changed/);
	});
});

it("never holds the request's URL: neither name, folder nor type of the file come from it", async () => {
	const run = await runReport(sandbox, { output: 'jsonl' });
	expect(JSON.stringify(files(run))).not.toMatch(/token|filters|http/);
});
