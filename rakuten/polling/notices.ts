import type { ItemFields } from './pollState';
import type { LineWindow } from './sweep';

const iso = (at: number) => new Date(at).toISOString();

/** Lines became too old for the source before they were read. */
export function missingRange({ from, to }: LineWindow, days: number): ItemFields {
	return {
		type: 'missingRange',
		message: `Lines processed from ${iso(from)} to ${iso(to)} may not have been read: what this trigger last recorded is older than the ${days} days that Rakuten returns. Import this range with Report > Get, by process date; a line that is already stored keeps its line ID. If n8n was running the whole time, there may have been nothing to record, and nothing is missing.`,
		from: iso(from),
		to: iso(to),
	};
}

/** No line has arrived for longer than the user expects. */
export function silence(since: number, now: number): ItemFields {
	const hours = Math.floor((now - since) / 3_600_000);
	return {
		type: 'silence',
		message: `No line has arrived for ${hours} hours, since ${iso(since)}. Rakuten answers, so the connection works. If sales are expected, check the links and the filters of this trigger, and compare with the dashboard. This notice is given once until a line arrives.`,
		since: iso(since),
		hours,
	};
}

/** The overlap holds more lines than can be remembered. */
export function overlapTooLarge(most: number, to: number): ItemFields {
	return {
		type: 'overlapTooLarge',
		message: `The overlap contains more than ${most.toLocaleString('en-US')} lines, and the oldest of them could not be remembered. Those processed up to ${iso(to)} come again and are marked 'possiblyRepeated'. Choose a shorter overlap in the options, or import with Report > Get on a schedule.`,
		to: iso(to),
	};
}

/** Another line came under the same transaction ID. */
export function sameLineId(lineId: string): ItemFields {
	return {
		type: 'sameLineId',
		message: `Rakuten returned two different lines under the transaction ID ${lineId.replace(/#\d+$/, '')}. Both are given out; the second has the line ID ${lineId}. Compare them: one may be a correction of the other, or Rakuten has changed the line.`,
		lineId,
	};
}
