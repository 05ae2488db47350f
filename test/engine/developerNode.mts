import type { ICredentialType, IExecuteFunctions, INodeType } from 'n8n-workflow';

import type * as DeveloperApi from '../../services/developer/developerApi';
import type { Sandbox } from '../../sandbox/server.mts';
import { executionPatience } from '../../services/patience';
import { runNode } from './harness.mts';
import type { NodeRun, NodeRunSettings } from './harness.mts';
import { StoredCredential } from './storedCredential.mts';

/** One n8n process as far as this package is concerned: a copy of its modules, with what they hold. */
export interface PackageProcess {
	developerApi: typeof DeveloperApi;
	type: ICredentialType;
	/** Tokens that this process asked for. */
	tokensAskedFor: number;
}

/** Loads a fresh copy of the package, as another worker of n8n does. */
export function startProcess(): PackageProcess {
	const process = { tokensAskedFor: 0 } as PackageProcess;
	jest.isolateModules(() => {
		process.developerApi = jest.requireActual<typeof DeveloperApi>(
			'../../services/developer/developerApi',
		);
		const { RakutenDeveloperApi } = jest.requireActual<{
			RakutenDeveloperApi: new () => ICredentialType;
		}>('../../credentials/RakutenDeveloperApi.credentials');
		process.type = new RakutenDeveloperApi();
	});
	const ask = process.type.preAuthentication!;
	process.type.preAuthentication = async function (credentials) {
		process.tokensAskedFor++;
		return await ask.call(this, credentials);
	};
	return process;
}

/** The credential of the sandbox's application, without a token yet. */
export const storedCredentialOf = (
	{ developer, url }: Sandbox,
	{
		latency = 0,
		...change
	}: { latency?: number } & Record<string, string | number | undefined> = {},
) =>
	new StoredCredential(
		{
			siteId: developer.siteId,
			clientId: developer.clientId,
			clientSecret: developer.clientSecret,
			accessToken: '',
			baseUrl: url,
			...(change as Record<string, string>),
		},
		latency,
	);

/** A node that asks the API host once for each of its items. */
export const nodeThatAsks = (
	ask: (context: IExecuteFunctions, itemIndex: number) => Promise<unknown>,
): INodeType => ({
	description: {
		displayName: 'Asks',
		name: 'asks',
		group: ['input'],
		version: 1,
		description: 'Asks the API host',
		defaults: { name: 'Asks' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'rakutenDeveloperApi', required: true }],
		properties: [],
	},
	async execute() {
		const items = [];
		for (let index = 0; index < this.getInputData().length; index++) {
			items.push({ json: { answer: (await ask(this, index)) as never } });
		}
		return [items];
	},
});

/** Runs one execution in a process; each of its items makes a request of its own. */
export async function ask(
	{ developerApi, type }: PackageProcess,
	stored: StoredCredential,
	request: Parameters<typeof DeveloperApi.askForJson>[2],
	{ items = 1, ...settings }: { items?: number } & Partial<Omit<NodeRunSettings, 'items'>> = {},
): Promise<NodeRun> {
	return await runNode({
		node: nodeThatAsks(async (context) => {
			const connection = await developerApi.developerConnection(context, executionPatience);
			return await developerApi.askForJson(context, connection, request);
		}),
		parameters: {},
		credentials: [{ type, stored }],
		items: Array.from({ length: items }, () => ({})),
		...settings,
	});
}
