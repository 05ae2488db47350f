import { childEnvironment } from './command.mts';

/** Where n8n keeps the files of items. `default` is memory, inside the execution's data. */
export type BinaryDataMode = 'filesystem' | 'database' | 'default';

/** A PostgreSQL database for n8n's own data, instead of SQLite. */
export interface PostgresConnection {
	host: string;
	port: number;
	user: string;
	password: string;
	database: string;
}

/** A Redis for the queue between n8n's processes. */
export interface RedisConnection {
	host: string;
	port: number;
	password: string;
}

export interface N8nSettings {
	/** Holds `.n8n` (settings, encryption key, SQLite database, files, installed packages). */
	userFolder: string;
	binaryDataMode?: BinaryDataMode;
	postgres?: PostgresConnection;
	/** Queue mode: executions are put there by the main process and taken by workers. Needs `postgres`. */
	queue?: RedisConnection;
	/** Anything else, set last. */
	env?: Record<string, string>;
}

/** Settings of the person's own n8n must not leak into ours. */
const FOREIGN =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|CREDENTIALS_|WORKFLOWS_|NODES_|NODE_FUNCTION_|EXTERNAL_|OFFLOAD_|WEBHOOK_URL$|GENERIC_TIMEZONE$|NODE_OPTIONS$|NODE_ENV$|E2E_TESTS$|JEST_)/;

/** No telemetry, no look-ups at n8n's servers, no questionnaire. */
const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry',
};

/** The whole environment that n8n's server and its commands are started with. */
export function n8nEnvironment(settings: N8nSettings): NodeJS.ProcessEnv {
	const inherited = Object.entries(childEnvironment()).filter(([name]) => !FOREIGN.test(name));
	return {
		...Object.fromEntries(inherited),
		...QUIET,
		N8N_USER_FOLDER: settings.userFolder,
		N8N_DEFAULT_BINARY_DATA_MODE: settings.binaryDataMode ?? 'filesystem',
		N8N_LOG_LEVEL: 'info',
		...(settings.postgres && postgresEnvironment(settings.postgres)),
		...(settings.queue && queueEnvironment(settings.queue)),
		...settings.env,
	};
}

function postgresEnvironment(postgres: PostgresConnection): Record<string, string> {
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: postgres.host,
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_PASSWORD: postgres.password,
		DB_POSTGRESDB_DATABASE: postgres.database,
	};
}

function queueEnvironment(redis: RedisConnection): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_BULL_REDIS_PASSWORD: redis.password,
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	};
}
