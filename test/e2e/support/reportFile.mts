import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import type { DataTableRow } from '../../../scripts/host/api/dataTables.mts';
import type { Execution } from '../../../scripts/host/api/execution.mts';
import { ledgerFigures, storedFigures } from '../../../scripts/start/earningsFigures.mts';
import { CREDENTIAL_TYPE, NODE_TYPE } from '../../../scripts/start/sampleWorkflows.mts';
import type { House } from './house.mts';

const NODE = 'Earnings as a file';

type Files = Pick<House, 'client' | 'credential' | 'sandbox'>;

/** Four months, so that several requests make one file. */
function range(): { from: string; to: string } {
	const today = DateTime.utc();
	return { from: today.minus({ months: 4 }).toISODate(), to: today.toISODate() };
}

/** Runs a workflow of one node that reads four months of earnings as a file, or several. */
export async function reportAsFile(
	{ client, credential }: Files,
	output: 'csv' | 'jsonl',
	options: Record<string, unknown> = {},
): Promise<Execution> {
	const { from, to } = range();
	const { id } = await client.workflows.save({
		id: `earnings-as-${output}`,
		name: `Earnings as ${output}`,
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'read',
				name: NODE,
				type: NODE_TYPE,
				typeVersion: 1,
				position: [200, 0],
				parameters: {
					report: { __rl: true, mode: 'list', value: 'credential' },
					dateRange: 'custom',
					startDate: from,
					endDate: to,
					dateType: 'process',
					output,
					simplify: false,
					options,
				},
				credentials: { [CREDENTIAL_TYPE]: credential },
			},
		],
		connections: { Start: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	const execution = await client.executions.run(id, { trigger: 'Start' });
	return execution.assertSucceeded();
}

/** The texts of the files, and where n8n keeps them: `filesystem`, `database` or in memory. */
export async function filesOf({ client }: Files, execution: Execution) {
	const binaries = execution.items(NODE).map((item) => item.binary!.data!);
	const texts: string[] = [];
	for (const binary of binaries) texts.push(String(await client.executions.file(binary)));
	const [place] = String(binaries[0]?.id ?? 'memory').split(/[-:]/);
	return { texts, place, names: binaries.map(({ fileName }) => fileName) };
}

/** Asserts that CSV or JSON Lines files hold together what the sandbox holds. */
export function assertFilesHoldEarnings(
	{ sandbox }: Files,
	texts: readonly string[],
	format: 'csv' | 'jsonl',
	rejected: number,
): void {
	const rows = texts.flatMap((text) => (format === 'csv' ? csvRows(text) : jsonRows(text)));
	const expected = sandbox.ledger.totals({ ...range(), dateType: 'process' });
	assert.ok(expected.rows > 1000);
	assert.deepEqual(storedFigures(rows, rejected), ledgerFigures(expected));
}

function csvRows(text: string): DataTableRow[] {
	return parse(text, { columns: true, bom: true });
}

function jsonRows(text: string): DataTableRow[] {
	return text
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as DataTableRow);
}

/** How many rows the execution put on its second output as rejected. */
export function rejectedRows(execution: Execution): number {
	return execution.json(NODE, 1).filter(({ type }) => type === 'rejectedRow').length;
}
