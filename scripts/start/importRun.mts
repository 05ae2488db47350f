import type { Execution } from '../host/api/execution.mts';
import type { N8nClient } from '../host/n8nClient.mts';
import { NODE_TYPE, type SampleWorkflow } from './sampleWorkflows.mts';

/** The trigger of Import earnings that starts the import without its form. */
const TRIGGER = 'Import without preview';

/** The index of the node's output Summary. */
const SUMMARY = 2;

/** What the node reported about its work, over all parts of an import. */
export interface Told {
	requests: number;
	retries: number;
	halved: number;
	read: number;
	kept: number;
	rejected: number;
}

/** Runs Import earnings to its end, as its manual trigger does. */
export async function runImport(
	client: N8nClient,
	workflow: SampleWorkflow,
	timeoutMs?: number,
): Promise<Execution> {
	const execution = await client.executions.run(workflow.id, { trigger: TRIGGER, timeoutMs });
	return execution.assertSucceeded();
}

/**
 * Adds up the node's summary items of all executions of a workflow that n8n still has; the import
 * reads each month in an execution of its own.
 */
export async function whatTheNodeTold(client: N8nClient, workflow: SampleWorkflow): Promise<Told> {
	const own = workflow.nodes.filter(({ type }) => type === NODE_TYPE).map(({ name }) => name);
	const told: Told = { requests: 0, retries: 0, halved: 0, read: 0, kept: 0, rejected: 0 };
	for (const { id } of await client.executions.list(workflow.id)) {
		const execution = await client.executions.get(id);
		for (const summary of own.flatMap((node) => execution.json(node, SUMMARY))) {
			for (const name of Object.keys(told) as Array<keyof Told>) {
				told[name] += Number(summary[name]);
			}
		}
	}
	return told;
}
