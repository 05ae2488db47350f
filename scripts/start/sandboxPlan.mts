import { DateTime } from 'luxon';
import { startSandbox, type RequestEntry, type Sandbox } from '../../sandbox/server.mts';

/** The seconds between two requests at the documented limit of 5 requests a minute. */
const DOCUMENTED_SECONDS = 12;
const SPEED_UP = 20;

/** What the credential is set to, so that the node keeps the pace of the sandbox's faster clock. */
export const SECONDS_BETWEEN_REQUESTS = DOCUMENTED_SECONDS / SPEED_UP;

/** Full months before this one that the sample workflow Import earnings reads. */
const MONTHS = 12;

const DAMAGED_ROWS = 4;

/** What Import earnings is to have read by now: whole months by process date, in GMT. */
export function importedRange(today: string): { from: string; to: string } {
	return { from: monthBefore(today, MONTHS).from, to: today };
}

/**
 * Starts a stand-in for Rakuten in which the import of twelve months meets, always in the same
 * places, what it would meet in a year of real use: refused requests that came too fast, a month
 * that is too large to be read at once, an answer that breaks off, and rows that can't be read.
 * Corrections are among the data anyway.
 */
export async function startTryingSandbox(): Promise<Sandbox> {
	// Data from well before the first month imported, so that its corrections of older orders exist.
	const sandbox = await startSandbox({ speedUp: SPEED_UP, months: MONTHS + 3 });
	const today = sandbox.today();
	sandbox.addFault({ kind: 'tooManyRequests', retryAfter: 2, match: { nth: 2 } });
	sandbox.addFault({ kind: 'tooManyRequests', match: { nth: 6 } });
	sandbox.addFault({ kind: 'tooLarge', match: { ...monthBefore(today, 3), daysOver: 16 } });
	sandbox.addFault({
		kind: 'truncated',
		how: 'destroy',
		match: monthBefore(today, 7),
		times: 1,
	});
	sandbox.addFault({ kind: 'damagedRow', rows: DAMAGED_ROWS, match: monthBefore(today, 5) });
	return sandbox;
}

/** What the import met, by the sandbox's own request log. */
export interface Met {
	requests: number;
	/** Answers 429. */
	tooManyRequests: number;
	/** Answers 499. */
	tooLarge: number;
	/** Ranges answered with 499 whose two parts were then asked for and answered. */
	halved: number;
	brokenOff: number;
	/** Shortest time between two requests. */
	shortestGapSeconds: number;
}

export function whatWasMet(requests: readonly RequestEntry[]): Met {
	const own = requests.filter(({ token }) => token === 'publisher');
	const count = (fits: (entry: RequestEntry) => boolean) => own.filter(fits).length;
	const gaps = own.map(({ msSincePrevious }) => msSincePrevious ?? Infinity);
	return {
		requests: own.length,
		tooManyRequests: count(({ status }) => status === 429),
		tooLarge: count(({ status }) => status === 499),
		halved: halvedRanges(own),
		brokenOff: count(({ end }) => end === 'cut'),
		shortestGapSeconds: Math.min(...gaps) / 1000,
	};
}

function halvedRanges(requests: readonly RequestEntry[]): number {
	const answered = requests.filter(({ status, end }) => status === 200 && end === 'complete');
	const refused = requests.filter(({ status }) => status === 499).map(rangeOf);
	const distinct = refused.filter(
		(range, index) => refused.findIndex((other) => other.from === range.from) === index,
	);
	return distinct.filter(({ from, to }) => {
		const ranges = answered.map(rangeOf);
		const first = ranges.find((range) => range.from === from && range.to < to);
		if (!first) return false;
		const next = DateTime.fromISO(first.to, { zone: 'utc' }).plus({ days: 1 }).toISODate();
		return ranges.some((range) => range.from === next && range.to === to);
	}).length;
}

function rangeOf({ query }: RequestEntry): { from: string; to: string } {
	const dates = new URLSearchParams(query);
	const iso = (name: string) => (dates.get(name) ?? '').replaceAll('/', '-');
	return { from: iso('start_date'), to: iso('end_date') };
}

/** First and last day of the month this many months before that of `today`. */
function monthBefore(today: string, months: number): { from: string; to: string } {
	const first = DateTime.fromISO(today, { zone: 'utc' }).startOf('month').minus({ months });
	return { from: first.toISODate()!, to: first.endOf('month').toISODate()! };
}
