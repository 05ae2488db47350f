import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunningN8n } from '../host/n8n.mts';
import { N8nClient } from '../host/n8nClient.mts';
import { say, step } from '../host/progress.mts';
import type { Sandbox } from '../../sandbox/server.mts';
import type { Closers } from './closers.mts';
import { ledgerFigures, storedFigures } from './earningsFigures.mts';
import { putPackageInto, startEditor } from './editor.mts';
import { runImport, whatTheNodeTold } from './importRun.mts';
import {
	canBePublished,
	CREDENTIAL_TYPE,
	formPath,
	sampleWorkflows,
	withReportingCredential,
	type SampleWorkflow,
} from './sampleWorkflows.mts';
import {
	importedRange,
	SECONDS_BETWEEN_REQUESTS,
	startTryingSandbox,
	whatWasMet,
} from './sandboxPlan.mts';
import type { Trial } from './verdict.mts';

export interface Tried {
	n8n: RunningN8n;
	trial: Trial;
	range: { from: string; to: string };
	/** Addresses of forms that answer from what was imported. */
	forms: string[];
}

/**
 * A new n8n with the packed package, a sandbox, the sample workflows, and the import of twelve
 * months run in it. n8n's folder is a temporary one, so a second start begins anew and several can
 * run at a time. What is started is handed to `closers`.
 */
export async function tryInSandbox(closers: Closers): Promise<Tried> {
	const userFolder = await mkdtemp(path.join(tmpdir(), 'rakuten-n8n-'));
	closers.add('The temporary folder', async () => {
		await rm(userFolder, { recursive: true, force: true });
	});
	await putPackageInto(userFolder);
	const sandbox = await startTryingSandbox();
	closers.add('The sandbox', async () => await sandbox.close());
	say(
		`  A stand-in for Rakuten answers at ${sandbox.url}: ${sandbox.limit}. So the credential waits ${SECONDS_BETWEEN_REQUESTS} s between requests instead of 12.`,
	);
	const n8n = await startEditor(userFolder, closers);
	const client = await N8nClient.login(n8n);
	const workflows = await putWorkflows(client, sandbox);
	const trial = await importAll(client, sandbox, workflows.get('01')!);
	const forms = [...workflows.values()]
		.map(formPath)
		.filter((form) => form !== undefined)
		.map((form) => `${n8n.url}/form/${form}`);
	return { n8n, trial, range: importedRange(sandbox.today()), forms };
}

/** The credential, and the sample workflows using it; those that need nothing more are published. */
async function putWorkflows(
	client: N8nClient,
	sandbox: Sandbox,
): Promise<Map<string, SampleWorkflow>> {
	const workflows = await sampleWorkflows();
	await step(`Creating the credential and ${workflows.size} workflows`, async () => {
		const credential = await client.credentials.create({
			name: 'Rakuten Reporting API (sandbox)',
			type: CREDENTIAL_TYPE,
			data: {
				reportToken: sandbox.getApiUrl(),
				siteId: '3771737',
				siteName: 'Example Site',
				secondsBetweenRequests: SECONDS_BETWEEN_REQUESTS,
				baseUrl: sandbox.url,
			},
		});
		for (const [number, workflow] of workflows) {
			const own = withReportingCredential(workflow, credential);
			await client.workflows.save(own);
			if (canBePublished(own)) await client.workflows.publish(own.id);
			workflows.set(number, own);
		}
	});
	const all = [...workflows.values()];
	const names = (list: SampleWorkflow[]) => list.map(({ name }) => name).join(', ');
	say(`  Published: ${names(all.filter(canBePublished))}.`);
	const waiting = all.filter((workflow) => !canBePublished(workflow));
	if (waiting.length > 0) say(`  Waiting for an account of yours: ${names(waiting)}.`);
	return workflows;
}

async function importAll(
	client: N8nClient,
	sandbox: Sandbox,
	workflow: SampleWorkflow,
): Promise<Trial> {
	await step(
		'Import earnings: twelve months, newest first',
		async () => await runImport(client, workflow),
		() => progressOf(sandbox),
	);
	return await step('Comparing what was stored with what the sandbox holds', async () => {
		const range = importedRange(sandbox.today());
		const rejected = await client.dataTables.count('rakuten_rejected');
		const stored = await client.dataTables.rows('rakuten_earnings');
		return {
			stored: storedFigures(stored, rejected),
			expected: ledgerFigures(sandbox.ledger.totals({ ...range, dateType: 'process' })),
			met: whatWasMet(sandbox.requests()),
			told: await whatTheNodeTold(client, workflow),
		};
	});
}

function progressOf(sandbox: Sandbox): string {
	const requests = sandbox.requests();
	const asked = new URLSearchParams(requests.at(-1)?.query).get('start_date') ?? '';
	return `${requests.length} requests, now at ${asked.replaceAll('/', '-').slice(0, 7)}`;
}
