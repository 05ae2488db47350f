import type { CredentialReference } from '../../../scripts/host/api/credentials.mts';
import type { WorkflowJson } from '../../../scripts/host/api/workflows.mts';
import { DEVELOPER_CREDENTIAL } from './realtime.mts';
import { insertNode } from './storeNodes.mts';

/** These tests have it poll by publishing it, and by starting n8n. */
const ONCE_A_YEAR = { item: [{ mode: 'custom', cronExpression: '0 0 1 1 *' }] };

/** A workflow that polls the Events API and adds a row for each line that comes. */
export function pollerWorkflow(
	id: string,
	credential: CredentialReference,
	table: string,
): WorkflowJson & { id: string } {
	return {
		id,
		name: `New lines ${id}`,
		nodes: [
			{
				id: 'e2000000-0000-4000-8000-000000000003',
				name: 'New lines',
				type: 'n8n-nodes-rakuten-advertising.rakutenTransactionTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: { pollTimes: ONCE_A_YEAR, source: 'events', startFrom: 'now' },
				credentials: { [DEVELOPER_CREDENTIAL]: credential },
			},
			insertNode(table),
		],
		connections: { 'New lines': { main: [[{ node: 'Store', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
