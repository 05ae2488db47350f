import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment, run, tryRun } from './command.mts';
import type { PostgresConnection } from './environment.mts';
import { startOwn } from './ownProcess.mts';
import { freePort } from './ports.mts';

const START_TIMEOUT_MS = 30_000;
const DEBIAN_FOLDER = '/usr/lib/postgresql';

export interface RunningPostgres {
	/** As n8n's own database, and as the fields of its Postgres credential. */
	connection: PostgresConnection;
	pid: number;
	/** Rows of a SELECT as objects; numeric columns come as JSON numbers unless cast to text. */
	select(sql: string): Promise<Array<Record<string, unknown>>>;
	/**
	 * Where a text, or what a regular expression matches, is stored unencrypted: `table.column` of every
	 * table, by name.
	 */
	find(pattern: string): Promise<string[]>;
	/** Statements without a result. */
	execute(sql: string): Promise<void>;
	/** Ends the server and removes its data. */
	stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL of our own on loopback, on a spare port, with its data in a temporary folder and
 * a password nobody else knows. PostgreSQL refuses to run as root, so there it runs as the system's
 * `postgres` user. It does not outlive this process.
 */
export async function startPostgres(): Promise<RunningPostgres> {
	const bin = postgresPrograms();
	const folder = await mkdtemp(path.join(tmpdir(), 'postgres-'));
	const user = process.getuid?.() === 0 ? systemUser('postgres') : undefined;
	if (user) chownSync(folder, user.uid, user.gid);
	const password = randomBytes(18).toString('base64url');
	const data = path.join(folder, 'data');
	const logFile = path.join(folder, 'postgres.log');
	const port = await freePort();

	const passwordFile = path.join(folder, 'password');
	await writeFile(passwordFile, password, { mode: 0o600 });
	if (user) chownSync(passwordFile, user.uid, user.gid);
	await run(
		path.join(bin, 'initdb'),
		// prettier-ignore
		['-D', data, '-U', 'n8n', '--pwfile', passwordFile, '--auth', 'scram-sha-256', '-E', 'UTF8', '--no-sync'],
		{ cwd: folder, user },
	);
	await rm(passwordFile);

	const log = openSync(logFile, 'a');
	const server = await startOwn(
		path.join(bin, 'postgres'),
		// prettier-ignore
		['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`, '-c', 'fsync=off'],
		{ cwd: folder, env: childEnvironment(), output: log, user },
	);
	closeSync(log);

	const connection = { host: '127.0.0.1', port, user: 'n8n', password, database: 'postgres' };
	const psql = async (sql: string) =>
		await run(path.join(bin, 'psql'), psqlArguments(connection, sql), {
			env: { PATH: process.env.PATH, PGPASSWORD: password },
		});
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await answers(bin, connection))) {
		if (server.hasEnded() || Date.now() > deadline) {
			server.killAll();
			throw new Error(`PostgreSQL did not start:\n${readFileSync(logFile, 'utf8')}`);
		}
		await sleep(100);
	}
	const select = async (sql: string) => {
		const json = await psql(`SELECT coalesce(json_agg(t), '[]') FROM (${sql}) t`);
		return JSON.parse(json) as Array<Record<string, unknown>>;
	};
	return {
		connection,
		pid: server.pid,
		select,
		find: async (pattern) => await findIn(select, pattern),
		async execute(sql) {
			await psql(sql);
		},
		async stop() {
			// "Fast": open transactions are rolled back and clients disconnected.
			server.signal('SIGINT');
			await server.ended;
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** Every column is searched as text, files (bytea) as the characters that they hold. */
async function findIn(select: RunningPostgres['select'], pattern: string): Promise<string[]> {
	const columns = await select(`
		SELECT table_name, column_name, data_type FROM information_schema.columns
		WHERE table_schema = 'public' AND data_type NOT IN ('integer', 'bigint', 'boolean')
		ORDER BY table_name, column_name`);
	const searches = columns.map(({ table_name: table, column_name: column, data_type: type }) => {
		const text = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
		return `SELECT '${table}.${column}' AS place WHERE EXISTS
			(SELECT FROM "${table}" WHERE ${text} ~ '${pattern.replaceAll("'", "''")}')`;
	});
	const places: string[] = [];
	// A command line has its limit.
	const atOnce = 100;
	for (let at = 0; at < searches.length; at += atOnce) {
		const found = await select(searches.slice(at, at + atOnce).join(' UNION ALL '));
		places.push(...found.map(({ place }) => String(place)));
	}
	return places.sort();
}

/** Folder of the newest PostgreSQL server programs on this machine. */
function postgresPrograms(): string {
	const versions = existsSync(DEBIAN_FOLDER)
		? readdirSync(DEBIAN_FOLDER).sort((a, b) => Number(b) - Number(a))
		: [];
	const folders = [
		...versions.map((version) => path.join(DEBIAN_FOLDER, version, 'bin')),
		...(process.env.PATH ?? '').split(path.delimiter),
	];
	const found = folders.find((folder) =>
		['initdb', 'postgres', 'psql'].every((program) => existsSync(path.join(folder, program))),
	);
	if (!found) {
		throw new Error(
			'PostgreSQL is not installed here. Install it: sudo apt-get install postgresql',
		);
	}
	return found;
}

function systemUser(name: string): { uid: number; gid: number } {
	const line = readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.find((entry) => entry.startsWith(`${name}:`));
	if (!line) throw new Error(`There is no user "${name}" to run PostgreSQL as (root must not)`);
	const [, , uid, gid] = line.split(':');
	return { uid: Number(uid), gid: Number(gid) };
}

function psqlArguments(connection: PostgresConnection, sql: string): string[] {
	const { host, port, user, database } = connection;
	// prettier-ignore
	return ['-h', host, '-p', String(port), '-U', user, '-d', database, '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c', sql];
}

async function answers(bin: string, { host, port }: PostgresConnection): Promise<boolean> {
	const { code } = await tryRun(path.join(bin, 'pg_isready'), [
		'-q',
		'-h',
		host,
		'-p',
		String(port),
	]);
	return code === 0;
}
