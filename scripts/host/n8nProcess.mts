import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nHost } from './install.mts';
import { startOwn, type OwnProcess } from './ownProcess.mts';

const START_TIMEOUT_MS = 180_000;
export const SHUTDOWN_GRACE_SECONDS = 10;

export interface N8nProcessOptions {
	host: N8nHost;
	/** What it is, for messages, e.g. `n8n`. */
	name: string;
	/** n8n's command with its options, e.g. `['worker', '--concurrency=10']`. */
	command: string[];
	/** Made if it is not there. */
	userFolder: string;
	env: NodeJS.ProcessEnv;
	/** Appended to. */
	logFile: string;
	/** What it logs once it can be used … */
	readyLine: string;
	/** … and an address that then answers with 200. */
	readyUrl: string;
}

/** One process of n8n. It does not outlive this one. */
export interface N8nProcess {
	pid: number;
	/** Ends n8n as an administrator would (running executions get ten seconds) and waits for it. */
	stop(): Promise<void>;
	/** Ends n8n and its task runner at once, as a crash or a power cut would, and waits for it. */
	kill9(): Promise<void>;
	/** Everything logged so far in this log file. */
	logText(): string;
}

/** Starts an n8n process and waits until it can be used. Throws with the end of its log if it can't. */
export async function startN8nProcess(options: N8nProcessOptions): Promise<N8nProcess> {
	const { host, logFile, userFolder } = options;
	await mkdir(userFolder, { recursive: true });
	await mkdir(path.dirname(logFile), { recursive: true });
	const logStart = textOf(logFile).length;
	const log = openSync(logFile, 'a');
	const server = await startOwn(host.node, [host.program, ...options.command], {
		cwd: userFolder,
		env: options.env,
		output: log,
	});
	closeSync(log);
	try {
		await untilReady(server, options, () => textOf(logFile).slice(logStart));
	} catch (error) {
		server.killAll();
		throw error;
	}
	return {
		pid: server.pid,
		logText: () => textOf(logFile),
		async stop() {
			server.signal('SIGTERM');
			const timer = setTimeout(() => server.killAll(), (SHUTDOWN_GRACE_SECONDS + 15) * 1000);
			await server.ended;
			clearTimeout(timer);
			server.killAll();
		},
		async kill9() {
			server.killAll();
			await server.ended;
		},
	};
}

async function untilReady(
	server: OwnProcess,
	{ name, readyLine, readyUrl }: N8nProcessOptions,
	log: () => string,
): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	for (;;) {
		if (server.hasEnded()) {
			throw new Error(`${name} ended while starting:\n${lastLines(log())}`);
		}
		if (log().includes(readyLine) && (await answers(readyUrl))) return;
		if (Date.now() > deadline) {
			throw new Error(`${name} was not ready after three minutes:\n${lastLines(log())}`);
		}
		await sleep(200);
	}
}

async function answers(url: string): Promise<boolean> {
	try {
		return (await fetch(url)).ok;
	} catch {
		return false;
	}
}

function textOf(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

function lastLines(text: string): string {
	return text.trimEnd().split('\n').slice(-30).join('\n');
}
