import { sampleWorkflows, type SampleWorkflow } from '../../../scripts/start/sampleWorkflows.mts';

interface Creation {
	workflow: string;
	table: string;
	columns: string[];
}

/** Nodes that create data tables, and with which columns. */
function creations({ name, nodes }: SampleWorkflow): Creation[] {
	return nodes
		.filter(({ parameters }) => parameters.resource === 'table')
		.map(({ parameters }) => {
			const { column } = parameters.columns as { column: Array<{ name: string; type: string }> };
			return {
				workflow: name,
				table: String(parameters.tableName),
				columns: column.map((each) => `${each.name} ${each.type}`).sort(),
			};
		});
}

describe('the sample workflows', () => {
	let workflows: SampleWorkflow[];

	beforeAll(async () => {
		workflows = [...(await sampleWorkflows()).values()];
	});

	it('create a table of one name with the same columns, whichever comes first', () => {
		const first = new Map<string, Creation>();
		for (const each of workflows.flatMap(creations)) {
			const other = first.get(each.table);
			if (other) expect(each.columns).toEqual(other.columns);
			else first.set(each.table, each);
		}
		expect(first.size).toBeGreaterThan(8);
	});

	it('name no table so that its name contains that of another, as n8n finds them by a part', () => {
		const tables = [...new Set(workflows.flatMap(creations).map(({ table }) => table))];
		for (const table of tables) {
			expect(tables.filter((other) => other.includes(table))).toEqual([table]);
		}
	});

	it('store fields that the tables have', () => {
		const log = workflows
			.flatMap(creations)
			.find(({ table }) => table === 'rakuten_event_log')!
			.columns.map((column) => column.split(' ')[0]);
		const fields = workflows
			.flatMap(({ nodes }) => nodes)
			.flatMap(({ parameters }) => String(parameters.includeFields ?? '').split(/,\s*/))
			.filter((field) => field !== '');
		expect(fields.length).toBeGreaterThan(40);
		for (const field of fields) expect(log).toContain(field);
	});

	it('read rows in the order of their IDs, as pages without an order may repeat and skip rows', () => {
		const reads = workflows.flatMap(({ name, nodes }) =>
			nodes
				.filter(({ type }) => type.endsWith('.dataTable'))
				.filter(({ parameters }) => parameters.operation === 'get' && parameters.returnAll === true)
				.map((node) => ({ workflow: name, node })),
		);
		expect(reads.length).toBeGreaterThan(10);
		const unordered = reads.filter(
			({ node: { parameters } }) =>
				parameters.orderBy !== true ||
				parameters.orderByColumn !== 'id' ||
				parameters.orderByDirection !== 'ASC',
		);
		expect(unordered.map(({ workflow, node }) => `${workflow}: ${node.name}`)).toEqual([]);
	});

	it('remove a stored line as a second copy only if another row has it', () => {
		const { parameters } = workflows
			.flatMap(({ nodes }) => nodes)
			.find(({ name }) => name === 'New and changed lines')!;
		const line = (id: number, lineId: string) => ({
			json: { id, lineId, processDate: '2026-01-01' },
		});
		const run = (stored: unknown[]) => {
			const nodes: Record<string, unknown> = {
				'Earnings table': { first: () => ({ json: { columns: [] } }) },
				'Get earnings': { all: () => [] },
			};
			const code = new Function('$input', '$', String(parameters.jsCode));
			return code({ all: () => stored }, (name: string) => nodes[name]) as unknown;
		};
		// n8n before July 2026 gave a row twice where it reads more than a thousand without an order.
		expect(run([line(7, 'T1'), line(8, 'T2'), line(7, 'T1')])).toEqual([]);
		expect(run([line(7, 'T1'), line(8, 'T1'), line(7, 'T1')])).toEqual([{ json: { id: 8 } }]);
	});

	it('use no node that n8n 3 does not have, and none of another package', () => {
		const gone = /\.(function|functionItem|itemLists|aiTransform)$/;
		for (const { type } of workflows.flatMap(({ nodes }) => nodes)) {
			expect(type).toMatch(/^n8n-nodes-(base|rakuten-advertising)\./);
			expect(type).not.toMatch(gone);
		}
	});

	it('explain themselves, and name no address of a machine', () => {
		for (const { name, nodes, ...workflow } of workflows) {
			const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
			expect([name, notes.length > 2]).toEqual([name, true]);
			expect(JSON.stringify({ nodes, workflow })).not.toMatch(/127\.0\.0\.1|localhost|\[::1\]/);
		}
	});
});
