import type { DataTableColumn } from '../../../scripts/host/api/dataTables.mts';
import type { WorkflowNode } from '../../../scripts/host/api/workflows.mts';

/** What the workflows of these tests store of an event, in a table of these columns. */
export const EVENT_COLUMNS: DataTableColumn[] = [
	...['lineId', 'state', 'eventName', 'currency', 'saleAmount', 'commission'].map((name) => ({
		name,
		type: 'string' as const,
	})),
	{ name: 'possiblyRepeated', type: 'boolean' },
	{ name: 'executionId', type: 'string' },
];

const VALUES: Record<string, string> = {
	...Object.fromEntries(EVENT_COLUMNS.map(({ name }) => [name, `={{ $json.${name} }}`])),
	possiblyRepeated: '={{ $json.possiblyRepeated === true }}',
	executionId: '={{ $execution.id }}',
};

/** A Data Table node that stores each line once, however often it comes. */
export function upsertNode(table: string): WorkflowNode {
	return storeNode(table, {
		operation: 'upsert',
		matchType: 'allConditions',
		filters: {
			conditions: [{ keyName: 'lineId', condition: 'eq', keyValue: '={{ $json.lineId }}' }],
		},
	});
}

/** A Data Table node that adds a row for whatever comes, however often. */
export function insertNode(table: string): WorkflowNode {
	return storeNode(table, { operation: 'insert' });
}

function storeNode(table: string, parameters: Record<string, unknown>): WorkflowNode {
	return {
		id: 'e2000000-0000-4000-8000-000000000002',
		name: 'Store',
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1.1,
		position: [220, 0],
		parameters: {
			resource: 'row',
			dataTableId: { __rl: true, mode: 'name', value: table },
			columns: {
				mappingMode: 'defineBelow',
				value: VALUES,
				matchingColumns: [],
				schema: EVENT_COLUMNS.map(({ name, type }) => ({
					id: name,
					displayName: name,
					required: false,
					defaultMatch: false,
					display: true,
					type,
					readOnly: false,
					removed: false,
				})),
			},
			options: {},
			...parameters,
		},
	};
}
