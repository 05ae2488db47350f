import { DateTime } from 'luxon';
import { fakeReportToken, startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { importedRange } from '../../../scripts/start/sandboxPlan.mts';
import { closers } from './ground.mts';

/** The sandbox's minute takes a second, and credentials keep its pace. */
const SPEED_UP = 60;
const SECONDS_BETWEEN_REQUESTS = 12 / SPEED_UP;

/** The sandbox starts this many days in the past: the newest line is old, as after a quiet week. */
const DAYS_AGO = 10;

const UNREADABLE_ROWS = 5;

/** Zeros are found everywhere; a token made of this is found only where it is. */
const ACCOUNT = 8_317_226_945_071_332;

let sandbox: Promise<Sandbox> | undefined;

/** The sandbox of all scenarios; started by the first one that asks for it. */
export async function theSandbox(): Promise<Sandbox> {
	sandbox ??= start();
	return await sandbox;
}

async function start(): Promise<Sandbox> {
	const started = await startSandbox({
		token: fakeReportToken('publisher', ACCOUNT),
		today: DateTime.utc().minus({ days: DAYS_AGO }).toISODate(),
		speedUp: SPEED_UP,
		months: 15,
	});
	closers.add('The sandbox', async () => await started.close());
	started.addFault({ kind: 'damagedRow', rows: UNREADABLE_ROWS });
	return started;
}

/** The fields of a credential for the sandbox, as a user fills them in. */
export function credentialData({ url }: Sandbox, reportToken: string): Record<string, unknown> {
	return {
		reportToken,
		siteId: '3771737',
		siteName: 'Example Site',
		secondsBetweenRequests: SECONDS_BETWEEN_REQUESTS,
		baseUrl: url,
	};
}

/** What Import earnings is to have read by now, whatever day the sandbox has. */
export function earningsRange(): { from: string; to: string } {
	return importedRange(DateTime.utc().toISODate());
}
