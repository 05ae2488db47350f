import { actionNode } from '../../nodes/kit/actionNode';
import type { BatchOperation, ItemOperation, Resource } from '../../nodes/kit/operation';
import type { INodeParameters, INodeType } from 'n8n-workflow';
import { runNode } from './harness.mts';
import { runReport, useSandbox } from './reportNode.mts';

const sandbox = useSandbox({ today: '2026-04-15' });

const march = { startDate: '2026-03-01', endDate: '2026-03-31' };

/** Damages rows of March, and says how many can't be read then. */
function damageRows(): () => number {
	const match = { from: '2026-03-01', to: '2026-03-31' };
	sandbox.addFault({ kind: 'damagedRow', rows: 3, match });
	return () => sandbox.ledger.totals(match).rejectedExpected.rows;
}

const simplified = [
	'transactionDate',
	'advertiserName',
	'productName',
	'quantity',
	'saleAmount',
	'commission',
	'currency',
	'kind',
	'u1',
	'lineId',
];

const asTool = async (parameters: INodeParameters) =>
	await runReport(sandbox, parameters, { asTool: true });

describe('Report > Get, used by an AI agent', () => {
	it('returns simplified rows with their outcome', async () => {
		const { rows, error } = await asTool({ ...march });
		expect(error).toBeUndefined();
		expect(rows.length).toBeGreaterThan(3);
		expect(rows.pop()).toMatchObject({ outcome: 'summary', kept: rows.length, rejected: 0 });
		for (const row of rows) {
			expect(Object.keys(row)).toEqual(['outcome', ...simplified]);
			expect(row.outcome).toBe('kept');
		}
	});

	it('returns all fields as Raw, and the chosen ones as Selected Fields', async () => {
		const raw = await asTool({ ...march, agentOutput: 'raw' });
		expect(Object.keys(raw.rows[0]).slice(1, 11)).toEqual(simplified);
		expect(Object.keys(raw.rows[0]).length).toBeGreaterThan(15);
		const chosen = await asTool({
			...march,
			agentOutput: 'selected',
			agentFields: ['orderId', 'commission'],
		});
		expect(Object.keys(chosen.rows[0])).toEqual(['outcome', 'orderId', 'commission']);
		const byExpression = await asTool({
			...march,
			agentOutput: 'selected',
			agentFields: '={{ "u1, lineId" }}',
		});
		expect(Object.keys(byExpression.rows[0])).toEqual(['outcome', 'u1', 'lineId']);
	});

	it('gets what could not be read on the same output, as the agent sees no other', async () => {
		const damaged = damageRows();
		const run = await asTool({ ...march });
		expect(run.outputs).toHaveLength(1);
		const outcomes = run.rows.map(({ outcome }) => outcome);
		expect(outcomes.filter((outcome) => outcome === 'rejectedRow')).toHaveLength(damaged());
		expect(damaged()).toBeGreaterThan(0);
		expect(outcomes.at(-1)).toBe('summary');
	});

	it('writes no file and keeps the simple names, whatever a workflow has stored', async () => {
		const { rows, outputs } = await asTool({
			...march,
			output: 'csv',
			columnNames: 'report',
			previewOnly: true,
		});
		expect(outputs[0][0].binary).toBeUndefined();
		expect(Object.keys(rows[0])).toEqual(['outcome', ...simplified]);
	});
});

/** A node with one operation that an agent may use and one that it may not. */
function testNode(): INodeType {
	const shared = { action: 'Try', description: 'For this test', fields: [] };
	const look: ItemOperation = {
		...shared,
		name: 'Look',
		value: 'look',
		isForAgents: true,
		run: async (_context, itemIndex) => {
			if (itemIndex === 1) throw new Error("the second can't be looked at");
			return { first: [{ json: { looked: itemIndex } }] };
		},
	};
	const change: BatchOperation = {
		...shared,
		name: 'Change',
		value: 'change',
		isForAgents: false,
		runAll: async (_context, items) => ({ first: [{ json: { changed: items.length } }] }),
	};
	const thing: Resource = {
		name: 'Thing',
		value: 'thing',
		description: 'For this test',
		credentials: [],
		operations: [change, look],
		defaultOperation: look,
	};
	const made = actionNode([thing], thing);
	return {
		description: {
			displayName: 'Test',
			name: 'test',
			group: ['input'],
			version: 1,
			description: 'For this test',
			defaults: { name: 'Test' },
			...made.description,
		},
		async execute() {
			return await made.execute(this);
		},
	};
}

describe('an operation', () => {
	const run = async (operation: string, settings: object = {}) =>
		await runNode({
			node: testNode(),
			parameters: { resource: 'thing', operation },
			items: [{}, {}, {}],
			...settings,
		});

	it('that changes something is refused to an agent, even if a workflow names it', async () => {
		const { error } = await run('change', { asTool: true });
		expect(error!.message).toBe('"Change" is not available to AI agents');
		expect((await run('change')).error).toBeUndefined();
	});

	it('that takes all items runs once, and its result comes from all of them', async () => {
		const { outputs } = await run('change');
		expect(outputs[0].map(({ json }) => json)).toEqual([{ changed: 3 }]);
		expect(outputs[0][0].pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it('that takes items one by one names the item that failed, and pairs the others', async () => {
		const stopped = await run('look');
		expect(stopped.error!.message).toMatch(/second.*\[item 1\]/);
		const continued = await run('look', { onError: 'continueRegularOutput' });
		expect(continued.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(continued.outputs[0][1].json).toHaveProperty('error');
	});

	it('shows an agent in the outcome which item failed', async () => {
		const { outputs } = await run('look', { asTool: true, onError: 'continueRegularOutput' });
		const outcomes = outputs[0].map(({ json }) => json.outcome);
		expect(outcomes).toEqual(['result', 'failed', 'result']);
	});
});

it('a person gets the second output as before', async () => {
	const damaged = damageRows();
	const { rows, rejected } = await runReport(sandbox, { ...march, simplify: true });
	expect(Object.keys(rows[0])).toEqual(simplified);
	expect(rejected).toHaveLength(damaged());
	expect(damaged()).toBeGreaterThan(0);
});
