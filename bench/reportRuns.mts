import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient } from '../scripts/host/n8nClient.mts';
import { startN8n } from '../scripts/host/n8n.mts';
import type { RunningN8n } from '../scripts/host/n8n.mts';
import { buildPackage, installPackage, packPackage } from '../scripts/host/pack.mts';
import { freePort } from '../scripts/host/ports.mts';
import { treeOf } from '../scripts/host/processTree.mts';
import { watchRss } from '../scripts/host/rss.mts';
import type { RssWatch } from '../scripts/host/rss.mts';
import { startSandbox } from '../sandbox/server.mts';
import type { Sandbox } from '../sandbox/server.mts';
import { liveHeapBytes } from './liveHeap.mts';
import { processorSeconds } from './processorTime.mts';
import { ways, workflowOf } from './reportWorkflows.mts';
import type { ReportSource, Way } from './reportWorkflows.mts';

/** What one execution took that writes a file, in an n8n at rest. */
export interface FileRun {
	seconds: number;
	/** Highest resident memory of n8n and all it started, and the same at rest before; in MB (10^6). */
	peakMegabytes: number;
	idleMegabytes: number;
}

/** What one execution took that makes items, until n8n held all of them. */
export interface ItemsRun {
	seconds: number;
	/** Processor time of n8n in all its threads; undefined where the system does not tell. */
	processorSeconds?: number;
	/** Live objects in n8n while it holds the items, above those before the execution. */
	bytesPerRow: number;
}

const reportKey = 'signature-orders-report';
const [from, to] = ['2025-03-19', '2026-03-18'];

/** n8n has come to rest when its memory has not moved for so long, but not before so long in all. */
const quietSeconds = 8;
const shortestRestSeconds = 20;
const longestRestSeconds = 90;

/** The runs of a way in one n8n before the one whose time counts. */
const warmUps = 2;

/**
 * A real n8n with the packed package in it and a sandbox that streams made-up rows as fast as they
 * are taken; runs workflows in it and measures them from outside.
 */
export class ReportRuns {
	private readonly userFolder: string;
	private readonly sandbox: Sandbox;
	/** Called by the workflows that make items, while n8n holds them. */
	private readonly held: Server;

	private constructor(userFolder: string, sandbox: Sandbox, held: Server) {
		this.userFolder = userFolder;
		this.sandbox = sandbox;
		this.held = held;
	}

	/** Builds and packs the package, and publishes the workflow of every way. */
	static async prepare(): Promise<ReportRuns> {
		const userFolder = await mkdtemp(path.join(tmpdir(), 'n8n-bench-'));
		const sandbox = await startSandbox({ requestsPerMinute: 0, today: to });
		const held = createServer().listen(0, '127.0.0.1');
		await once(held, 'listening');
		const runs = new ReportRuns(userFolder, sandbox, held);
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
		this.held.close();
		this.held.closeAllConnections();
		await this.sandbox.close();
		await rm(this.userFolder, { recursive: true, force: true });
	}

	/**
	 * One production execution that writes a file, from the call of its webhook to the answer. n8n has
	 * just been started, has run the workflow once with one row and has come to rest since.
	 */
	async toFile(way: Way, rows: number): Promise<FileRun> {
		const n8n = await this.start();
		try {
			await this.fileRows(n8n, way, 1);
			const watch = await watchRss(n8n.pid);
			await untilAtRest(watch);
			const idle = watch.latestBytes();
			watch.reset();
			const started = performance.now();
			const written = await this.fileRows(n8n, way, rows);
			const seconds = (performance.now() - started) / 1000;
			const peak = await watch.stop();
			if (written !== rows) throw new Error(`${way.name} wrote ${written} of ${rows} rows`);
			return { seconds, peakMegabytes: peak / 1e6, idleMegabytes: idle / 1e6 };
		} finally {
			await n8n.stop();
		}
	}

