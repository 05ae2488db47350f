import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { n8nEnvironment, type N8nSettings } from './environment.mts';
import { installN8n, type N8nHost } from './install.mts';
import { startN8n, type RunningN8n } from './n8n.mts';
import { SHUTDOWN_GRACE_SECONDS, startN8nProcess, type N8nProcess } from './n8nProcess.mts';
import { freePort } from './ports.mts';

const CONCURRENCY = 10;

/** What all processes have in common; `postgres` and `queue` are needed. */
type QueueModeSettings = Required<Pick<N8nSettings, 'postgres' | 'queue'>> &
	Omit<N8nSettings, 'userFolder'>;

export interface QueueModeOptions extends QueueModeSettings {
	/** A folder for each process, as if each had a machine of its own. All need the package in it. */
	userFolders: { main: string; workers: string[]; webhooks?: string[] };
}

/** A process beside the main one. */
export interface SecondProcess extends N8nProcess {
	userFolder: string;
	/** Of a webhook process: where it answers as the main one does, e.g. `http://localhost:5679`. */
	url: string;
}

export interface RunningQueueMode {
	/** The editor, webhooks and pollers. */
	main: RunningN8n;
	/** Where executions run. */
	workers: SecondProcess[];
	/** Production webhooks only. */
	webhooks: SecondProcess[];
	/** Ends all of them as an administrator would. */
	stop(): Promise<void>;
	/** Ends all of them at once. */
	kill9(): Promise<void>;
}

/**
 * Starts n8n in queue mode: a main process that puts executions into the queue, workers that take
 * them, and webhook processes if wanted, all on loopback and with one encryption key. They don't
 * outlive this process.
 */
export async function startQueueMode(options: QueueModeOptions): Promise<RunningQueueMode> {
	const { userFolders, ...settings } = options;
	const host = await installN8n();
	const main = await startN8n({ ...settings, userFolder: userFolders.main });
	const processes: N8nProcess[] = [main];
	const each = async (end: (one: N8nProcess) => Promise<void>) => {
		await Promise.all(processes.map(end));
	};
	try {
		const encryptionKey = await encryptionKeyOf(userFolders.main);
		const shared = { ...settings, env: { N8N_ENCRYPTION_KEY: encryptionKey, ...settings.env } };
		const startAll = async (kind: SecondKind, folders: string[]) =>
			await Promise.allSettled(
				folders.map(async (userFolder) => {
					const second = await startSecond(host, kind, { ...shared, userFolder });
					processes.push(second);
					return second;
				}),
			);
		const [workers, webhooks] = await Promise.all([
			startAll(worker, userFolders.workers),
			startAll(webhook, userFolders.webhooks ?? []),
		]);
		return {
			main,
			workers: workers.map(valueOf),
			webhooks: webhooks.map(valueOf),
			stop: async () => await each(async (one) => await one.stop()),
			kill9: async () => await each(async (one) => await one.kill9()),
		};
	} catch (error) {
		await each(async (one) => await one.kill9());
		throw error;
	}
}

interface SecondKind {
	name: string;
	command: string[];
	/** What it logs once it can be used. */
	readyLine: string;
	env: (port: number) => Record<string, string>;
}

const worker: SecondKind = {
	name: 'The n8n worker',
	command: ['worker', `--concurrency=${CONCURRENCY}`],
	readyLine: 'n8n worker is now ready',
	env: (port) => ({
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
	}),
};

const webhook: SecondKind = {
	name: 'The n8n webhook process',
	command: ['webhook'],
	readyLine: 'Webhook listener waiting for requests',
	env: (port) => ({
		N8N_HOST: 'localhost',
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
	}),
};

async function startSecond(
	host: N8nHost,
	kind: SecondKind,
	settings: N8nSettings,
): Promise<SecondProcess> {
	const { userFolder } = settings;
	const port = await freePort();
	const url = `http://localhost:${port}`;
	const started = await startN8nProcess({
		host,
		name: kind.name,
		command: kind.command,
		userFolder,
		env: n8nEnvironment({
			...settings,
			env: {
				N8N_RUNNERS_BROKER_PORT: String(await freePort()),
				N8N_GRACEFUL_SHUTDOWN_TIMEOUT: String(SHUTDOWN_GRACE_SECONDS),
				...kind.env(port),
				...settings.env,
			},
		}),
		logFile: path.join(userFolder, 'n8n.log'),
		readyLine: kind.readyLine,
		readyUrl: `http://127.0.0.1:${port}/healthz/readiness`,
	});
	return { ...started, userFolder, url };
}

/** n8n made it up at its first start and keeps it in its settings. */
async function encryptionKeyOf(userFolder: string): Promise<string> {
	const settings = await readFile(path.join(userFolder, '.n8n', 'config'), 'utf8');
	return (JSON.parse(settings) as { encryptionKey: string }).encryptionKey;
}

function valueOf<T>(outcome: PromiseSettledResult<T>): T {
	if (outcome.status === 'rejected') throw outcome.reason;
	return outcome.value;
}
