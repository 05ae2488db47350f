import type { EventRecord } from '../../../sandbox/developer/eventFeed.mts';
import type { Sandbox } from '../../../sandbox/sandbox.mts';
import { stateWithoutRules } from '../../../scripts/start/logFigures.mts';

/** Early events are discarded by it. */
export const DISCARDING_RULES = {
	rules: [{ eventFlag: 'Y', action: 'discard' }],
};

/**
 * `count` new lines, as a busy site gets them: sales of two lines per order, leads, links without a
 * sub-ID, early events with their transactions, corrections; in several currencies.
 */
export function mixedSales(sandbox: Sandbox, count: number): EventRecord[] {
	const share = (percent: number) => Math.floor((count * percent) / 100);
	const pairs = sandbox.addSales({ count: share(4), eventPairs: true });
	const leads = sandbox.addSales({ count: share(10), zero: true });
	const untagged = sandbox.addSales({ count: share(8), u1: '' });
	const corrections = untagged
		.slice(0, share(3))
		.concat(pairs.filter(({ isEvent }) => !isEvent).slice(0, share(3)))
		.flatMap(({ transactionId }) => sandbox.addCorrection({ transactionId }, 50));
	const others = [pairs, leads, untagged, corrections].flat();
	const sales = sandbox.addSales({ count: count - others.length, linesPerOrder: 2 });
	return [...others, ...sales];
}

/** The state that the trigger gives a line under `DISCARDING_RULES`. */
export const expectedState = (record: EventRecord): string =>
	record.isEvent ? 'discarded' : stateWithoutRules(record);
