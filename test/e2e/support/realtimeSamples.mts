import type { WorkflowNode } from '../../../scripts/host/api/workflows.mts';
import {
	onThisMachine,
	sampleWorkflows,
	TRANSACTION_TRIGGER_TYPE,
	withDeveloperCredential,
	type SampleWorkflow,
} from '../../../scripts/start/sampleWorkflows.mts';
import type { RealtimeHouse } from './realtime.mts';

/**
 * Saves a sample workflow as it is shipped, its triggers using the house's credential, the postback
 * trigger allowed to register an address on this machine.
 *
 * @param change what the test's user changes in it
 */
export async function saveSample(
	{ client, credential }: Pick<RealtimeHouse, 'client' | 'credential'>,
	number: string,
	change: (workflow: SampleWorkflow) => SampleWorkflow = (workflow) => workflow,
): Promise<SampleWorkflow> {
	const shipped = (await sampleWorkflows()).get(number)!;
	const own = change(onThisMachine(withDeveloperCredential(shipped, credential)));
	await client.workflows.save(own);
	return own;
}

/** A copy in which one node is changed. Throws if there is no node of that name. */
export function withNode(
	workflow: SampleWorkflow,
	name: string,
	change: (node: WorkflowNode) => WorkflowNode,
): SampleWorkflow {
	if (!workflow.nodes.some((node) => node.name === name)) throw new Error(`No node "${name}"`);
	const nodes = workflow.nodes.map((node) => (node.name === name ? change(node) : node));
	return { ...workflow, nodes };
}

/** A copy that polls every minute, which is the least n8n has, and begins with what is new. */
export function pollingEveryMinute(workflow: SampleWorkflow): SampleWorkflow {
	const nodes = workflow.nodes.map((node) => {
		if (node.type !== TRANSACTION_TRIGGER_TYPE) return node;
		const pollTimes = { item: [{ mode: 'everyMinute' }] };
		return { ...node, parameters: { ...node.parameters, pollTimes, startFrom: 'now' } };
	});
	return { ...workflow, nodes };
}
