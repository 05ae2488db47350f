import type { Sandbox } from '../../../sandbox/server.mts';
import type { CredentialReference } from '../../../scripts/host/api/credentials.mts';
import type { RunningN8n } from '../../../scripts/host/n8n.mts';
import { N8nClient } from '../../../scripts/host/n8nClient.mts';
import { step } from '../../../scripts/host/progress.mts';
import { runImport } from '../../../scripts/start/importRun.mts';
import {
	CREDENTIAL_TYPE,
	sampleWorkflows,
	withDeveloperCredential,
	withReportingCredential,
	type SampleWorkflow,
} from '../../../scripts/start/sampleWorkflows.mts';
import { newUserFolder, startTestedN8n } from './ground.mts';
import { developerCredential } from './realtime.mts';
import { credentialData, theSandbox } from './sandbox.mts';

/** The tables of Import earnings that hold what was imported. */
const EARNINGS_TABLES = ['rakuten_earnings', 'rakuten_rejected', 'rakuten_import_progress'];

/**
 * The n8n that most scenarios live in, one after another: a sandbox, a credential with its whole Get
 * API URL pasted in, another for its developer portal, and the sample workflows.
 */
export interface House {
	sandbox: Sandbox;
	n8n: RunningN8n;
	client: N8nClient;
	credential: CredentialReference;
	/** The sample workflow of that number, as it is saved in this n8n. */
	workflow(number: string): SampleWorkflow;
	/** Starts n8n again after it was ended in some way. */
	startAgain(): Promise<void>;
}

let house: Promise<House> | undefined;

/** The house; built by the first scenario that asks for it. */
export async function theHouse(): Promise<House> {
	house ??= build();
	return await house;
}

/** The house with twelve months imported, which is done here unless a scenario did it before. */
export async function houseWithEarnings(): Promise<House> {
	const built = await theHouse();
	if ((await built.client.dataTables.count('rakuten_import_progress')) === 0) {
		await step('Import earnings', async () => {
			await runImport(built.client, built.workflow('01'));
		});
	}
	return built;
}

/** Forgets everything that was imported, as on the first day. */
export async function forgetEarnings({ client }: House): Promise<void> {
	for (const table of EARNINGS_TABLES) await client.dataTables.delete(table);
}

/** An n8n with the sample workflows, using one credential for the sandbox, and one for its portal. */
export async function furnish(
	n8n: RunningN8n,
	sandbox: Sandbox,
): Promise<Pick<House, 'client' | 'credential' | 'workflow'>> {
	const client = await N8nClient.login(n8n);
	const credential = await client.credentials.create({
		name: 'Rakuten Reporting API',
		type: CREDENTIAL_TYPE,
		data: credentialData(sandbox, sandbox.getApiUrl()),
	});
	const developer = await developerCredential(client, sandbox);
	const workflows = await sampleWorkflows();
	for (const [number, workflow] of workflows) {
		const own = withDeveloperCredential(withReportingCredential(workflow, credential), developer);
		await client.workflows.save(own);
		workflows.set(number, own);
	}
	return {
		client,
		credential,
		workflow(number) {
			const workflow = workflows.get(number);
			if (!workflow) throw new Error(`There is no sample workflow ${number}`);
			return workflow;
		},
	};
}

async function build(): Promise<House> {
	const sandbox = await theSandbox();
	const userFolder = await newUserFolder('house');
	const n8n = await startTestedN8n(userFolder);
	const built: House = {
		sandbox,
		n8n,
		...(await furnish(n8n, sandbox)),
		async startAgain() {
			built.n8n = await startTestedN8n(userFolder);
			built.client = await N8nClient.login(built.n8n);
		},
	};
	return built;
}
