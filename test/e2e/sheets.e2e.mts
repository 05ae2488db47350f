import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { DateTime } from 'luxon';
import { withCredential } from '../../scripts/host/api/workflows.mts';
import { ledgerFigures, storedFigures } from '../../scripts/start/earningsFigures.mts';
import type { DataTableRow } from '../../scripts/host/api/dataTables.mts';
import {
	GOOGLE_TYPE,
	signedInAtGoogle,
	startGoogleSheets,
	type GoogleSheets,
} from './support/googleSheets.mts';
import { newUserFolder, startTestedN8n } from './support/ground.mts';
import { furnish, type House } from './support/house.mts';
import { theSandbox } from './support/sandbox.mts';

describe('Earnings to Google Sheets', () => {
	let google: GoogleSheets;
	let furnished: Pick<House, 'client' | 'sandbox' | 'workflow'>;

	before(async () => {
		google = await startGoogleSheets();
		const userFolder = await newUserFolder('sheets');
		const n8n = await startTestedN8n(userFolder, { env: google.env });
		const sandbox = await theSandbox();
		furnished = { sandbox, ...(await furnish(n8n, sandbox)) };
		const credential = await furnished.client.credentials.create(signedInAtGoogle());
		const workflow = withCredential(
			furnished.workflow('03'),
			'n8n-nodes-base.googleSheets',
			GOOGLE_TYPE,
			credential,
		);
		const nodes = workflow.nodes.map((node) =>
			node.name === 'Settings' ? withSpreadsheet(node, google.spreadsheet) : node,
		);
		await furnished.client.workflows.save({ ...workflow, nodes });
	});

	it('writes the header and twelve months into two empty tabs', async () => {
		await run(furnished);
		assertEqualToLedger(google, furnished);
		const [head] = google.cells('Earnings');
		assert.equal(head![0], 'lineId');
		const [row] = google.rows('Earnings');
		assert.equal(typeof row!.commission, 'number');
		assert.equal(typeof row!.sku, 'string');
	});

	it('writes nothing new when it is run again', async () => {
		google.written();
		const before = structuredClone(google.cells('Earnings'));
		await run(furnished);
		assert.deepEqual(google.cells('Earnings'), before);
		// In the tab Rejected, rows that still come are marked as seen today.
		assert.ok(google.written() <= google.cells('Rejected').flat().length);
	});

	it('brings in restated and reversed lines', async () => {
		const { sandbox } = furnished;
		const before = google.rows('Earnings').length;
		const from = DateTime.utc().minus({ days: 20 }).toISODate();
		const restated = sandbox.restateCommission({ from, limit: 3 }, { percent: 20 });
		const corrected = sandbox.addCorrection();
		assert.ok(restated.length === 3 && corrected.length > 0);
		await run(furnished);
		assertEqualToLedger(google, furnished);
		assert.equal(google.rows('Earnings').length, before + corrected.length);
	});
});

function withSpreadsheet<T extends { parameters: Record<string, unknown> }>(
	node: T,
	spreadsheet: string,
): T {
	const { assignments } = (node.parameters.assignments ?? {}) as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	const filledIn = assignments.map((each) =>
		each.name === 'spreadsheet' ? { ...each, value: spreadsheet } : each,
	);
	return { ...node, parameters: { ...node.parameters, assignments: { assignments: filledIn } } };
}

async function run({ client, workflow }: Pick<House, 'client' | 'workflow'>): Promise<void> {
	const execution = await client.executions.run(workflow('03').id, { trigger: 'Import now' });
	execution.assertSucceeded();
}

/** The last twelve months by process date, as the workflow reads them. */
function assertEqualToLedger(google: GoogleSheets, { sandbox }: Pick<House, 'sandbox'>): void {
	const today = DateTime.utc();
	const ledger = sandbox.ledger.totals({
		from: today.minus({ months: 12 }).plus({ days: 1 }).toISODate(),
		to: today.toISODate(),
		dateType: 'process',
	});
	assert.ok(ledger.rows > 3000 && ledger.corrections > 100);
	const rows = google.rows('Earnings') as unknown as DataTableRow[];
	assert.equal(new Set(rows.map(({ lineId }) => lineId)).size, rows.length);
	const rejected = google.rows('Rejected').length;
	assert.deepEqual(storedFigures(rows, rejected), ledgerFigures(ledger));
}
