import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { executeCli } from '../scripts/host/n8nCli.mts';
import { N8nClient } from '../scripts/host/n8nClient.mts';
import { startN8n } from '../scripts/host/n8n.mts';
import { buildPackage, installPackage, packPackage } from '../scripts/host/pack.mts';
import { treeOf } from '../scripts/host/processTree.mts';
import { watchRss } from '../scripts/host/rss.mts';
import type { RssWatch } from '../scripts/host/rss.mts';
import { startSandbox } from '../sandbox/server.mts';
import type { Sandbox } from '../sandbox/server.mts';
import { processorSeconds } from './processorTime.mts';
import { ways, workflowOf } from './reportWorkflows.mts';
import type { ReportSource, Way } from './reportWorkflows.mts';

/** What one execution took. */
export interface Run {
	seconds: number;
	/** Processor time of n8n in all its threads; undefined where the system does not tell. */
	processorSeconds?: number;
	/** Highest resident memory of n8n and all it started, and the same at rest before; in MB (10^6). */
	peakMegabytes: number;
	idleMegabytes: number;
}

const reportKey = 'signature-orders-report';
const [from, to] = ['2025-03-19', '2026-03-18'];

/** n8n has come to rest when its memory has not moved for so long, but not before so long in all. */
const quietSeconds = 8;
const shortestRestSeconds = 20;
const longestRestSeconds = 90;

/**
 * A real n8n with the packed package in it and a sandbox that streams made-up rows as fast as they
 * are taken; runs workflows in it and measures them from outside.
 */
export class ReportRuns {
	private readonly userFolder: string;
	private readonly sandbox: Sandbox;

	private constructor(userFolder: string, sandbox: Sandbox) {
		this.userFolder = userFolder;
		this.sandbox = sandbox;
	}

	/** Builds and packs the package, and publishes the workflow of every way. */
	static async prepare(): Promise<ReportRuns> {
		const userFolder = await mkdtemp(path.join(tmpdir(), 'n8n-bench-'));
		const sandbox = await startSandbox({ requestsPerMinute: 0, today: to });
		const runs = new ReportRuns(userFolder, sandbox);
		try {
			await buildPackage();
			await installPackage(await packPackage(undefined, userFolder), userFolder);
			await runs.publishWorkflows();
		} catch (error) {
			await runs.close();
			throw error;
		}
		return runs;
	}

	async close(): Promise<void> {
		await this.sandbox.close();
		await rm(this.userFolder, { recursive: true, force: true });
	}

	/**
	 * One production execution in a running n8n, from the call of its webhook to the answer. n8n has
	 * just been started, has run the workflow once with one row and has come to rest since.
	 */
	async inServer(way: Way, rows: number): Promise<Run> {
		const n8n = await startN8n({ userFolder: this.userFolder, binaryDataMode: 'filesystem' });
		try {
			await this.callWebhook(n8n.url, way, 1);
			const watch = await watchRss(n8n.pid);
			await untilAtRest(watch);
			const idle = watch.latestBytes();
			watch.reset();
			const processorBefore = processorSeconds(treeOf(n8n.pid));
			const started = performance.now();
			await this.callWebhook(n8n.url, way, rows);
			const seconds = (performance.now() - started) / 1000;
			const processorAfter = processorSeconds(treeOf(n8n.pid));
			const peak = await watch.stop();
			return {
				seconds,
				processorSeconds:
					processorBefore === undefined || processorAfter === undefined
						? undefined
						: processorAfter - processorBefore,
				peakMegabytes: peak / 1e6,
				idleMegabytes: idle / 1e6,
			};
		} finally {
			await n8n.stop();
		}
	}

	/** `n8n execute`, from the start of its process to its end. */
	async byCommand(way: Way, rows: number): Promise<Pick<Run, 'seconds' | 'peakMegabytes'>> {
		this.sandbox.changeSettings({ syntheticRows: rows });
		const run = await executeCli(
			{ userFolder: this.userFolder, binaryDataMode: 'filesystem' },
			way.id,
		);
		if (!run.succeeded) throw new Error(`${way.name} did not succeed: see ${run.outputFile}`);
		await rm(run.outputFile);
		return { seconds: run.milliseconds / 1000, peakMegabytes: run.peakRssBytes / 1e6 };
	}

	/** Throws unless the answer, the workflow's last item, shows that all rows came through. */
	private async callWebhook(url: string, way: Way, rows: number): Promise<void> {
		this.sandbox.changeSettings({ syntheticRows: rows });
		const answer = await fetch(`${url}/webhook/${way.id}`);
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${way.name} did not succeed: ${text}`);
		const item = JSON.parse(text) as Record<string, unknown>;
		const isLast = way.isFile
			? item.rows === rows
			: lastOrder(rows).includes(String(item.orderId ?? item['Order ID']));
		if (!isLast) throw new Error(`${way.name} lost rows: ${text}`);
	}

	private async publishWorkflows(): Promise<void> {
		const { sandbox, userFolder } = this;
		const n8n = await startN8n({ userFolder, binaryDataMode: 'filesystem' });
		try {
			const client = await N8nClient.login(n8n);
			const credential = await client.credentials.create({
				name: 'Rakuten Reporting API',
				type: 'rakutenReportingApi',
				data: {
					reportToken: sandbox.token,
					siteId: '',
					siteName: '',
					secondsBetweenRequests: 12,
					baseUrl: sandbox.url,
				},
			});
			const query = new URLSearchParams({
				start_date: from,
				end_date: to,
				tz: 'GMT',
				date_type: 'transaction',
				include_summary: 'N',
				token: sandbox.token,
			});
			const source: ReportSource = {
				url: `${sandbox.url}/en/reports/${reportKey}/filters?${query.toString()}`,
				reportKey,
				from,
				to,
				credential,
			};
			for (const way of ways) {
				await client.workflows.publish((await client.workflows.save(workflowOf(way, source))).id);
			}
		} finally {
			await n8n.stop();
		}
	}
}

/** The made-up rows have running order numbers, in two forms. */
const lastOrder = (rows: number) => [`${4_000_000_000 + rows - 1}`, `A,${4_000_000 + rows - 1}`];

/**
 * Waits until n8n has given back what its start took: some seconds after the last work its garbage
 * collector shrinks the memory by a third, which would otherwise hide what the next work needs.
 */
export async function untilAtRest(watch: RssWatch): Promise<void> {
	let before = 0;
	let quiet = 0;
	for (let second = 1; second <= longestRestSeconds; second++) {
		await sleep(1000);
		const now = watch.latestBytes();
		quiet = Math.abs(now - before) < 0.01 * now ? quiet + 1 : 0;
		before = now;
		if (second >= shortestRestSeconds && quiet >= quietSeconds) return;
	}
}
