import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventRecord } from '../../../sandbox/developer/eventFeed.mts';
import { theRealtimeHouse } from './realtime.mts';
import { until } from './until.mts';

/** A poll reads only seconds that are over. */
const A_SECOND = 1_100;

/** A line that a polling trigger brought, and that was stored. */
export interface Arrival {
	lineId: string;
	possiblyRepeated: boolean;
}

/** The rows of a table that a polling trigger adds to, in the order they came. */
export async function arrivals(table: string): Promise<Arrival[]> {
	const { client } = await theRealtimeHouse();
	return (await client.dataTables.rows(table)).map((row) => ({
		lineId: String(row.lineId),
		possiblyRepeated: row.possiblyRepeated === true,
	}));
}

/** Waits until every line may be polled for. */
export async function untilPast(): Promise<void> {
	await sleep(A_SECOND);
}

/**
 * Has a polling trigger poll, and asserts that then all lines have arrived and no others, and that
 * those that came more than once say so each time but the first. Publishing a workflow again makes
 * its polling trigger poll at once.
 * @returns how many lines came again
 */
export async function assertAllArrived(
	workflowId: string,
	table: string,
	lines: readonly EventRecord[],
): Promise<number> {
	const { client } = await theRealtimeHouse();
	await untilPast();
	await client.workflows.unpublish(workflowId);
	await client.workflows.publish(workflowId);
	await until('all lines have arrived', async () => {
		const came = new Set((await arrivals(table)).map(({ lineId }) => lineId));
		return lines.every(({ transactionId }) => came.has(transactionId));
	});
	const came = await arrivals(table);
	assert.deepEqual(unmarkedRepeats(came), []);
	assert.deepEqual(
		[...new Set(came.map(({ lineId }) => lineId))].sort(),
		lines.map(({ transactionId }) => transactionId).sort(),
	);
	return came.length - lines.length;
}

/** Arrivals of lines that had come before, but are not marked as possibly repeated. */
function unmarkedRepeats(came: readonly Arrival[]): Arrival[] {
	const seen = new Set<string>();
	return came.filter(({ lineId, possiblyRepeated }) => {
		const isRepeat = seen.has(lineId);
		seen.add(lineId);
		return isRepeat && !possiblyRepeated;
	});
}
