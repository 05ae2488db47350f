import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CredentialReference } from '../host/api/credentials.mts';
import { withCredential, type WorkflowJson } from '../host/api/workflows.mts';
import { PROJECT_FOLDER } from '../host/pack.mts';

export const NODE_TYPE = 'n8n-nodes-rakuten-advertising.rakutenAdvertising';
export const CREDENTIAL_TYPE = 'rakutenReportingApi';

/** A shipped workflow; the number is that of its file name, e.g. `01`. */
export type SampleWorkflow = WorkflowJson & { id: string };

/** The sample workflows by the number of their file, in its order, as they are shipped. */
export async function sampleWorkflows(): Promise<Map<string, SampleWorkflow>> {
	const folder = path.join(PROJECT_FOLDER, 'workflows');
	const files = (await readdir(folder)).filter((name) => /^\d\d-.*\.json$/.test(name)).sort();
	const workflows = new Map<string, SampleWorkflow>();
	for (const file of files) {
		const workflow = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as SampleWorkflow;
		if (!workflow.id) throw new Error(`workflows/${file} has no id`);
		workflows.set(file.slice(0, 2), workflow);
	}
	return workflows;
}

/** A copy in which the package's nodes use the credential. */
export function withReportingCredential(
	workflow: SampleWorkflow,
	credential: CredentialReference,
): SampleWorkflow {
	return {
		...withCredential(workflow, NODE_TYPE, CREDENTIAL_TYPE, credential),
		id: workflow.id,
	};
}

/**
 * Whether a workflow can be published with the reporting credential alone: it waits for a form, a
 * schedule or a call, and no node wants an account elsewhere, which only the user has.
 */
export function canBePublished({ nodes }: WorkflowJson): boolean {
	const active = nodes.filter(({ disabled }) => !disabled);
	return (
		active.some(({ type }) => /\.(formTrigger|scheduleTrigger|webhook)$/.test(type)) &&
		active.every(({ credentials }) =>
			Object.keys(credentials ?? {}).every((type) => type === CREDENTIAL_TYPE),
		)
	);
}

/** Path of the form that a workflow shows at an address of its own choice, below `/form/`. */
export function formPath({ nodes }: WorkflowJson): string | undefined {
	const form = nodes.find(({ type }) => type.endsWith('.formTrigger'));
	const { path } = (form?.parameters.options ?? {}) as { path?: string };
	return path;
}
