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
import { keepConverting, runEventLog } from './eventLogRun.mts';
import { runImport, whatTheNodeTold } from './importRun.mts';
import type { LogTrial } from './logFigures.mts';
import {
	CREDENTIAL_TYPE,
	DEVELOPER_CREDENTIAL_TYPE,
	formPath,
	onThisMachine,
	sampleWorkflows,
	WANTS,
	whatItWants,
	withDeveloperCredential,
	withReportingCredential,
	type SampleWorkflow,
	type Want,
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
	log: LogTrial;
	/** Addresses of forms that answer from what was imported and logged. */
	forms: string[];
	/** Addresses of publisher exports, to be given to the form of Publishers to Mediarails. */
	exports: string[];
}

/** Published before the others, for the conversions. */
const REAL_TIME = { eventLog: '06', catchUp: '07' };

/** What the sandbox has for a workflow in addition to a publisher's account. */
const ADVERTISER: Want = 'an account of an advertiser';

/**
 * A new n8n with the packed package, a sandbox, the sample workflows, the import of twelve months
 * run in it, and conversions in real time. n8n's folder is a temporary one, so a second start begins
 * from scratch and several can run at a time. What is started is handed to `closers`.
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
	const log = await runEventLog(
		client,
		sandbox,
		workflows.get(REAL_TIME.eventLog)!,
		workflows.get(REAL_TIME.catchUp)!,
	);
	await publishOthers(client, workflows);
	keepConverting(sandbox, closers);
	const forms = [...workflows.values()]
		.map(formPath)
		.filter((form) => form !== undefined)
		.map((form) => `${n8n.url}/form/${form}`);
	const exports = ['Publisher Overview.csv', 'My Publishers.csv'].map(
		(name) => `${sandbox.controlUrl}publisher-exports/${encodeURIComponent(name)}`,
	);
	return { n8n, trial, range: importedRange(sandbox.today()), log, forms, exports };
}

/** The credentials, and the sample workflows using them. */
async function putWorkflows(
	client: N8nClient,
	sandbox: Sandbox,
): Promise<Map<string, SampleWorkflow>> {
	const workflows = await sampleWorkflows();
	await step(`Creating three credentials and ${workflows.size} workflows`, async () => {
		const reporting = await client.credentials.create(reportingCredential(sandbox));
		const advertiser = await client.credentials.create(advertiserCredential(sandbox));
		const developer = await client.credentials.create(developerCredential(sandbox));
		for (const [number, workflow] of workflows) {
			const account = whatItWants(workflow) === ADVERTISER ? advertiser : reporting;
			const own = onThisMachine(
				withDeveloperCredential(withReportingCredential(workflow, account), developer),
			);
			await client.workflows.save(own);
			workflows.set(number, own);
		}
	});
	return workflows;
}

/**
 * Publishes what needs nothing more. Not before the figures are taken: most of these start by
 * themselves in the morning, and would then be part of them.
 */
async function publishOthers(
	client: N8nClient,
	workflows: ReadonlyMap<string, SampleWorkflow>,
): Promise<void> {
	const others = [...workflows].filter(([number]) => !Object.values(REAL_TIME).includes(number));
	const wanting = (want: Want | undefined) =>
		others.map(([, workflow]) => workflow).filter((workflow) => whatItWants(workflow) === want);
	const ready = [...wanting(undefined), ...wanting(ADVERTISER)];
	await step(`Publishing ${ready.length} more workflows`, async () => {
		for (const { id } of ready) await client.workflows.publish(id);
	});
	const names = (list: SampleWorkflow[]) => list.map(({ name }) => name).join(', ');
	say(`  Published: ${names(ready)}.`);
	for (const want of WANTS.filter((each) => each !== ADVERTISER)) {
		const waiting = wanting(want);
		if (waiting.length > 0) say(`  Waiting for ${want}: ${names(waiting)}.`);
	}
}

const reportingCredential = (sandbox: Sandbox) => ({
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

const advertiserCredential = ({ url, advertiserToken }: Sandbox) => ({
	name: 'Rakuten Reporting API (sandbox, advertiser)',
	type: CREDENTIAL_TYPE,
	data: {
		reportToken: advertiserToken,
		secondsBetweenRequests: SECONDS_BETWEEN_REQUESTS,
		baseUrl: url,
	},
});

const developerCredential = ({ url, developer }: Sandbox) => ({
	name: 'Rakuten Developer Portal API (sandbox)',
	type: DEVELOPER_CREDENTIAL_TYPE,
	data: {
		siteId: developer.siteId,
		clientId: developer.clientId,
		clientSecret: developer.clientSecret,
		baseUrl: url,
	},
});

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
