import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { untilEnded } from '../../bench/webhookLoad.mts';
import { step } from '../../scripts/host/progress.mts';
import { hostileHits, type HostileHit } from './support/hostileHits.mts';
import { countBy } from '../../scripts/start/countBy.mts';
import { postbackWorkflow } from './support/postbackWorkflow.mts';
import { sendRaw } from './support/rawRequest.mts';
import { theRealtimeHouse } from './support/realtime.mts';

const ID = 'hostile';
const COUNT = 1000;
const AT_ONCE = 10;
const SEED = 7;

/** n8n's own webhook, to show what n8n itself cannot handle. */
const PLAIN = 'plain';

describe(`${COUNT} hostile requests to the production URL`, () => {
	const answers: Array<HostileHit & { status: number | undefined }> = [];
	let newest: number;

	before(async () => {
		const { client, credential, executions } = await theRealtimeHouse();
		await client.workflows.save(
			postbackWorkflow({
				id: ID,
				credential,
				parameters: {
					options: { allowNonPublicAddress: true, includeRawValues: true },
				},
			}),
		);
		await client.workflows.publish(ID);
		await client.workflows.save({
			id: PLAIN,
			name: 'Plain webhook',
			nodes: ['GET', 'POST'].map((httpMethod, index) => ({
				id: `e2000000-0000-4000-8000-00000000001${index}`,
				name: httpMethod,
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2.1,
				position: [0, index * 200],
				webhookId: `e2000000-0000-4000-9000-00000000001${index}`,
				parameters: { path: PLAIN, httpMethod, options: {} },
			})),
			connections: {},
			settings: { executionOrder: 'v1' },
		});
		await client.workflows.publish(PLAIN);
		newest = executions.lastId();
	});

	after(async () => {
		const { client } = await theRealtimeHouse();
		await client.workflows.unpublish(ID);
		await client.workflows.unpublish(PLAIN);
	});

	it('are all answered, by the same n8n', async () => {
		const { n8n, sandbox } = await theRealtimeHouse();
		const registered = new URL(sandbox.developer.postback()!.url);
		const key = registered.searchParams.get('key')!;
		const hits = hostileHits(COUNT, SEED, registered.pathname, key);
		await step(`Sending ${COUNT} hostile requests`, async () => {
			let next = 0;
			const one = async () => {
				while (next < hits.length) {
					const hit = hits[next++]!;
					answers.push({ ...hit, status: await sendRaw(n8n.port, hit.request) });
				}
			};
			await Promise.all(Array.from({ length: AT_ONCE }, one));
		});
		assert.deepEqual(
			answers.filter(({ status }) => status === undefined).map(({ what }) => what),
			[],
		);
		assert.ok((await fetch(`${n8n.url}/healthz/readiness`)).ok);
		process.kill(n8n.pid, 0);
	});

	it('are refused without the key', () => {
		const unkeyed = answers.filter(({ isKeyed }) => !isKeyed);
		assert.ok(unkeyed.length > COUNT / 2);
		const taken = unkeyed.filter(
			({ status, request }) => status! < 400 && request.method !== 'OPTIONS',
		);
		assert.deepEqual(taken, []);
		assert.ok((countBy(unkeyed, ({ status }) => String(status))[403] ?? 0) > COUNT / 3);
	});

	it('are accepted with it, or refused by n8n', () => {
		const keyed = answers.filter(({ isKeyed }) => isKeyed);
		const taken = keyed.filter(({ status }) => status === 200);
		assert.ok(taken.length > COUNT / 10);
		assert.deepEqual(
			keyed.filter(({ status }) => status === 403),
			[],
		);
	});

	it("cause no server error, unless n8n's own webhook has it as well", async () => {
		const { n8n } = await theRealtimeHouse();
		for (const { request, what, status } of answers) {
			if (status! < 500) continue;
			const [, query = ''] = request.target.split(/\?(.*)/s);
			const target = `/webhook/${PLAIN}?${query}`;
			const plain = await sendRaw(n8n.port, { ...request, target });
			assert.ok(plain! >= 500, `${status} for ${what}, where n8n's own webhook says ${plain}`);
		}
	});

	it('start an execution only when they are accepted, and each of these succeeds', async () => {
		const { executions } = await theRealtimeHouse();
		const taken = answers.filter(({ isKeyed, status }) => isKeyed && status === 200).length;
		await untilEnded(() => executions.ended(ID, newest), taken);
		assert.deepEqual(executions.counts(ID, newest), { success: taken });
	});

	it('change no prototype: a postback afterwards comes through as usual', async () => {
		const { client, sandbox } = await theRealtimeHouse();
		const [record] = sandbox.addSales({ count: 1, u1: '' });
		const [attempt] = await sandbox.postbackSender.send({ records: [record!] });
		assert.equal(attempt!.status, 200);
		const [latest] = await client.executions.list(ID);
		const execution = await client.executions.wait(ID, latest!.id);
		const [item] = execution.json('Postback');
		assert.equal(item!.lineId, record!.transactionId);
		assert.equal(item!.state, 'unattributed');
	});
});
