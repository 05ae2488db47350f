import type { ICredentialDataDecryptedObject, IHookFunctions, IPollFunctions } from 'n8n-workflow';

import { RakutenDeveloperApi } from '../../credentials/RakutenDeveloperApi.credentials';
import { RakutenReportingApi } from '../../credentials/RakutenReportingApi.credentials';
import { MediarailsCsv } from '../../nodes/MediarailsCsv/MediarailsCsv.node';
import { RakutenAdvertising } from '../../nodes/RakutenAdvertising/RakutenAdvertising.node';
import { RakutenAdvertisingTrigger } from '../../nodes/RakutenAdvertisingTrigger/RakutenAdvertisingTrigger.node';
import { RakutenTransactionTrigger } from '../../nodes/RakutenTransactionTrigger/RakutenTransactionTrigger.node';
import { secretTexts } from '../unit/secrets/secretSamples.mts';
import { otherContexts, prepareEngine, runNode } from './harness.mts';
import { StoredCredential } from './storedCredential.mts';

beforeAll(prepareEngine);

/** A credential whose reading ends in an error that n8n, or whatever it is made of, has written. */
class BrokenCredential extends StoredCredential {
	constructor(private readonly text: string) {
		super({});
	}

	override async read(): Promise<ICredentialDataDecryptedObject> {
		throw Object.assign(new Error(this.text), { config: { headers: this.text } });
	}
}

const credentialsThatSay = (text: string) => [
	{ type: new RakutenDeveloperApi(), stored: new BrokenCredential(text) },
	{ type: new RakutenReportingApi(), stored: new BrokenCredential(text) },
];

async function messageOf(run: () => Promise<unknown>): Promise<string> {
	try {
		await run();
	} catch (error) {
		const { message, description, stack } = error as Error & { description?: string };
		return `${message} ${description} ${stack} ${JSON.stringify(error)}`;
	}
	throw new Error('nothing was thrown');
}

describe.each(secretTexts)('an error from elsewhere with %s', (_kind, text, secret) => {
	it.each([
		['report', 'get'],
		['transaction', 'getMany'],
		['postback', 'get'],
	])('shows nothing of it in %s > %s', async (resource, operation) => {
		const { error, everything } = await runNode({
			node: new RakutenAdvertising(),
			parameters: { resource, operation },
			credentials: credentialsThatSay(text),
		});
		expect(error!.message).toContain('***');
		expect(everything).not.toContain(secret);
	});

	it('shows nothing of it when a trigger is published or polls', async () => {
		const settings = { parameters: {}, credentials: credentialsThatSay(text) };
		const webhook = new RakutenAdvertisingTrigger();
		const { hook } = otherContexts({ ...settings, node: webhook });
		const active = { getWorkflow: { value: () => ({ active: true, id: 'x', name: 'x' }) } };
		const context = Object.create(hook, {
			...active,
			getNodeWebhookUrl: { value: () => 'https://n8n.example/webhook/1/postback' },
		}) as IHookFunctions;
		const published = await messageOf(
			async () => await webhook.webhookMethods.default.create.call(context),
		);
		expect(published).toContain('***');
		expect(published).not.toContain(secret);
		const polling = new RakutenTransactionTrigger();
		const { poll } = otherContexts({ ...settings, node: polling });
		const polled = await messageOf(async () => await polling.poll.call(poll as IPollFunctions));
		expect(polled).toContain('***');
		expect(polled).not.toContain(secret);
	});

	it('shows nothing of it in Mediarails CSV', async () => {
		const node = new MediarailsCsv();
		const { error, everything } = await runNode({
			node,
			parameters: { brand: `={{ (() => { throw new Error(${JSON.stringify(text)}) })() }}` },
		});
		expect(error).toBeDefined();
		expect(error!.message).not.toContain(secret);
		expect(everything.length).toBeGreaterThan(0);
	});

	it('shows nothing of it while a credential asks for a token', async () => {
		const fields = {
			siteId: '3771737',
			clientId: 'a-client-of-ours',
			clientSecret: 'a-secret-000',
		};
		const helpers = {
			httpRequest: async () => {
				throw Object.assign(new Error(text), { config: { headers: text } });
			},
		};
		const asked = await messageOf(
			async () =>
				await new RakutenDeveloperApi().preAuthentication.call({ helpers } as never, {
					...fields,
					baseUrl: 'https://api.example',
				}),
		);
		expect(asked).toContain('***');
		expect(asked).not.toContain(secret);
	});
});
