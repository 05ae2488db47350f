import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/server.mts';
import type { CredentialReference } from '../../../scripts/host/api/credentials.mts';
import { ExecutionCounter } from '../../../scripts/host/executionCounts.mts';
import type { N8nOptions, RunningN8n } from '../../../scripts/host/n8n.mts';
import { N8nClient } from '../../../scripts/host/n8nClient.mts';
import { freePort } from '../../../scripts/host/ports.mts';
import { closers, newUserFolder, startTestedN8n } from './ground.mts';

export const DEVELOPER_CREDENTIAL = 'rakutenDeveloperApi';

/** Found nowhere by chance, so that it can be searched for. */
export const CLIENT_SECRET = 'e2e5Gq0ZrVb7TtWm3YxLk9Ja1PdHs2Uc';

/** How every access and refresh token of the sandbox begins. */
export const TOKEN_MARK = /sandbox-(?:access|refresh)-[0-9a-f]{32}/;

/**
 * An n8n that postbacks come to, and the sandbox they come from. n8n keeps its port when it is
 * started again, as the registered URL must stay the same.
 */
export interface RealtimeHouse {
	sandbox: Sandbox;
	n8n: RunningN8n;
	client: N8nClient;
	/** Of the developer portal. */
	credential: CredentialReference;
	executions: ExecutionCounter;
	/** Starts n8n again after it was ended in some way; with these settings from now on. */
	startAgain(env?: Record<string, string>): Promise<void>;
}

let house: Promise<RealtimeHouse> | undefined;

/** The house; built by the first scenario that asks for it. */
export async function theRealtimeHouse(): Promise<RealtimeHouse> {
	house ??= build();
	return await house;
}

/** A sandbox with the real day, hardly any past, and an application of its own. */
export async function startDeveloperSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const sandbox = await startSandbox({
		months: 1,
		scale: 0.2,
		requestsPerMinute: 0,
		...options,
		developer: { clientSecret: CLIENT_SECRET, ...options.developer },
	});
	closers.add('The sandbox of the developer portal', async () => await sandbox.close());
	return sandbox;
}

/** The credential for it, as a user fills it in. */
export async function developerCredential(
	client: N8nClient,
	{ url, developer }: Sandbox,
): Promise<CredentialReference> {
	return await client.credentials.create({
		name: 'Rakuten Developer Portal API',
		type: DEVELOPER_CREDENTIAL,
		data: {
			siteId: developer.siteId,
			clientId: developer.clientId,
			clientSecret: developer.clientSecret,
			baseUrl: url,
		},
	});
}

async function build(): Promise<RealtimeHouse> {
	const sandbox = await startDeveloperSandbox();
	const userFolder = await newUserFolder('realtime');
	const options: Omit<N8nOptions, 'userFolder'> = { port: await freePort() };
	const n8n = await startTestedN8n(userFolder, options);
	const client = await N8nClient.login(n8n);
	const built: RealtimeHouse = {
		sandbox,
		n8n,
		client,
		credential: await developerCredential(client, sandbox),
		executions: new ExecutionCounter(userFolder),
		async startAgain(env = options.env) {
			options.env = env;
			built.n8n = await startTestedN8n(userFolder, options);
			built.client = await N8nClient.login(built.n8n);
		},
	};
	return built;
}
