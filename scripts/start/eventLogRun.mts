import type { EventRecord, Sandbox } from '../../sandbox/server.mts';
import type { N8nClient } from '../host/n8nClient.mts';
import { say, step } from '../host/progress.mts';
import type { Closers } from './closers.mts';
import { loggedFigures, sentFigures, type LogTrial } from './logFigures.mts';
import type { SampleWorkflow } from './sampleWorkflows.mts';

const TABLE = 'rakuten_event_log';

/** The trigger of Catch up; run by hand it brings the newest lines at once. */
const CATCH_UP_TRIGGER = 'New transactions';

/** How often a conversion comes, roughly, while it is up. */
const TRICKLE_SECONDS = 15;

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/**
 * Conversions of every kind, some sent twice and all in a random order, to the published Postback
 * event log; then two lines that no postback reports, and Catch up.
 */
export async function runEventLog(
	client: N8nClient,
	sandbox: Sandbox,
	eventLog: SampleWorkflow,
	catchUp: SampleWorkflow,
): Promise<LogTrial> {
	await step('Publishing Postback event log and Catch up', async () => {
		await client.workflows.publish(eventLog.id);
		await client.workflows.publish(catchUp.id);
	});
	say(`  The trigger has registered the site's postback at the sandbox.`);
	const sales = conversions(sandbox);
	const attempts = await step('Postback event log: conversions as they come', async () => {
		return await sandbox.postbackSender.send({
			records: sales,
			repeatShare: 0.2,
			order: 'random',
			concurrency: 4,
			timeoutMs: 60_000,
		});
	});
	const missed = sandbox.addSales({ count: 2, processedAt: minutesAgo(1) });
	const rows = await step('Catch up: lines that no postback has told', async () => {
		const { id } = catchUp;
		const execution = await client.executions.run(id, { trigger: CATCH_UP_TRIGGER });
		execution.assertSucceeded();
		return await client.dataTables.rows(TABLE);
	});
	const caughtUp = new Set(
		rows.filter(({ state }) => state === 'caughtUp').map(({ lineId }) => String(lineId)),
	);
	return {
		hits: attempts.length,
		answered: attempts.filter(({ status }) => status === 200).length,
		logged: loggedFigures(rows),
		expected: sentFigures(sandbox.postbackSender.totals(), sales),
		missed: missed.length,
		caughtUp: missed.filter(({ transactionId }) => caughtUp.has(transactionId)).length,
	};
}

/** Some minutes old, so that the missed ones are the newest. */
function conversions(sandbox: Sandbox): EventRecord[] {
	const processedAt = minutesAgo(3);
	const orders = sandbox.addSales({ count: 16, linesPerOrder: 2, processedAt });
	const early = sandbox.addSales({ count: 3, eventPairs: true, processedAt });
	const leads = sandbox.addSales({ count: 4, zero: true, processedAt });
	const untagged = sandbox.addSales({ count: 4, u1: '', processedAt });
	const corrections = [...orders.slice(0, 3), untagged[0]!].flatMap(({ transactionId }) =>
		sandbox.addCorrection({ transactionId }, 50, minutesAgo(2)),
	);
	return [orders, early, leads, untagged, corrections].flat();
}

/**
 * A conversion now and then, for somebody to watch; every sixth is not sent, so that Catch up has
 * something to find. Ends with everything else.
 */
export function keepConverting(sandbox: Sandbox, closers: Closers): void {
	let number = 0;
	let underWay: Promise<unknown> = Promise.resolve();
	const timer = setInterval(() => {
		const records = nextConversion(sandbox, number);
		if (number % 6 !== 5) underWay = sandbox.postbackSender.send({ records });
		number++;
	}, TRICKLE_SECONDS * 1000);
	closers.add('The conversions', async () => {
		clearInterval(timer);
		await underWay;
	});
}

function nextConversion(sandbox: Sandbox, number: number): EventRecord[] {
	switch (number % 6) {
		case 1:
			return sandbox.addSales({ u1: '' });
		case 2:
			return sandbox.addSales({ count: 2, linesPerOrder: 2 });
		case 3:
			return sandbox.addSales({ zero: true });
		case 4: {
			const isSale = ({ isEvent, sales }: EventRecord) => !isEvent && Number(sales) > 0;
			const { transactionId } = sandbox.eventRecords().findLast(isSale)!;
			return sandbox.addCorrection({ transactionId });
		}
		default:
			return sandbox.addSales();
	}
}
