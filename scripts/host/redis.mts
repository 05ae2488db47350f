import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from './command.mts';
import type { RedisConnection } from './environment.mts';
import { startOwn } from './ownProcess.mts';
import { freePort } from './ports.mts';

const START_TIMEOUT_MS = 15_000;

export interface RunningRedis {
	connection: RedisConnection;
	pid: number;
	/** Ends the server and removes its data. */
	stop(): Promise<void>;
}

/**
 * Starts a Redis of our own on loopback, on a spare port, with a password nobody else knows; it keeps
 * everything in memory. It does not outlive this process.
 */
export async function startRedis(): Promise<RunningRedis> {
	const folder = await mkdtemp(path.join(tmpdir(), 'redis-'));
	const logFile = path.join(folder, 'redis.log');
	const password = randomBytes(18).toString('base64url');
	const port = await freePort();
	// In a file: the command line of a process can be read by everybody.
	const configuration = path.join(folder, 'redis.conf');
	const settings = [
		`port ${port}`,
		'bind 127.0.0.1',
		`requirepass ${password}`,
		`dir ${folder}`,
		'save ""',
		'appendonly no',
	];
	await writeFile(configuration, `${settings.join('\n')}\n`, { mode: 0o600 });
	const log = openSync(logFile, 'a');
	const server = await startOwn('redis-server', [configuration], {
		cwd: folder,
		env: childEnvironment(),
		output: log,
	}).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'ENOENT') throw error;
		throw new Error('Redis is not installed here. Install it: sudo apt-get install redis-server');
	});
	closeSync(log);
	const connection = { host: '127.0.0.1', port, password };
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await answers(connection))) {
		if (server.hasEnded() || Date.now() > deadline) {
			server.killAll();
			throw new Error(`Redis did not start:\n${readFileSync(logFile, 'utf8')}`);
		}
		await sleep(50);
	}
	return {
		connection,
		pid: server.pid,
		async stop() {
			server.signal('SIGTERM');
			await server.ended;
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Whether it takes the password and answers a ping. */
async function answers({ host, port, password }: RedisConnection): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, host);
		let said = '';
		const done = (result: boolean) => {
			socket.destroy();
			resolve(result);
		};
		socket.setTimeout(1_000, () => done(false));
		socket.once('error', () => done(false));
		socket.once('end', () => done(false));
		socket.once('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
		socket.on('data', (chunk) => {
			said += chunk.toString('latin1');
			if (said.includes('+PONG')) done(true);
		});
	});
}