	/**
	 * The ways in turn in one n8n: what the third, warm run of each took, and what a fourth kept alive.
	 * They are different runs because a forced garbage collection slows down what follows: it leaves
	 * V8 with the smallest space for new objects.
	 */
	async toItems(ways: readonly Way[], rows: number): Promise<Map<Way, ItemsRun>> {
		const inspector = await freePort();
		const n8n = await this.start({ NODE_OPTIONS: `--inspect=127.0.0.1:${inspector}` });
		const eachWay = async <T,>(take: (way: Way) => Promise<T>): Promise<Map<Way, T>> => {
			const taken = new Map<Way, T>();
			for (const way of ways) taken.set(way, await take(way));
			return taken;
		};
		const timed = async (way: Way) => {
			await this.releaseItems(n8n, way);
			return await this.untilHeld(n8n, way, rows, async () => undefined);
		};
		try {
			for (let pass = 0; pass < warmUps; pass++) await eachWay(timed);
			const times = await eachWay(timed);
			const live = await eachWay(async (way) => await this.liveBytes(n8n, inspector, way, rows));
			return new Map(
				ways.map((way) => [way, { ...times.get(way)!, bytesPerRow: live.get(way)! / rows }]),
			);
		} finally {
			await n8n.stop();
		}
	}

	/** n8n keeps an execution's items until the next, now and then until the one after it. */
	private async releaseItems(n8n: RunningN8n, way: Way): Promise<void> {
		for (let runs = 0; runs < 2; runs++) {
			await this.untilHeld(n8n, way, 1, async () => undefined);
		}
	}

	/** What the items keep alive. */
	private async liveBytes(
		n8n: RunningN8n,
		inspector: number,
		way: Way,
		rows: number,
	): Promise<number> {
		await this.releaseItems(n8n, way);
		const before = await liveHeapBytes(inspector);
		let held = 0;
		await this.untilHeld(n8n, way, rows, async () => {
			held = await liveHeapBytes(inspector);
		});
		return held - before;
	}

	/** One execution that makes items: how long until n8n holds them all, when `look` is called. */
	private async untilHeld(
		n8n: RunningN8n,
		way: Way,
		rows: number,
		look: () => Promise<void>,
	): Promise<Omit<ItemsRun, 'bytesPerRow'>> {
		this.sandbox.changeSettings({ syntheticRows: rows });
		const processorBefore = processorSeconds(treeOf(n8n.pid));
		const started = performance.now();
		const called = once(this.held, 'request') as Promise<[IncomingMessage, ServerResponse]>;
		const ended = callWebhook(n8n, way);
		const [, response] = await Promise.race([
			called,
			ended.then((item) => {
				throw new Error(`${way.name} made no items: ${JSON.stringify(item)}`);
			}),
		]);
		const seconds = (performance.now() - started) / 1000;
		const processorAfter = processorSeconds(treeOf(n8n.pid));
		await look();
		response.end('{}');
		const last = await ended;
		if ((last.u1 ?? last['Member ID (U1)']) !== lastU1(rows)) {
			throw new Error(`${way.name} lost rows: its last is ${JSON.stringify(last)}`);
		}
		return {
			seconds,
			...(processorBefore !== undefined &&
				processorAfter !== undefined && { processorSeconds: processorAfter - processorBefore }),
		};
	}

	/** How many rows the file has, by the workflow's last item. */
	private async fileRows(n8n: RunningN8n, way: Way, rows: number): Promise<unknown> {
		this.sandbox.changeSettings({ syntheticRows: rows });
		return (await callWebhook(n8n, way)).rows;
	}

	private async start(env: Record<string, string> = {}): Promise<RunningN8n> {
		return await startN8n({ userFolder: this.userFolder, binaryDataMode: 'filesystem', env });
	}

	private async publishWorkflows(): Promise<void> {
		const { sandbox } = this;
		const n8n = await this.start();
		try {
			const client = await N8nClient.login(n8n);
			const credential = await client.credentials.create({
				name: 'Rakuten Reporting API',
				type: 'rakutenReportingApi',
				data: {
					reportToken: sandbox.token,
					siteId: '',
					siteName: '',
					secondsBetweenRequests: 0,
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
				heldUrl: `http://127.0.0.1:${(this.held.address() as AddressInfo).port}`,
			};
			for (const way of ways) {
				await client.workflows.publish((await client.workflows.save(workflowOf(way, source))).id);
			}
		} finally {
			await n8n.stop();
		}
	}
}

/** One production execution; returns its last item. */
async function callWebhook({ url }: RunningN8n, way: Way): Promise<Record<string, unknown>> {
	const answer = await fetch(`${url}/webhook/${way.id}`);
	const text = await answer.text();
	if (!answer.ok) throw new Error(`${way.name} did not succeed: ${text}`);
	return JSON.parse(text) as Record<string, unknown>;
}

/** The made-up rows are numbered in their `u1`. */
const lastU1 = (rows: number) => `click-${(rows - 1).toString(36)}-label`;

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
