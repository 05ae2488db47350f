import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { n8nEnvironment, type N8nSettings } from './environment.mts';
import { installN8n, type N8nHost } from './install.mts';
import { startOwn, type OwnProcess } from './ownProcess.mts';
import { freePort } from './ports.mts';

/** What n8n logs once it answers and its published workflows are listening. */
const READY_LINE = 'Editor is now accessible via';
const START_TIMEOUT_MS = 180_000;
const SHUTDOWN_GRACE_SECONDS = 10;

export interface N8nOptions extends N8nSettings {
	/** Default: any free port. */
	port?: number;
	/** Default: `<userFolder>/n8n.log`, appended to. Nothing of it is shown. */
	logFile?: string;
	/** The owner's password. Default: a new random one, also for a folder that was used before. */
	password?: string;
}

export interface RunningN8n {
	/** e.g. `http://localhost:5678`, without a slash at the end. */
	url: string;
	port: number;
	pid: number;
	email: string;
	password: string;
	userFolder: string;
	/** Ends n8n as an administrator would (running executions get ten seconds) and waits for it. */
	stop(): Promise<void>;
	/** Ends n8n and its task runner at once, as a crash or a power cut would, and waits for it. */
	kill9(): Promise<void>;
	/** Everything logged so far in this log file. */
	logText(): string;
}

/**
 * Starts a real n8n on loopback with an owner account and waits until it can be used. The same
 * `userFolder` can be started again later and then has its workflows, tables and executions.
 * n8n does not outlive this process. Throws with the end of the log if it does not come up.
 *
 * @example
 * const n8n = await startN8n({ userFolder: await mkdtemp('/tmp/n8n-') });
 * const client = await N8nClient.login(n8n);
 * …
 * await n8n.stop();
 */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	const host = await installN8n();
	const userFolder = path.resolve(options.userFolder);
	const port = options.port ?? (await freePort());
	const email = 'owner@example.com';
	const password = options.password ?? newPassword();
	const logFile = options.logFile ?? path.join(userFolder, 'n8n.log');
	await mkdir(userFolder, { recursive: true });
	const env = n8nEnvironment({
		...options,
		userFolder,
		env: {
			...serverSettings(port, await freePort()),
			...ownerSettings(host, email, password),
			...options.env,
		},
	});
	const logStart = textOf(logFile).length;
	const log = openSync(logFile, 'a');
	const server = await startOwn(host.node, [host.program, 'start'], {
		cwd: userFolder,
		env,
		output: log,
	});
	closeSync(log);
	const url = `http://localhost:${port}`;
	const newLog = () => textOf(logFile).slice(logStart);
	try {
		await untilReady(server, url, newLog);
	} catch (error) {
		server.killAll();
		throw error;
	}
	return {
		url,
		port,
		pid: server.pid,
		email,
		password,
		userFolder,
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

function newPassword(): string {
	// n8n asks for eight characters with a digit and a capital letter.
	return `Aa1${randomBytes(12).toString('base64url')}`;
}

function serverSettings(port: number, brokerPort: number): Record<string, string> {
	return {
		N8N_HOST: 'localhost',
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: String(SHUTDOWN_GRACE_SECONDS),
	};
}

/** n8n takes its owner account from the environment; the password as a bcrypt hash. */
function ownerSettings(host: N8nHost, email: string, password: string): Record<string, string> {
	const bcrypt = createRequire(host.program)('bcryptjs') as {
		hashSync(text: string, rounds: number): string;
	};
	return {
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: email,
		N8N_INSTANCE_OWNER_FIRST_NAME: 'Owner',
		N8N_INSTANCE_OWNER_LAST_NAME: 'Example',
		N8N_INSTANCE_OWNER_PASSWORD_HASH: bcrypt.hashSync(password, 10),
	};
}

async function untilReady(server: OwnProcess, url: string, log: () => string): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	for (;;) {
		if (server.hasEnded()) {
			throw new Error(`n8n ended while starting:\n${lastLines(log())}`);
		}
		if (log().includes(READY_LINE) && (await answers(`${url}/healthz/readiness`))) return;
		if (Date.now() > deadline) {
			throw new Error(`n8n was not ready after three minutes:\n${lastLines(log())}`);
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
