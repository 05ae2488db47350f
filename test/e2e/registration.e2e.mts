import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { RegisteredPostback } from '../../sandbox/developer/registeredPostback.mts';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import { step } from '../../scripts/host/progress.mts';
import { closers } from './support/ground.mts';
import { postbackWorkflow } from './support/postbackWorkflow.mts';
import {
	developerCredential,
	startDeveloperSandbox,
	theRealtimeHouse,
} from './support/realtime.mts';
import { until } from './support/until.mts';

const ID = 'registration';

/** What another tool has registered, with a macro encoded as some tools have it. */
const TRACKER: RegisteredPostback = {
	url: 'https://t1.anytrack.io/Rk9x?sub=<u1>&value=%3Csale_amount%3E&id=<etransaction_id>',
	isActive: true,
};

describe('The postback of a site, registered by a real n8n', () => {
	after(async () => {
		const { client, sandbox } = await theRealtimeHouse();
		await client.workflows.unpublish(ID);
		sandbox.developer.setPostback(undefined);
	});

	it('is ours once the workflow is published', async () => {
		const { sandbox } = await theRealtimeHouse();
		sandbox.developer.setPostback(TRACKER);
		await publish({ ifAnotherExists: 'replaceAndRestore' });
		const { url, isActive } = await ours();
		assert.equal(isActive, true);
		for (const name of ['etransaction_id', 'sale_amount', 'commissions', 'is_event', 'u1']) {
			assert.ok(url.includes(`${name}=<${name}>`), name);
		}
		assert.deepEqual(await sendOne(), [200]);
	});

	it('stays as it is, however often the workflow is published again', async () => {
		const registered = await ours();
		for (const responseMode of ['lastNode', 'onReceived', 'lastNode', 'onReceived']) {
			await publish({ ifAnotherExists: 'replaceAndRestore', responseMode });
			assert.deepEqual(await ours(), registered);
		}
		assert.deepEqual(await sendOne(), [200]);
	});

	it('stays as it is when n8n is killed, and started while the API host is down', async () => {
		const house = await theRealtimeHouse();
		const registered = await ours();
		await house.n8n.kill9();
		const down = house.sandbox.addFault({ kind: 'reset', match: { api: 'postback' } });
		const noToken = house.sandbox.addFault({ kind: 'reset', match: { api: 'token' } });
		await house.startAgain();
		assert.deepEqual(await sendOne(), [200]);
		house.sandbox.clearFaults(down.id);
		house.sandbox.clearFaults(noToken.id);
		assert.deepEqual(await ours(), registered);
	});

	it("is the other tool's again once the workflow is no longer published", async () => {
		const { client, sandbox } = await theRealtimeHouse();
		await client.workflows.unpublish(ID);
		assert.deepEqual(sandbox.developer.postback(), TRACKER);
	});

	it('is inactive again if it was inactive before', async () => {
		const { client, sandbox } = await theRealtimeHouse();
		const inactive = { ...TRACKER, isActive: false };
		sandbox.developer.setPostback(inactive);
		await publish({ ifAnotherExists: 'replaceAndRestore' });
		assert.equal((await ours()).isActive, true);
		await client.workflows.unpublish(ID);
		assert.deepEqual(sandbox.developer.postback(), inactive);
	});

	it('is gone again if there was none before', async () => {
		const { client, sandbox } = await theRealtimeHouse();
		sandbox.developer.setPostback(undefined);
		await publish({ ifAnotherExists: 'stop' });
		await ours();
		await client.workflows.unpublish(ID);
		assert.equal(sandbox.developer.postback(), undefined);
	});

	it("is left alone if somebody else's has replaced it in the meantime", async () => {
		const { client, sandbox } = await theRealtimeHouse();
		await publish({ ifAnotherExists: 'stop' });
		sandbox.developer.setPostback(TRACKER);
		await client.workflows.unpublish(ID);
		assert.deepEqual(sandbox.developer.postback(), TRACKER);
		sandbox.developer.setPostback(undefined);
	});
});

describe('A registration that must not happen', () => {
	/** n8n tries each for a quarter of a minute, so they are tried together. */
	const refusals: Record<string, Promise<string | undefined>> = {};
	let elsewhere: Sandbox;

	before(async () => {
		const { client, credential } = await theRealtimeHouse();
		elsewhere = await startDeveloperSandbox();
		elsewhere.developer.setPostback(TRACKER);
		const otherAccount = await developerCredential(client, elsewhere);
		await publish({ ifAnotherExists: 'stop' });
		for (const workflow of [
			postbackWorkflow({ id: 'replacing', credential: otherAccount }),
			postbackWorkflow({ id: 'second', credential }),
			postbackWorkflow({
				id: 'private',
				credential: otherAccount,
				parameters: { ifAnotherExists: 'replaceAndRestore', options: {} },
			}),
		]) {
			await client.workflows.save(workflow);
			refusals[workflow.id] = client.workflows.publish(workflow.id).then(
				() => undefined,
				(error: Error) => error.message,
			);
		}
		await Promise.all(Object.values(refusals));
	});

	after(async () => {
		const { client } = await theRealtimeHouse();
		for (const id of [ID, ...Object.keys(refusals)]) await client.workflows.unpublish(id);
	});

	it("does not replace somebody else's, and tells the user what to choose", async () => {
		assert.match(
			String(await refusals.replacing),
			/Site 3771737 already sends postbacks to t1\.anytrack\.io.*'If Another Postback Exists'/,
		);
	});

	it('does not register an address that Rakuten cannot call', async () => {
		assert.match(
			String(await refusals.private),
			/Rakuten can't call this n8n.*N8N_WEBHOOK_URL.*'Allow Non-Public Address'/,
		);
	});

	it('changes nothing at Rakuten on the way', () => {
		assert.deepEqual(elsewhere.developer.postback(), TRACKER);
		const requests = elsewhere.requests().filter(({ api }) => api === 'postback');
		assert.ok(requests.length > 0, 'Rakuten was not even asked');
		assert.deepEqual(
			requests.filter(({ method }) => method !== 'GET'),
			[],
		);
	});

	it('does not take it from another workflow of the same n8n, and says so', async () => {
		assert.match(
			String(await refusals.second),
			/already sends postbacks to another workflow of this n8n/,
		);
		await ours();
		assert.deepEqual(await sendOne(), [200]);
	});
});

