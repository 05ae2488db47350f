import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WorkflowJson } from './api/workflows.mts';
import { run } from './command.mts';
import { n8nEnvironment, type N8nSettings } from './environment.mts';
import { installN8n } from './install.mts';
import { startOwn } from './ownProcess.mts';
import { freePort } from './ports.mts';
import { watchRss } from './rss.mts';

/** A credential as `n8n import:credentials` takes it: with its data in clear. */
export interface ImportedCredential {
	id: string;
	name: string;
	type: string;
	data: Record<string, unknown>;
}

export interface CliExecution {
	/** Whether the execution ended well. */
	succeeded: boolean;
	/** From the start of the process to its end, n8n's own start included. */
	milliseconds: number;
	/** Highest resident memory of n8n and everything it started, sampled every 50 ms. */
	peakRssBytes: number;
	/** What the command wrote to stdout (the execution as JSON) and stderr. */
	outputFile: string;
}

/** Puts workflows and credentials into n8n's database by its commands, without a running server. */
export async function importByCli(
	settings: N8nSettings,
	content: { workflows?: WorkflowJson[]; credentials?: ImportedCredential[] },
): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), 'n8n-import-'));
	try {
		for (const [kind, list] of [
			['credentials', content.credentials],
			['workflow', content.workflows],
		] as const) {
			if (!list?.length) continue;
			const file = path.join(folder, `${kind}.json`);
			await writeFile(file, JSON.stringify(list), { mode: 0o600 });
			await runCommand(settings, [`import:${kind}`, `--input=${file}`]);
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function runCommand(settings: N8nSettings, args: string[]): Promise<void> {
	const host = await installN8n();
	await mkdir(settings.userFolder, { recursive: true });
	await run(host.node, [host.program, ...args], {
		cwd: settings.userFolder,
		env: n8nEnvironment({ ...settings, env: await withBrokerPort(settings) }),
	});
}

/**
 * `n8n execute --id=<id>`: one execution in a process of its own, measured from outside. The workflow
 * must have been imported. Nodes that need the server (Data Tables) don't work this way.
 */
export async function executeCli(
	settings: N8nSettings,
	workflowId: string,
	outputFile = path.join(settings.userFolder, `execute-${workflowId}.log`),
): Promise<CliExecution> {
	const host = await installN8n();
	const env = n8nEnvironment({ ...settings, env: await withBrokerPort(settings) });
	const output = openSync(outputFile, 'w');
	const started = performance.now();
	const execution = await startOwn(host.node, [host.program, 'execute', `--id=${workflowId}`], {
		cwd: settings.userFolder,
		env,
		output,
	});
	closeSync(output);
	const watch = await watchRss(execution.pid);
	const code = await execution.ended;
	const milliseconds = performance.now() - started;
	const peakRssBytes = await watch.stop();
	const said = (await readFile(outputFile)).includes('Execution was successful');
	return { succeeded: code === 0 && said, milliseconds, peakRssBytes, outputFile };
}

async function withBrokerPort(settings: N8nSettings): Promise<Record<string, string>> {
	return { N8N_RUNNERS_BROKER_PORT: String(await freePort()), ...settings.env };
}
