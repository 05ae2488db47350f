import type { CredentialReference } from '../../../scripts/host/api/credentials.mts';
import type { WorkflowJson, WorkflowNode } from '../../../scripts/host/api/workflows.mts';
import { DEVELOPER_CREDENTIAL } from './realtime.mts';

export const TRIGGER = 'n8n-nodes-rakuten-advertising.rakutenAdvertisingTrigger';

export interface PostbackWorkflowOptions {
	id: string;
	credential: CredentialReference;
	/** Fields of the trigger in addition to those that every test sets. */
	parameters?: Record<string, unknown>;
	/** Nodes after the trigger; both outputs lead to the first. */
	behind?: WorkflowNode[];
}

/** A workflow with the postback trigger, for an n8n and a sandbox on loopback. */
export function postbackWorkflow(options: PostbackWorkflowOptions): WorkflowJson & { id: string } {
	const { id, credential, parameters = {}, behind = [] } = options;
	const [first] = behind;
	const toFirst = first ? [{ node: first.name, type: 'main', index: 0 }] : [];
	return {
		id,
		name: `Postbacks ${id}`,
		nodes: [
			{
				id: 'e2000000-0000-4000-8000-000000000001',
				name: 'Postback',
				type: TRIGGER,
				typeVersion: 1.1,
				position: [0, 0],
				webhookId: webhookIdOf(id),
				parameters: { options: { allowNonPublicAddress: true }, ...parameters },
				credentials: { [DEVELOPER_CREDENTIAL]: credential },
			},
			...behind,
		],
		connections: {
			Postback: { main: [toFirst, toFirst] },
			...Object.fromEntries(
				behind
					.slice(1)
					.map((node, index) => [
						behind[index]!.name,
						{ main: [[{ node: node.name, type: 'main', index: 0 }]] },
					]),
			),
		},
		settings: { executionOrder: 'v1' },
	};
}

/** Another UUID for every workflow: n8n listens under it. */
function webhookIdOf(id: string): string {
	return `e2000000-0000-4000-9000-${Buffer.from(id.slice(0, 6).padEnd(6)).toString('hex')}`;
}
