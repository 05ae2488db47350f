import type { EventReading } from '../line/eventLine';
import { isOfOtherSite } from '../line/lineFilter';
import { defaultEventName, matchingRule } from './eventRules';
import type { EventRule } from './eventRules';

/** The state of an event. */
export const eventStates = ['accepted', 'correction', 'unattributed', 'discarded'] as const;
export type EventState = (typeof eventStates)[number];

/** What is said about an event in addition to its line. */
export interface EventJudgement {
	readonly eventName: string;
	readonly state: EventState;
	/** Why it has this state, in a sentence for the user. */
	readonly reason: string;
}

export interface JudgementSettings {
	readonly rules: readonly EventRule[];
	/** The site this trigger is for, if it is known. */
	readonly siteId: string | undefined;
	/** Fields that should have come and did not, not even empty. */
	readonly absent?: readonly string[];
	/** Whether they were asked for in a URL, which may have been cut off. */
	readonly isByUrl?: boolean;
	/** How many transactions came in one request; more than one can't be read. */
	readonly transactions?: number;
}

/** Without these an event could be counted incorrectly or twice. */
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
 * Names an event and decides its state. An event is discarded if it has no content, if its money or
 * identity could not be read, if it belongs to another site, or if a rule discards it; then come
 * corrections, sales without a sub-ID, and all others, which are accepted.
 */
export function judgeEvent(
	{ line, unreadable }: EventReading,
	settings: JudgementSettings,
): EventJudgement {
	const match = matchingRule(line, settings.rules);
	const eventName = match?.rule.eventName || defaultEventName(line);
	const because = (state: EventState, reason: string) => ({ eventName, state, reason });

	if ((settings.transactions ?? 0) > 1) {
		return because(
			'discarded',
			`This request has ${settings.transactions} transactions instead of one`,
		);
	}
	const isBare = Object.entries(line).every(([name, value]) => name === 'lineId' || value === null);
	const absent = settings.absent ?? [];
	if (absent.length > 0 && !(isBare && unreadable.length === 0)) {
		return because(
			'discarded',
			`${settings.isByUrl ? 'Cut off on the way' : 'Incomplete'}: ${absent.join(', ')} did not arrive, not even empty. The Rakuten Transaction Trigger reads the whole line (sample workflow 07: Catch up)`,
		);
	}
	const badly = unreadable.filter((sentence) => vital.has(sentence.split(' ', 1)[0]));
	if (badly.length > 0) return because('discarded', `Not readable: ${badly.join('; ')}`);
	if (isBare) {
		return because('discarded', 'This request has no transaction fields');
	}
	if (isOfOtherSite(line, settings.siteId)) {
		return because(
			'discarded',
			`It belongs to site ${line.siteId}; this trigger is for site ${settings.siteId}`,
		);
	}
	if (match?.rule.discards) return because('discarded', `Event rule ${match.number} discards it`);
	if (line.kind === 'correction') {
		return because('correction', 'An earlier sale of this order was canceled, returned or lowered');
	}
	if (line.u1 === null) {
		const badU1 = unreadable.find((sentence) => sentence.split(' ', 1)[0] === 'u1');
		return because(
			'unattributed',
			badU1
				? `Not readable: ${badU1}`
				: `No sub-ID (u1) on this ${thing(line)}: the link was not tagged`,
		);
	}
	if (line.isEvent) {
		return because(
			'accepted',
			'Early event (is_event Y): the transaction itself may follow with another ID',
		);
	}
	return because(
		'accepted',
		match?.rule.eventName
			? `Named by event rule ${match.number}`
			: `${capitalized(thing(line))} with a sub-ID (u1)`,
	);
}

const capitalized = (word: string) => word[0].toUpperCase() + word.slice(1);

function thing({ kind, isEvent }: EventReading['line']): string {
	if (isEvent) return 'early event';
	return kind === 'zero' ? 'lead' : 'sale';
}