describe('A tracker that was registered before', () => {
	let received: URL[];
	let tracker: RegisteredPostback;

	before(async () => {
		received = [];
		const server = createServer((request, response) => {
			received.push(new URL(request.url ?? '', 'http://tracker'));
			response.end('ok');
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		closers.add('The other tracker', async () => void server.close());
		const { port } = server.address() as AddressInfo;
		tracker = {
			url: `http://127.0.0.1:${port}/Rk9x?sub=<u1>&value=%3Csale_amount%3E&id=<etransaction_id>&by=rakuten`,
			isActive: true,
		};
	});

	it('gets every postback as Rakuten would have sent it', async () => {
		const { client, sandbox, executions } = await theRealtimeHouse();
		await client.workflows.unpublish(ID);
		sandbox.developer.setPostback(tracker);
		await publish({ ifAnotherExists: 'replaceAndPassOn' });
		const records = sandbox.addSales({ count: 3, u1: 'a b&c=d/ü' });
		const newest = executions.lastId();
		const attempts = await sandbox.postbackSender.send({ records });
		assert.deepEqual(
			attempts.map(({ status }) => status),
			[200, 200, 200],
		);
		await until('all are passed on', () => received.length === records.length);
		assert.deepEqual(
			received.map(({ searchParams }) => Object.fromEntries(searchParams)).sort(byId),
			records
				.map(({ transactionId, sales }) => ({
					sub: 'a b&c=d/ü',
					value: String(Number(sales)),
					id: transactionId,
					by: 'rakuten',
				}))
				.sort(byId),
		);
		await until('all executions are over', () => executions.ended(ID, newest) === 3);
		const [latest] = await client.executions.list(ID);
		const [item] = (await client.executions.get(latest!.id)).json('Postback');
		assert.deepEqual(item!.passedOn, { to: new URL(tracker.url).host, outcome: 'underWay' });
	});

	it('is registered again afterwards, as it was', async () => {
		const { client, sandbox } = await theRealtimeHouse();
		await client.workflows.unpublish(ID);
		assert.deepEqual(sandbox.developer.postback(), tracker);
		sandbox.developer.setPostback(undefined);
	});
});

describe('Listening for a test event', () => {
	for (const [sample, state] of [
		['purchase', 'accepted'],
		['lead', 'accepted'],
		['correction', 'correction'],
	] as const) {
		it(`sends nothing to Rakuten, and outputs a marked ${sample}`, async () => {
			const { client, n8n, sandbox, credential } = await theRealtimeHouse();
			const workflow = postbackWorkflow({ id: 'listening', credential });
			await client.workflows.save(workflow);
			sandbox.developer.setPostback(TRACKER);
			sandbox.clearRequests();
			await client.executions.listen(workflow.id, { trigger: 'Postback' });
			const { webhookId } = workflow.nodes[0]!;
			const answer = await fetch(
				`${n8n.url}/webhook-test/${String(webhookId)}/postback?sample=${sample}`,
			);
			assert.equal(answer.status, 200);
			await until('the sample is there', async () => {
				const [latest] = await client.executions.list(workflow.id);
				return latest?.status === 'success';
			});
			const [latest] = await client.executions.list(workflow.id);
			const [item] = (await client.executions.get(latest!.id)).json('Postback');
			assert.equal(item!.sample, true);
			assert.equal(item!.state, state);
			assert.deepEqual(sandbox.requests(), []);
			assert.deepEqual(sandbox.developer.postback(), TRACKER);
			await client.workflows.delete(workflow.id);
			sandbox.developer.setPostback(undefined);
		});
	}

	it('sends nothing either when it ends without an event', async () => {
		const { client, sandbox, credential } = await theRealtimeHouse();
		const workflow = postbackWorkflow({ id: 'listening', credential });
		await client.workflows.save(workflow);
		sandbox.clearRequests();
		await client.executions.listen(workflow.id, { trigger: 'Postback' });
		await client.executions.stopListening(workflow.id);
		assert.deepEqual(sandbox.requests(), []);
		await client.workflows.delete(workflow.id);
	});
});

/** Saves the workflow with these settings and publishes it. */
async function publish(parameters: Record<string, unknown>): Promise<void> {
	const { client, credential } = await theRealtimeHouse();
	await client.workflows.save(postbackWorkflow({ id: ID, credential, parameters }));
	await step('Publishing', async () => await client.workflows.publish(ID));
}

/** What is registered, which must be this n8n's. */
async function ours(): Promise<RegisteredPostback> {
	const { n8n, sandbox } = await theRealtimeHouse();
	const registered = sandbox.developer.postback();
	assert.ok(registered);
	assert.ok(registered.url.startsWith(`${n8n.url}/webhook/`), 'it is not ours');
	return registered;
}

async function sendOne(): Promise<Array<number | undefined>> {
	const { sandbox } = await theRealtimeHouse();
	const attempts = await sandbox.postbackSender.send({ records: sandbox.addSales({ count: 1 }) });
	return attempts.map(({ status }) => status);
}

function byId(a: Record<string, string>, b: Record<string, string>): number {
	return a.id! < b.id! ? -1 : 1;
}
