import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { WorkflowJson, WorkflowNode } from '../scripts/host/api/workflows.mts';
import { N8nClient } from '../scripts/host/n8nClient.mts';
import { startN8n } from '../scripts/host/n8n.mts';
import type { RunningN8n } from '../scripts/host/n8n.mts';
import { buildPackage, installPackage, packPackage } from '../scripts/host/pack.mts';
import { watchRss } from '../scripts/host/rss.mts';
import { publisherExport } from '../sandbox/dashboard/publisherExports.mts';
import type { ExportKind, PublisherExportOptions } from '../sandbox/dashboard/publisherExports.mts';
import { untilAtRest } from './reportRuns.mts';

/** One way to make the file that Mediarails imports out of exports on disk. */
export interface PublisherWay {
	name: string;
	/** Id of its workflow and path of its webhook. */
	id: string;
	/** The exports it reads. */
	kinds: readonly ExportKind[];
	/** The nodes after the one that reads the files. */
	nodes: readonly WorkflowNode[];
}

export interface PublisherRun {
	seconds: number;
	/** Highest resident memory of n8n and all it started, and the same at rest before; in MB (10^6). */
	peakMegabytes: number;
	idleMegabytes: number;
	/** Size of the files read, in MB. */
	inputMegabytes: number;
	/** Rows in the resulting file; undefined if the way does not count them. */
	rows: number | undefined;
}

/** A run that takes longer is given up. */
const patienceMs = 20 * 60_000;

/** A real n8n with the packed package in it that makes import files out of exports on its disk. */
export class PublisherRuns {
	private readonly folder: string;

	private constructor(folder: string) {
		this.folder = folder;
	}

	/** Builds and packs the package, and publishes the workflow of every way. */
	static async prepare(ways: readonly PublisherWay[]): Promise<PublisherRuns> {
		const runs = new PublisherRuns(await mkdtemp(path.join(tmpdir(), 'n8n-bench-')));
		try {
			await buildPackage();
			await installPackage(await packPackage(undefined, runs.folder), runs.folder);
			const n8n = await runs.start();
			try {
				const client = await N8nClient.login(n8n);
				for (const way of ways) {
					const { id } = await client.workflows.save(workflowOf(way, runs.exportsOf(way)));
					await client.workflows.publish(id);
				}
			} finally {
				await n8n.stop();
			}
		} catch (error) {
			await runs.close();
			throw error;
		}
		return runs;
	}

	async close(): Promise<void> {
		await rm(this.folder, { recursive: true, force: true });
	}

	/**
	 * One production execution, from the call of its webhook to the answer. n8n has just been
	 * started, has run the workflow once with a few publishers and has come to rest since. If nothing
	 * came out, returns why.
	 */
	async run(way: PublisherWay, options: PublisherExportOptions): Promise<PublisherRun | string> {
		await this.writeExports(way, { ...options, count: 50, damage: {} });
		const n8n = await this.start();
		try {
			const tried = await call(n8n, way);
			if (typeof tried === 'string') throw new Error(`${way.name} does not work: ${tried}`);
			const input = await this.writeExports(way, options);
			const watch = await watchRss(n8n.pid);
			await untilAtRest(watch);
			const idle = watch.latestBytes();
			watch.reset();
			const started = performance.now();
			const answer = await call(n8n, way);
			const seconds = (performance.now() - started) / 1000;
			const peak = await watch.stop();
			if (typeof answer === 'string') return answer;
			return {
				seconds,
				peakMegabytes: peak / 1e6,
				idleMegabytes: idle / 1e6,
				inputMegabytes: input / 1e6,
				rows: answer.rows,
			};
		} finally {
			await n8n.stop().catch(() => undefined);
		}
	}

	private async start(): Promise<RunningN8n> {
		return await startN8n({
			userFolder: this.folder,
			binaryDataMode: 'filesystem',
			env: { N8N_RESTRICT_FILE_ACCESS_TO: this.folder },
		});
	}

	private exportsOf(way: PublisherWay): string {
		return path.join(this.folder, 'exports', way.id);
	}

	/** Returns the size of the files in bytes. */
	private async writeExports(way: PublisherWay, options: PublisherExportOptions): Promise<number> {
		const folder = this.exportsOf(way);
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		let bytes = 0;
		for (const kind of way.kinds) {
			const file = createWriteStream(path.join(folder, `${kind}.csv`));
			for (const piece of publisherExport(kind, options)) {
				bytes += piece.length;
				if (!file.write(piece)) await once(file, 'drain');
			}
			file.end();
			await once(file, 'close');
		}
		return bytes;
	}
}

/**
 * What the workflow's last item says, or why there is none. Not by `fetch`, which waits only five
 * minutes for an answer.
 */
async function call({ url }: RunningN8n, way: PublisherWay): Promise<{ rows?: number } | string> {
	return await new Promise((resolve) => {
		const asked = get(`${url}/webhook/${way.id}`, { agent: false }, (answer) => {
			text(answer).then(
				(body) =>
					resolve(
						answer.statusCode === 200
							? (JSON.parse(body) as { rows?: number })
							: `n8n answered ${answer.statusCode}`,
					),
				() => resolve('n8n ended'),
			);
		});
		asked.setTimeout(patienceMs, () => {
			resolve(`nothing after ${patienceMs / 60_000} minutes`);
			asked.destroy();
		});
		asked.once('error', () => resolve('n8n ended'));
	});
}

/** Started by a webhook; its last item says how large the file is. Executions are not saved. */
function workflowOf(way: PublisherWay, folder: string): WorkflowJson {
	const chain = [
		{
			...node('Webhook', 'n8n-nodes-base.webhook', 2, {
				path: way.id,
				httpMethod: 'GET',
				responseMode: 'lastNode',
				options: {},
			}),
			webhookId: way.id,
		},
		node('Read files', 'n8n-nodes-base.readWriteFile', 1.1, {
			operation: 'read',
			fileSelector: `${folder}/*.csv`,
			options: {},
		}),
		...way.nodes,
		node('Size of the file', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: '={{ { rows: $json.rows, size: $binary.data.fileSize } }}',
			options: { includeBinary: false },
		}),
	];
	return {
		id: way.id,
		name: way.name,
		nodes: chain,
		connections: Object.fromEntries(
			chain
				.slice(0, -1)
				.map(({ name }, index) => [
					name,
					{ main: [[{ node: chain[index + 1].name, type: 'main', index: 0 }]] },
				]),
		),
		settings: {
			executionOrder: 'v1',
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'none',
			saveManualExecutions: false,
			saveExecutionProgress: false,
		},
	};
}

export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): WorkflowNode {
	const id = name.toLowerCase().replaceAll(' ', '-');
	return { id, name, type, typeVersion, position: [0, 0], parameters };
}
