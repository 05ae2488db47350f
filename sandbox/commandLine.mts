import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { DeveloperOptions } from './developer/developer.mts';
import type { Fault } from './faults/faults.mts';
import type { Settings } from './reporting/settings.mts';
import type { Sandbox, SandboxOptions } from './sandbox.mts';

const USAGE = `node sandbox/server.mts [options]
  --port 0                    a free one by default
  --seed 1                    other data
  --today 2026-03-31          the host's day; today in GMT by default
  --months 13                 months of data before it
  --scale 1                   multiplies the number of orders
  --networks 1,3,5            networks with data
  --mixed-currencies          one advertiser of every network in another currency
  --token TOKEN               instead of the made-up report token
  --requests-per-minute 5     the limit of a token; 0 for none
  --speed-up 1                how much faster the limiters' clock runs
  --client-id ID              of the application at the developer portal
  --client-secret SECRET
  --site-id 3771737           the site it has
  --developer settings.json   how the API host answers
  --faults plan.json          a list of faults
  --settings settings.json    how answers are worded`;

/**
 * Runs a sandbox until it is told to stop (SIGINT, SIGTERM). Prints one JSON line when it listens.
 * @param start the server's own start, handed in because the server is what is run
 */
export async function runCommandLine(
	start: (options: SandboxOptions) => Promise<Sandbox>,
): Promise<void> {
	let options: SandboxOptions | undefined;
	try {
		options = readOptions();
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n`);
		process.exitCode = 2;
	}
	if (!options) {
		process.stderr.write(`${USAGE}\n`);
		return;
	}
	const sandbox = await start(options);
	const line = {
		url: sandbox.url,
		token: sandbox.token,
		getApiUrl: sandbox.getApiUrl(),
		pid: process.pid,
		advertiserToken: sandbox.advertiserToken,
		clientId: sandbox.developer.clientId,
		clientSecret: sandbox.developer.clientSecret,
		siteId: sandbox.developer.siteId,
		controlUrl: sandbox.controlUrl,
		publisherExports: `${sandbox.controlUrl}publisher-exports`,
		limit: sandbox.limit,
		today: sandbox.today(),
	};
	process.stdout.write(`${JSON.stringify(line)}\n`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
}

function readOptions(): SandboxOptions | undefined {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		options: {
			port: text,
			seed: text,
			today: text,
			months: text,
			scale: text,
			networks: text,
			'mixed-currencies': { type: 'boolean' },
			token: text,
			'requests-per-minute': text,
			'speed-up': text,
			'client-id': text,
			'client-secret': text,
			'site-id': text,
			developer: text,
			faults: text,
			settings: text,
			help: { type: 'boolean' },
		},
	});
	if (values.help) return undefined;
	return {
		port: number('port', values.port),
		seed: number('seed', values.seed),
		today: values.today,
		months: number('months', values.months),
		scale: number('scale', values.scale),
		networks: values.networks?.split(',').map((id) => number('networks', id)!),
		mixedCurrencies: values['mixed-currencies'],
		token: values.token,
		requestsPerMinute: number('requests-per-minute', values['requests-per-minute']),
		speedUp: number('speed-up', values['speed-up']),
		developer: {
			...fromFile<DeveloperOptions>(values.developer),
			clientId: values['client-id'],
			clientSecret: values['client-secret'],
			siteId: values['site-id'],
		},
		faults: fromFile<Fault[]>(values.faults),
		settings: fromFile<Partial<Settings>>(values.settings),
	};
}

function number(name: string, text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (text.trim() === '' || !(value >= 0))
		throw new Error(`--${name} takes a number, not "${text}"`);
	return value;
}

function fromFile<T>(path: string | undefined): T | undefined {
	return path === undefined ? undefined : (JSON.parse(readFileSync(path, 'utf8')) as T);
}
