import type { CredentialReference } from '../../../scripts/host/api/credentials.mts';
import type { WorkflowJson } from '../../../scripts/host/api/workflows.mts';
import { DEVELOPER_CREDENTIAL } from './realtime.mts';

/** Fields of the node for one request each for an item, by the workflow's id. */
export const CALLS: Record<string, Record<string, unknown>> = {
	'calls-postback': { resource: 'postback', operation: 'get' },
	'calls-events': {
		resource: 'transaction',
		operation: 'getMany',
		simplify: false,
		timeRange: 'last24Hours',
		limit: 1,
	},
};

/** A webhook whose call makes ten items, for each of which Rakuten is asked. */
export function callsWorkflow(
	path: string,
	parameters: Record<string, unknown>,
	credential: CredentialReference,
): WorkflowJson {
	const node = (number: number, name: string, rest: Record<string, unknown>) => ({
		id: `e2000000-0000-4000-8000-00000000002${number}`,
		name,
		position: [number * 200, 0],
		typeVersion: 1,
		type: '',
		parameters: {},
		...rest,
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		id: path,
		name: path,
		nodes: [
			node(0, 'Webhook', {
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2.1,
				webhookId: `e2000000-0000-4000-9000-${Buffer.from(path.slice(6, 12)).toString('hex')}`,
				parameters: {
					path,
					httpMethod: 'POST',
					responseMode: 'lastNode',
					responseData: 'allEntries',
				},
			}),
			node(1, 'Calls', {
				type: 'n8n-nodes-base.splitOut',
				parameters: { fieldToSplitOut: 'body.calls', options: {} },
			}),
			node(2, 'Rakuten', {
				type: 'n8n-nodes-rakuten-advertising.rakutenAdvertising',
				parameters,
				credentials: { [DEVELOPER_CREDENTIAL]: credential },
			}),
		],
		connections: { Webhook: to('Calls'), Calls: to('Rakuten') },
		settings: { executionOrder: 'v1' },
	};
}
