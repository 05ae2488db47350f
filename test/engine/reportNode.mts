import { RakutenReportingApi } from '../../credentials/RakutenReportingApi.credentials';
import { RakutenAdvertising } from '../../nodes/RakutenAdvertising/RakutenAdvertising.node';
import type { INodeParameters } from 'n8n-workflow';
import { startSandbox } from '../../sandbox/server.mts';
import type { Sandbox, SandboxOptions } from '../../sandbox/server.mts';
import { prepareEngine, runNode } from './harness.mts';
import type { NodeRun, NodeRunSettings } from './harness.mts';

export interface ReportRun extends NodeRun {
	rows: Array<Record<string, unknown>>;
	rejected: Array<Record<string, unknown>>;
	/** The item of the output Summary. */
	summary: Record<string, unknown> | undefined;
}

/** Runs Rakuten Advertising: Report > Get (unless told otherwise) against the sandbox. */
export async function runReport(
	sandbox: Sandbox,
	parameters: INodeParameters = {},
	settings: Partial<NodeRunSettings> & { credential?: Record<string, unknown> } = {},
): Promise<ReportRun> {
	const run = await runNode({
		node: new RakutenAdvertising(),
		parameters: {
			resource: 'report',
			operation: 'get',
			report: { __rl: true, mode: 'key', value: 'earnings-recommended' },
			dateRange: 'custom',
			startDate: '2026-01-01',
			endDate: '2026-03-31',
			dateType: 'transaction',
			networks: 'all',
			output: 'items',
			columnNames: 'normalized',
			simplify: false,
			...parameters,
		},
		credentials: [
			{
				type: new RakutenReportingApi(),
				data: {
					reportToken: sandbox.token,
					baseUrl: sandbox.url,
					secondsBetweenRequests: 0,
					...settings.credential,
				} as never,
			},
		],
		...settings,
	});
	const [rows = [], rejected = [], summary = []] = run.outputs.map((items) =>
		items.map(({ json }) => json),
	);
	return { ...run, rows, rejected, summary: summary[0] };
}

/** Adds decimal texts exactly, independently of the code under test. */
export function exactSum(amounts: unknown[]): string {
	const cents = amounts.reduce<bigint>((sum, amount) => {
		const text = String(amount ?? '0');
		const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)!;
		return sum + BigInt(`${sign}${whole}${part.padEnd(4, '0')}`);
	}, 0n);
	return (Number(cents) / 10_000).toFixed(2);
}

/** The queries of the requests that left, token redacted by the sandbox. */
export const queries = (sandbox: Sandbox): Array<Record<string, string>> =>
	sandbox.requests().map(({ query }) => Object.fromEntries(new URLSearchParams(query)));

/**
 * A sandbox for the tests of a file, without a limit on requests unless told otherwise; before each
 * test it forgets faults and requests. What is returned stands for the one that runs at the time.
 */
export function useSandbox(options: SandboxOptions = {}): Sandbox {
	let running: Sandbox;
	beforeAll(async () => {
		await prepareEngine();
		running = await startSandbox({ requestsPerMinute: 0, ...options });
	});
	beforeEach(() => {
		running.clearFaults();
		running.clearRequests();
	});
	afterAll(async () => await running.close());
	return new Proxy({} as Sandbox, { get: (_, name) => running[name as keyof Sandbox] });
}
