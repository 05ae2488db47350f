import type { CredentialReference } from '../host/api/credentials.mts';
import { cacheFolder } from '../host/cache.mts';
import { withLock } from '../host/lock.mts';
import { N8nClient } from '../host/n8nClient.mts';
import { step } from '../host/progress.mts';
import type { Closers } from './closers.mts';
import { accessTo, putPackageInto, startEditor } from './editor.mts';
import {
	CREDENTIAL_TYPE,
	DEVELOPER_CREDENTIAL_TYPE,
	sampleWorkflows,
	withDeveloperCredential,
	withReportingCredential,
} from './sampleWorkflows.mts';

const FOLDER = cacheFolder('live');

/**
 * `--live`: an n8n that is kept, with empty credentials and the sample workflows for somebody with
 * a Rakuten account. Nothing is run or published, and what is there from an earlier start stays as
 * it is, changes to the workflows included.
 *
 * @param work what to do while n8n is up; it ends with it
 */
export async function startForOwnAccount(
	closers: Closers,
	work: (text: string) => Promise<void>,
): Promise<void> {
	const refuse = (pid: string | undefined) => {
		throw new Error(`npm start -- --live is running already (process ${pid ?? 'unknown'}).`);
	};
	await withLock(
		`${FOLDER}.lock`,
		async () => {
			await putPackageInto(FOLDER);
			const n8n = await startEditor(FOLDER, closers);
			await step('Seeing to the credentials and the workflows', async () => {
				await addWhatIsMissing(await N8nClient.login(n8n));
			});
			await work(`${accessTo(n8n)}\n\n${NEXT_STEPS}`);
		},
		refuse,
	);
}

const NEXT_STEPS = `1. Credentials > Rakuten Reporting API: paste the Get API URL of your saved report, and save.
2. Workflows > Rakuten 01: Import earnings > Execute workflow from "Preview, then import".
3. Publish the workflow when the import is as it should be; then it runs every morning while n8n runs.
For conversions as they happen: fill in the credential Rakuten Developer Portal API, and publish
"Rakuten 07: Catch up". (Rakuten itself can't call this machine, as "Rakuten 06" wants.)
Everything is kept in ${FOLDER}`;

async function addWhatIsMissing(client: N8nClient): Promise<void> {
	const reporting = await credentialOf(client, CREDENTIAL_TYPE, 'Rakuten Reporting API');
	const developer = await credentialOf(
		client,
		DEVELOPER_CREDENTIAL_TYPE,
		'Rakuten Developer Portal API',
	);
	for (const workflow of (await sampleWorkflows()).values()) {
		if (await client.workflows.exists(workflow.id)) continue;
		await client.workflows.save(
			withDeveloperCredential(withReportingCredential(workflow, reporting), developer),
		);
	}
}

/** The one that is there, or a new and empty one. */
async function credentialOf(
	client: N8nClient,
	type: string,
	name: string,
): Promise<CredentialReference> {
	const present = (await client.credentials.list()).find((each) => each.type === type);
	return present ?? (await client.credentials.create({ name, type, data: {} }));
}
