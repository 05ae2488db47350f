import type { EventRecord } from '../../../sandbox/eventFeed.mts';
import type { Sandbox } from '../../../sandbox/sandbox.mts';

/** Early events are discarded by it. */
export const DISCARDING_RULES = {
	rules: [{ eventFlag: 'Y', action: 'discard' }],
};

/**
 * So many new lines, as they come to a busy site: sales of two lines an order, leads, links without
 * a sub-ID, early events with their transactions, corrections; in several currencies.
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
export function expectedState({ isEvent, sales, commission, u1 }: EventRecord): string {
	if (isEvent) return 'discarded';
	if (Number(sales) < 0 || Number(commission) < 0) return 'correction';
	return u1 === '' ? 'unattributed' : 'accepted';
}

/** How often each value occurs. */
export function countBy<T>(values: readonly T[], of: (value: T) => string): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[of(value)] = (counts[of(value)] ?? 0) + 1;
	return counts;
}
