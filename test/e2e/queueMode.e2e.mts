import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/sandbox.mts';
import type {
	CredentialReference,
	CredentialTestResult,
} from '../../scripts/host/api/credentials.mts';
import { N8nClient } from '../../scripts/host/n8nClient.mts';
import { startPostgres, type RunningPostgres } from '../../scripts/host/postgres.mts';
import { say, step } from '../../scripts/host/progress.mts';
import { startQueueMode, type RunningQueueMode } from '../../scripts/host/queueMode.mts';
import { startRedis, type RunningRedis } from '../../scripts/host/redis.mts';
import { CALLS, callsWorkflow } from './support/callsWorkflow.mts';
import { closers, newUserFolder } from './support/ground.mts';
import { postbackWorkflow } from './support/postbackWorkflow.mts';
import {
	CLIENT_SECRET,
	developerCredential,
	startDeveloperSandbox,
	TOKEN_MARK,
} from './support/realtime.mts';
import { until } from './support/until.mts';

const EXECUTIONS = 20;
const CALLS_EACH = 10;

/** Main, two workers, and the process for webhooks. */
const PROCESSES = 4;

/** How long every call takes, so that executions of both workers overlap. */
const ANSWER_MS = 200;

describe('In queue mode, with two workers', () => {
	let postgres: RunningPostgres;
	let redis: RunningRedis;
	let n8n: RunningQueueMode;
	let client: N8nClient;
	let sandbox: Sandbox;
	let credential: CredentialReference;

	before(async () => {
		[postgres, redis, sandbox] = await Promise.all([
			startPostgres(),
			startRedis(),
			startDeveloperSandbox(),
		]);
		closers.add('Redis', async () => await redis.stop());
		closers.add('PostgreSQL', async () => await postgres.stop());
		const userFolders = {
			main: await newUserFolder('queue-main'),
			workers: [await newUserFolder('queue-worker-1'), await newUserFolder('queue-worker-2')],
			webhooks: [await newUserFolder('queue-webhook')],
		};
		n8n = await step('Starting n8n with two workers and a webhook process', async () => {
			return await startQueueMode({
				userFolders,
				postgres: postgres.connection,
				queue: redis.connection,
				env: { N8N_LOG_LEVEL: 'debug' },
			});
		});
		closers.add('n8n in queue mode', async () => await n8n.kill9());
		client = await N8nClient.login(n8n.main);
		credential = await developerCredential(client, sandbox);
	});

	after(async () => {
		await n8n.stop();
	});

	describe(`${EXECUTIONS * CALLS_EACH} calls across an expiry, with a credential test in the middle`, () => {
		let answers: Array<{ status: number; items: unknown }>;
		let tested: CredentialTestResult;
		let requestsBefore: number;

		before(async () => {
			for (const [path, parameters] of Object.entries(CALLS)) {
				await client.workflows.save(callsWorkflow(path, parameters, credential));
				await client.workflows.publish(path);
			}
			for (const api of ['postback', 'events'] as const) {
				sandbox.addFault({ kind: 'slow', ms: ANSWER_MS, match: { api } });
			}
			// At some times of the day the account has none of the last 24 hours.
			sandbox.addSales();
			requestsBefore = sandbox.developer.tokenRequests().length;
			sandbox.clearRequests();
			await step(`Calling Rakuten from ${EXECUTIONS} executions at once`, async () => {
				const calling = Promise.all(
					Array.from({ length: EXECUTIONS }, async (_, number) => {
						const path = Object.keys(CALLS)[number % Object.keys(CALLS).length]!;
						return await callRakuten(`${n8n.main.url}/webhook/${path}`);
					}),
				);
				await until('a fifth has been answered', () => answered() > 40, { everyMs: 5 });
				sandbox.developer.expireToken();
				await until('half has been answered', () => answered() > 100, { everyMs: 5 });
				// Without the stored token n8n has to ask for one, which ends the one that all others use.
				tested = await client.credentials.test(credential.id, { accessToken: '' });
				answers = await calling;
			});
			sandbox.clearFaults();
		});

		it('all succeed', () => {
			assert.deepEqual(
				answers,
				Array.from({ length: EXECUTIONS }, () => ({ status: 200, items: CALLS_EACH })),
			);
			assert.equal(tested.status, 'OK', tested.message);
		});

		it('are spread over both workers', () => {
			for (const { logText } of n8n.workers) {
				assert.ok((logText().match(/Worker started execution/g)?.length ?? 0) > 3);
			}
		});

		it('meet tokens that are no longer valid, and ask for at most two per process', () => {
			const refused = sandbox.requests().filter(({ status }) => status === 401);
			const requested = sandbox.developer.tokenRequests().slice(requestsBefore);
			say(`  ${refused.length} calls refused, ${requested.length} requests for a token`);
			assert.ok(refused.length > 0);
			assert.ok(requested.every(({ accepted }) => accepted));
			// One at first, one after the expiry and one by the test, after which calls go on.
			assert.ok(requested.length >= 3);
			assert.ok(requested.at(-1)!.number < sandbox.requests().at(-1)!.number);
			assert.ok(requested.length <= 2 * PROCESSES, `${requested.length} tokens`);
		});

		/** Calls that were answered with data. */
		function answered(): number {
			return sandbox
				.requests()
				.filter(({ api, status, end }) => api !== 'token' && status === 200 && end === 'complete')
				.length;
		}
	});

	describe('a postback', () => {
		const ID = 'queued';

		before(async () => {
			await client.workflows.save(
				postbackWorkflow({
					id: ID,
					credential,
					parameters: { responseMode: 'lastNode' },
					behind: [A_MOMENT],
				}),
			);
			await client.workflows.publish(ID);
		});

		after(async () => {
			await client.workflows.unpublish(ID);
		});

		it('reaches a worker, whichever process takes it', async () => {
			for (const { url } of [n8n.main, ...n8n.webhooks]) {
				const records = sandbox.addSales({ count: 4 });
				const attempts = await sandbox.postbackSender.send({
					records,
					origin: url,
					timeoutMs: 60_000,
				});
				assert.deepEqual(
					attempts.map(({ failure, status }) => failure ?? status),
					[200, 200, 200, 200],
				);
			}
			assert.deepEqual(await executionsOf(ID), [{ status: 'success', number: 8 }]);
		});

		it('is refused without the key by each of them, and starts nothing', async () => {
			const registered = sandbox.developer.postback()!.url;
			const key = new URL(registered).searchParams.get('key')!;
			for (const { url } of [n8n.main, ...n8n.webhooks]) {
				const { pathname } = new URL(registered);
				for (const query of ['', '?key=', `?key=${key}x`, `?key=${key.toLowerCase()}`]) {
					assert.equal((await fetch(`${url}${pathname}${query}`)).status, 403, query);
				}
			}
			assert.deepEqual(await executionsOf(ID), [{ status: 'success', number: 8 }]);
		});

		it('leaves its key and the secrets nowhere in the database unencrypted', async () => {
			const registered = sandbox.developer.postback()!.url;
			const key = new URL(registered).searchParams.get('key')!;
			assert.deepEqual(await postgres.find(TOKEN_MARK.source), []);
			assert.deepEqual(await postgres.find(CLIENT_SECRET), []);
			assert.deepEqual(await postgres.find(key), ['workflow_entity.staticData']);
		});
	});

	/** Calls a workflow's webhook; the answer is a list with an item for each of its calls. */
	async function callRakuten(url: string): Promise<{ status: number; items: unknown }> {
		const answer = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ calls: Array.from({ length: CALLS_EACH }, (_, number) => number) }),
		});
		const text = await answer.text();
		const items: unknown = answer.ok ? (JSON.parse(text) as unknown[]).length : text;
		return { status: answer.status, items };
	}

	async function executionsOf(workflowId: string): Promise<Array<Record<string, unknown>>> {
		return await postgres.select(
			`SELECT status, count(*)::int AS number FROM execution_entity
			WHERE "workflowId" = '${workflowId}' GROUP BY status`,
		);
	}
});

/**
 * n8n itself leaves a caller without an answer when a worker is done before the process that took
 * the call has begun to wait for it.
 */
const A_MOMENT = {
	id: 'e2000000-0000-4000-8000-000000000030',
	name: 'A moment',
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	position: [220, 0],
	parameters: { amount: 1 },
};
