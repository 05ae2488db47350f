import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CredentialReference } from '../host/api/credentials.mts';
import { withCredential, type WorkflowJson, type WorkflowNode } from '../host/api/workflows.mts';
import { PROJECT_FOLDER } from '../host/pack.mts';

export const NODE_TYPE = 'n8n-nodes-rakuten-advertising.rakutenAdvertising';
export const POSTBACK_TRIGGER_TYPE = 'n8n-nodes-rakuten-advertising.rakutenAdvertisingTrigger';
export const TRANSACTION_TRIGGER_TYPE = 'n8n-nodes-rakuten-advertising.rakutenTransactionTrigger';
const MEDIARAILS_TYPE = 'n8n-nodes-rakuten-advertising.mediarailsCsv';
export const CREDENTIAL_TYPE = 'rakutenReportingApi';
export const DEVELOPER_CREDENTIAL_TYPE = 'rakutenDeveloperApi';

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

/** A copy in which the package's action node uses the credential. */
export function withReportingCredential(
	workflow: SampleWorkflow,
	credential: CredentialReference,
): SampleWorkflow {
	return {
		...withCredential(workflow, NODE_TYPE, CREDENTIAL_TYPE, credential),
		id: workflow.id,
	};
}

/** A copy in which the package's triggers use the credential. */
export function withDeveloperCredential(
	workflow: SampleWorkflow,
	credential: CredentialReference,
): SampleWorkflow {
	const given = [POSTBACK_TRIGGER_TYPE, TRANSACTION_TRIGGER_TYPE].reduce<WorkflowJson>(
		(copy, type) => withCredential(copy, type, DEVELOPER_CREDENTIAL_TYPE, credential),
		workflow,
	);
	return { ...given, id: workflow.id };
}

/**
 * A copy whose postback trigger may register an address on this machine. It is shipped without
 * that: an address that Rakuten itself can't call should be refused.
 */
export function onThisMachine(workflow: SampleWorkflow): SampleWorkflow {
	const nodes = workflow.nodes.map((node) => {
		if (node.type !== POSTBACK_TRIGGER_TYPE) return node;
		const options = { ...(node.parameters.options as object), allowNonPublicAddress: true };
		return { ...node, parameters: { ...node.parameters, options } };
	});
	return { ...workflow, nodes };
}

/** Credentials that are there for every sample workflow. */
const OWN_CREDENTIALS = [CREDENTIAL_TYPE, DEVELOPER_CREDENTIAL_TYPE];

/** Why a workflow can't be published with the package's own credentials alone. */
export const WANTS = [
	'an account of yours',
	'an account of an advertiser',
	'an address of yours',
] as const;
export type Want = (typeof WANTS)[number];

/**
 * What only the user has and a workflow wants before it is published. Undefined for one that can be
 * published with a publisher's own credentials.
 */
export function whatItWants({ nodes }: WorkflowJson): Want | undefined {
	const active = nodes.filter(({ disabled }) => !disabled);
	const wantsAccount = active.some(({ credentials }) =>
		Object.keys(credentials ?? {}).some((type) => !OWN_CREDENTIALS.includes(type)),
	);
	if (wantsAccount) return 'an account of yours';
	const isThere = (wanted: string) => active.some(({ type }) => type === wanted);
	if (isThere(NODE_TYPE) && isThere(MEDIARAILS_TYPE)) return 'an account of an advertiser';
	return active.some(hasEmptyAddress) ? 'an address of yours' : undefined;
}

/** Settings in which the address to send to is left for the user. */
function hasEmptyAddress({ name, parameters }: WorkflowNode): boolean {
	const { assignments = [] } = (parameters.assignments ?? {}) as {
		assignments?: Array<{ name: string; value: unknown }>;
	};
	return (
		name === 'Settings' && assignments.some((each) => each.name === 'address' && each.value === '')
	);
}

/** Path of the form that a workflow shows at an address of its own choice, below `/form/`. */
export function formPath({ nodes }: WorkflowJson): string | undefined {
	const form = nodes.find(({ type }) => type.endsWith('.formTrigger'));
	const { path } = (form?.parameters.options ?? {}) as { path?: string };
	return path;
}
