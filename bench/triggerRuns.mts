import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ExecutionCounter } from '../scripts/host/executionCounts.mts';
import { N8nClient } from '../scripts/host/n8nClient.mts';
import { startN8n } from '../scripts/host/n8n.mts';
import type { RunningN8n } from '../scripts/host/n8n.mts';
import { buildPackage, installPackage, packPackage } from '../scripts/host/pack.mts';
import { treeOf } from '../scripts/host/processTree.mts';
import { POSTBACK_TRIGGER_TYPE, sampleWorkflows } from '../scripts/start/sampleWorkflows.mts';
import { startSandbox } from '../sandbox/server.mts';
import type { Sandbox } from '../sandbox/server.mts';
import { processorSeconds } from './processorTime.mts';
import { transactionQuery, triggerWorkflows } from './triggerContenders.mts';
import type { TriggerContender } from './triggerContenders.mts';
import { hammer, sustainedRate, untilEnded } from './webhookLoad.mts';

/** When the trigger answers: at once, or after the last node. */
export type AnswerMode = 'onReceived' | 'lastNode';

/** What a turn of one contender took. */
export interface TriggerRun {
	/** Until the last answer, or the end of the last execution, whichever is later. */
	perSecond: number;
	/** Until the answer of each request. */
	milliseconds: number[];
	/** Processor time of n8n in all its threads for each request; undefined without /proc. */
	processorMilliseconds?: number;
}

const connections = 10;

/** Between two turns, for what n8n does after an execution. */
const restMilliseconds = 500;

/** A running n8n with the packed package in it, and a sandbox that its trigger is registered at. */
export class TriggerRuns {
	private readonly userFolder: string;
	private readonly sandbox: Sandbox;
	private readonly n8n: RunningN8n;
	private readonly client: N8nClient;
	private readonly executions: ExecutionCounter;

	private constructor(
		userFolder: string,
		sandbox: Sandbox,
		n8n: RunningN8n,
		client: N8nClient,
		executions: ExecutionCounter,
	) {
		this.userFolder = userFolder;
		this.sandbox = sandbox;
		this.n8n = n8n;
		this.client = client;
		this.executions = executions;
	}

	/**
	 * Builds and packs the package, and publishes the workflow of every contender.
	 *
	 * @param env settings of n8n
	 */
	static async prepare(env: Record<string, string> = {}): Promise<TriggerRuns> {
		const userFolder = await mkdtemp(path.join(tmpdir(), 'n8n-bench-'));
		await buildPackage();
		await installPackage(await packPackage(undefined, userFolder), userFolder);
		const sandbox = await startSandbox({ months: 1, requestsPerMinute: 0 });
		const n8n = await startN8n({ userFolder, env });
		const client = await N8nClient.login(n8n);
		const executions = new ExecutionCounter(userFolder);
		const runs = new TriggerRuns(userFolder, sandbox, n8n, client, executions);
		try {
			await runs.publishContenders();
		} catch (error) {
			await runs.close();
			throw error;
		}
		return runs;
	}

	async close(): Promise<void> {
		this.executions.close();
		await this.n8n.stop();
		await this.sandbox.close();
		await rm(this.userFolder, { recursive: true, force: true });
	}

	/**
	 * One turn of a contender. Throws when a request is answered with a status other than its own.
	 */
	async hammer({ id, status, target }: TriggerContender, requests: number): Promise<TriggerRun> {
		await sleep(restMilliseconds);
		const registered = this.sandbox.developer.postback()!.url;
		const newest = this.executions.lastId();
		const processorBefore = this.processor();
		const started = performance.now();
		const { milliseconds } = await hammer(this.n8n.url + target(registered), {
			requests,
			connections,
			status,
		});
		const expected = status === 200 ? requests : 0;
		await untilEnded(() => this.executions.ended(id, newest), expected);
		const seconds = (performance.now() - started) / 1000;
		const processorAfter = this.processor();
		if (this.executions.ended(id, newest) !== expected) throw new Error(`${id} ran when refused`);
		return {
			perSecond: requests / seconds,
			milliseconds,
			...(processorBefore !== undefined &&
				processorAfter !== undefined && {
					processorMilliseconds: ((processorAfter - processorBefore) * 1000) / requests,
				}),
		};
	}

	/** The rate at which the sample workflow *Postback event log* stores events and n8n keeps up. */
	async store(mode: AnswerMode, hits: number): Promise<number> {
		const { id, url } = await this.publishEventLog(mode);
		return await sustainedRate(
			hits,
			async (requests) => await hammer(url, { requests, connections, status: 200 }),
			() => this.executions.ended(id),
		);
	}

	private processor(): number | undefined {
		return processorSeconds(treeOf(this.n8n.pid));
	}

	private async publishContenders(): Promise<void> {
		const { client, sandbox } = this;
		const developer = await client.credentials.create({
			name: 'Rakuten Developer Portal API',
			type: 'rakutenDeveloperApi',
			data: {
				siteId: sandbox.developer.siteId,
				clientId: sandbox.developer.clientId,
				clientSecret: sandbox.developer.clientSecret,
				baseUrl: sandbox.url,
			},
		});
		const headerAuth = await client.credentials.create({
			name: 'Header Auth',
			type: 'httpHeaderAuth',
			data: { name: 'x-key', value: 'k'.repeat(43) },
		});
		for (const workflow of triggerWorkflows(developer, headerAuth)) {
			await client.workflows.save(workflow);
			await client.workflows.publish(workflow.id);
		}
	}

	/** With its URL made by hand, because the site's one postback is the contender's. */
	private async publishEventLog(mode: AnswerMode): Promise<{ id: string; url: string }> {
		const log = (await sampleWorkflows()).get('06')!;
		const trigger = log.nodes.find(({ type }) => type === POSTBACK_TRIGGER_TYPE)!;
		const key = 'benchmark-of-the-log';
		const webhookId = 'be000000-0000-4000-9000-000000000006';
		const { credentials: _, ...byHand } = { ...trigger, webhookId };
		byHand.parameters = {
			...trigger.parameters,
			registration: 'manual',
			key,
			responseMode: mode,
			options: { ...(trigger.parameters.options as object), allowNonPublicAddress: true },
		};
		const nodes = log.nodes.map((node) => (node === trigger ? byHand : node));
		await this.client.workflows.save({ ...log, nodes });
		await this.client.workflows.publish(log.id);
		const path = `/webhook/${webhookId}/postback/${key}`;
		return { id: log.id, url: `${this.n8n.url}${path}?${transactionQuery}` };
	}
}
