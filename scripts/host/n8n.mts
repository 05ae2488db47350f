import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { n8nEnvironment, type N8nSettings } from './environment.mts';
import { installN8n, type N8nHost } from './install.mts';
import { SHUTDOWN_GRACE_SECONDS, startN8nProcess, type N8nProcess } from './n8nProcess.mts';
import { freePort } from './ports.mts';

/** What n8n logs once it answers and its published workflows are listening. */
const READY_LINE = 'Editor is now accessible via';

export interface N8nOptions extends N8nSettings {
	/** Default: any free port. */
	port?: number;
	/** Default: `<userFolder>/n8n.log`, appended to. None of it is shown. */
	logFile?: string;
	/** The owner's password. Default: a new random one, also for a folder that was used before. */
	password?: string;
}

export interface RunningN8n extends N8nProcess {
	/** e.g. `http://localhost:5678`, without a slash at the end. */
	url: string;
	port: number;
	email: string;
	password: string;
	userFolder: string;
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
	const url = `http://localhost:${port}`;
	const server = await startN8nProcess({
		host,
		name: 'n8n',
		command: ['start'],
		userFolder,
		env: n8nEnvironment({
			...options,
			userFolder,
			env: {
				...serverSettings(port, await freePort()),
				...ownerSettings(host, email, password),
				...options.env,
			},
		}),
		logFile: options.logFile ?? path.join(userFolder, 'n8n.log'),
		readyLine: READY_LINE,
		readyUrl: `${url}/healthz/readiness`,
	});
	return { ...server, url, port, email, password, userFolder };
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
