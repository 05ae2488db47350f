import { setTimeout as sleep } from 'node:timers/promises';
import type { House } from './house.mts';

const PATIENCE_MS = 15_000;

/**
 * Publishes a workflow with a form and waits until the form is there: n8n says it is published a
 * moment before it listens.
 * @returns the form's address
 */
export async function publishForm(
	{ client, n8n }: Pick<House, 'client' | 'n8n'>,
	workflowId: string,
	path: string,
): Promise<string> {
	await client.workflows.publish(workflowId);
	const address = `${n8n.url}/form/${path}`;
	const deadline = Date.now() + PATIENCE_MS;
	while ((await fetch(address, { redirect: 'manual' })).status === 404) {
		if (Date.now() > deadline) throw new Error(`There is no form at ${address}`);
		await sleep(100);
	}
	return address;
}
