import type { EventReading } from '../line/eventLine';
import { isOfOtherSite } from '../line/lineFilter';
import { defaultEventName, matchingRule } from './eventRules';
import type { EventRule } from './eventRules';

/** What has become of an event. */
export const eventStates = ['accepted', 'correction', 'unattributed', 'discarded'] as const;
export type EventState = (typeof eventStates)[number];

/** What is said about an event beside its line. */
export interface EventJudgement {
	readonly eventName: string;
	readonly state: EventState;
	/** Why it has this state, in a sentence for the user. */
	readonly reason: string;
}

export interface JudgementSettings {
	readonly rules: readonly EventRule[];
	/** The site this trigger is for, where it is known. */
	readonly siteId: string | undefined;
}

/** Without these an event can be counted wrongly, or twice. */
const vital: ReadonlySet<string> = new Set([
	'etransaction_id',
	'advertiser_id',
	'sid',
	'order_id',
	'sale_amount',
	'commissions',
	'quantity',
	'currency',
]);

/**
 * Names an event and decides its state. Discarded are events in which nothing was told, whose money
 * or identity could not be read, that belong to another site, or that a rule discards; then come
 * corrections, sales without a sub-ID, and all others, which are accepted.
 */
export function judgeEvent(
	{ line, unreadable }: EventReading,
	settings: JudgementSettings,
): EventJudgement {
	const match = matchingRule(line, settings.rules);
	const eventName = match?.rule.eventName || defaultEventName(line);
	const because = (state: EventState, reason: string) => ({ eventName, state, reason });

	const badly = unreadable.filter((sentence) => vital.has(sentence.split(' ', 1)[0]));
	if (badly.length > 0) return because('discarded', `Not readable: ${badly.join('; ')}`);
	if (Object.entries(line).every(([name, value]) => name === 'lineId' || value === null)) {
		return because('discarded', 'No field of a transaction came with this request');
	}
	if (isOfOtherSite(line, settings.siteId)) {
		return because(
			'discarded',
			`It belongs to site ${line.siteId}; this trigger is for site ${settings.siteId}`,
		);
	}
	if (match?.rule.discards) return because('discarded', `Event rule ${match.number} discards it`);
	if (line.kind === 'correction') {
		return because(
			'correction',
			'An earlier sale of this order was cancelled, returned or lowered',
		);
	}
	if (line.u1 === null) {
		const badU1 = unreadable.find((sentence) => sentence.split(' ', 1)[0] === 'u1');
		return because(
			'unattributed',
			badU1 ? `Not readable: ${badU1}` : `No u1 on this ${thing(line)}: the link was not tagged`,
		);
	}
	if (line.isEvent) {
		return because(
			'accepted',
			'An early event (is_event Y): the transaction itself may follow under another ID',
		);
	}
	return because(
		'accepted',
		match?.rule.eventName ? `Named by event rule ${match.number}` : `A ${thing(line)} with its u1`,
	);
}

function thing({ kind, isEvent }: EventReading['line']): string {
	if (isEvent) return 'early event';
	return kind === 'zero' ? 'lead' : 'sale';
}
