import { setTimeout as sleep } from 'node:timers/promises';
import { N8nRefusal, type N8nSession } from './session.mts';
import type { CredentialReference } from './credentials.mts';

/** Triggers may ask services far away before they are started. */
const PUBLICATION_TIMEOUT_MS = 120_000;

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
	credentials?: Record<string, CredentialReference>;
	[other: string]: unknown;
}

/** A workflow as in a JSON file, and as n8n returns it. */
export interface WorkflowJson {
	id?: string;
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
	[other: string]: unknown;
}

export interface SavedWorkflow extends WorkflowJson {
	id: string;
	versionId: string;
	/** The published version, null if there is none. */
	activeVersionId: string | null;
	active: boolean;
}

interface PublicationStatus {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage?: string | null }>;
}

/** The Workflows page and the editor's Save and Publish buttons. */
export class Workflows {
	private readonly session: N8nSession;

	constructor(session: N8nSession) {
		this.session = session;
	}

	/**
	 * Saves a workflow under the id of its JSON: new if n8n has none with it, otherwise a new version of it
	 * (as a draft: what is published stays published until `publish`).
	 */
	async save(workflow: WorkflowJson): Promise<SavedWorkflow> {
		const { active, tags, shared, versionId, ...body } = workflow;
		if (body.id && (await this.exists(body.id))) {
			return await this.session.request('PATCH', `/workflows/${body.id}`, body);
		}
		return await this.session.request('POST', '/workflows', body);
	}

	async get(id: string): Promise<SavedWorkflow> {
		return await this.session.request('GET', `/workflows/${id}`);
	}

	async exists(id: string): Promise<boolean> {
		const { exists } = await this.session.request<{ exists: boolean }>(
			'GET',
			`/workflows/${id}/exists`,
		);
		return exists;
	}

	/** Without nodes. */
	async list(): Promise<Array<{ id: string; name: string; active: boolean }>> {
		const { data } = await this.session.request<{
			data: Array<{ id: string; name: string; active: boolean }>;
		}>('GET', '/workflows?take=100');
		return data;
	}

	/**
	 * The Publish button: the saved version starts listening to its triggers. n8n answers before it
	 * has done that, so it is waited for. Throws with n8n's words when a trigger could not be started.
	 */
	async publish(id: string): Promise<SavedWorkflow> {
		const { versionId } = await this.get(id);
		await this.session.request('POST', `/workflows/${id}/activate`, { versionId });
		const { status, triggers } = await this.publication(id);
		const reasons = triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
		if (status !== 'published') {
			throw new Error(`The publication of "${id}" is ${status}: ${reasons.join(' – ')}`);
		}
		return await this.get(id);
	}

	/** The triggers are deregistered when this resolves. */
	async unpublish(id: string): Promise<SavedWorkflow> {
		await this.session.request('POST', `/workflows/${id}/deactivate`, {});
		await this.publication(id);
		return await this.get(id);
	}

	/** How the newest publishing or unpublishing ended, once it has. */
	private async publication(id: string): Promise<PublicationStatus> {
		const deadline = Date.now() + PUBLICATION_TIMEOUT_MS;
		for (;;) {
			const publication = await this.session.request<PublicationStatus>(
				'GET',
				`/workflows/${id}/publication-status`,
			);
			if (publication.status !== 'in_progress') return publication;
			if (Date.now() > deadline) throw new Error(`"${id}" is still being published`);
			await sleep(50);
		}
	}

	/** Unpublishes, archives (n8n deletes only what is archived) and deletes. */
	async delete(id: string): Promise<void> {
		try {
			await this.session.request('POST', `/workflows/${id}/archive`, {});
		} catch (error) {
			const archivedAlready = error instanceof N8nRefusal && error.status === 400;
			if (!archivedAlready) throw error;
		}
		await this.session.request('DELETE', `/workflows/${id}`);
	}
}

/**
 * A copy of the workflow in which every node of the given type (or types starting with it, when it
 * ends with a dot) uses the credential, as if it had been chosen in the node.
 */
export function withCredential(
	workflow: WorkflowJson,
	nodeType: string,
	credentialType: string,
	{ id, name }: CredentialReference,
): WorkflowJson {
	const uses = (node: WorkflowNode) =>
		nodeType.endsWith('.') ? node.type.startsWith(nodeType) : node.type === nodeType;
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			uses(node)
				? { ...node, credentials: { ...node.credentials, [credentialType]: { id, name } } }
				: node,
		),
	};
}

/** A copy without pinned example data, which manual runs would use instead of running the node. */
export function withoutPinnedData(workflow: WorkflowJson): WorkflowJson {
	return { ...workflow, pinData: {} };
}
