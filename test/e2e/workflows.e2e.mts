import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
	onThisMachine,
	sampleWorkflows,
	type SampleWorkflow,
} from '../../scripts/start/sampleWorkflows.mts';
import { theHouse } from './support/house.mts';

const SPREADSHEET = 'https://docs.google.com/spreadsheets/d/1anything/edit#gid=0';

describe('Every sample workflow', () => {
	it('is imported as it is shipped', async () => {
		const { client } = await theHouse();
		const shipped = await sampleWorkflows();
		const numbers = [...shipped.keys()];
		assert.ok(numbers.length >= 9);
		assert.deepEqual(
			numbers,
			numbers.map((_, index) => String(index + 1).padStart(2, '0')),
		);
		for (const workflow of shipped.values()) {
			const saved = await client.workflows.get(workflow.id);
			assert.deepEqual(saved.connections, workflow.connections);
			assert.deepEqual(
				saved.nodes.map(({ name, type, parameters }) => ({ name, type, parameters })),
				workflow.nodes.map(({ name, type, parameters }) => ({ name, type, parameters })),
			);
		}
	});

	it('consists of nodes that this n8n knows', async () => {
		const { client } = await theHouse();
		for (const { name, nodes } of (await sampleWorkflows()).values()) {
			const wanted = nodes.map(({ type, typeVersion }) => ({ name: type, version: typeVersion }));
			const known = await client.session.request<Array<{ name: string }>>('POST', '/node-types', {
				nodeInfos: wanted,
			});
			assert.deepEqual(
				known.map((type) => type.name),
				wanted.map((type) => type.name.split('.').at(-1)),
				name,
			);
		}
	});

	it('can be published, its spreadsheet being filled in', async () => {
		const { client, workflow } = await theHouse();
		for (const number of (await sampleWorkflows()).keys()) {
			const own = workflow(number);
			await client.workflows.save(withSpreadsheet(onThisMachine(own)));
			const published = await client.workflows.publish(own.id);
			assert.equal(published.active, true);
			assert.equal(published.activeVersionId, published.versionId);
			await client.workflows.unpublish(own.id);
			await client.workflows.save(own);
		}
	});
});

/** A copy in which nodes that want a spreadsheet have one. */
function withSpreadsheet(workflow: SampleWorkflow): SampleWorkflow {
	const nodes = workflow.nodes.map((node) => {
		const { value } = (node.parameters.documentId ?? {}) as { value?: string };
		if (value !== '') return node;
		const documentId = { __rl: true, mode: 'url', value: SPREADSHEET };
		return { ...node, parameters: { ...node.parameters, documentId } };
	});
	return { ...workflow, nodes };
}
