import { DateTime } from 'luxon';

import type { DayWindow } from '../date/windows';
import { RakutenProblem } from '../problem';
import type { TimeWindow } from './timeWindow';

export type LineDate = 'process' | 'transaction';

/** How many days before now the Events API answers for, by each of a line's dates. */
export type ReachDays = Readonly<Record<LineDate, number>>;

/** Where the lines of a window come from. */
export interface SourcePlan {
	readonly dateType: LineDate;
	readonly window: TimeWindow;
	/** What to request from the Events API; undefined if all lines come from the report. */
	readonly events: (TimeWindow & { readonly dateType: LineDate }) | undefined;
	/** What to request from the report; undefined if the Events API has all lines. */
	readonly report: ReportSide | undefined;
}

export interface ReportSide {
	readonly dateType: LineDate;
	/** UTC days, both included. */
	readonly days: DayWindow;
	/** The UTC day from whose midnight on lines come from the Events API, by process date. */
	readonly cutDay: string;
	/** Columns the report must have, named as in the dashboard. */
	readonly columns: readonly string[];
}

/**
 * Decides which lines come from the Events API, which reaches back only so many days, and which
 * from a report. A window that the Events API reaches by its own date comes from there alone.
 * The cut between them is a midnight (UTC) of the process date, because a report's
 * days are whole days: a line that Rakuten recorded before it comes from the report, any other from
 * the Events API. So each line has one source, and a report that is hours behind is not missing any
 * of its lines.
 *
 * By transaction date the cut still uses the process date. A line can be recorded long after its
 * order (a correction, a batch), so each source is asked for everything it may have: the report for
 * the days of the orders, from which the lines recorded before the cut are used; the Events API for
 * everything recorded since the cut, from which the lines in the window are used. A line is never
 * recorded before its order, so the Events API alone has all lines of a window that it reaches.
 *
 * @param continues whether a report may be used for older lines
 * @throws RakutenProblem with the earliest start, if the window is older and no report may be used
 */
export function planSources(
	dateType: LineDate,
	window: TimeWindow,
	settings: { now: DateTime; reachDays: ReachDays; continues: boolean },
): SourcePlan {
	const now = settings.now.toUTC().startOf('second');
	const reach = settings.reachDays;
	if (Date.parse(window.from) >= earliest(now, reach[dateType]).toMillis()) {
		return { dateType, window, events: { dateType, ...window }, report: undefined };
	}
	if (!settings.continues) throw beyondReach(dateType, window, now, reach[dateType]);
	const cut = earliest(now, reach.process)
		.minus({ milliseconds: 1 })
		.startOf('day')
		.plus({ days: 1 });
	const cutDay = cut.toISODate()!;
	const from = iso(cut);
	const firstDay = dayOf(window.from);
	const side = (lastDay: string, isAligned: boolean): ReportSide => ({
		dateType,
		days: { from: firstDay, to: lastDay },
		cutDay,
		columns: columnsFor(dateType, isAligned),
	});
	const startsAtMidnight = window.from.endsWith('T00:00:00.000Z');
	if (dateType === 'transaction') {
		const isToday = dayOf(window.to) === now.toISODate();
		return {
			dateType,
			window,
			events: { dateType: 'process', from, to: iso(now) },
			report: side(dayOf(window.to), startsAtMidnight && (isToday || endsWithDay(window))),
		};
	}
	const reachesCut = dayOf(window.to) >= cutDay;
	const lastDay = reachesCut ? cut.minus({ days: 1 }).toISODate()! : dayOf(window.to);
	return {
		dateType,
		window,
		events: reachesCut ? { dateType: 'process', from, to: window.to } : undefined,
		report: side(lastDay, startsAtMidnight && (reachesCut || endsWithDay(window))),
	};
}

/** A window that begins or ends within a day can only be cut out of a report by its times. */
function columnsFor(dateType: LineDate, isAligned: boolean): readonly string[] {
	const own = dateType === 'process' ? 'Process' : 'Transaction';
	return [
		'Transaction ID',
		'Process Date',
		...(dateType === 'transaction' ? ['Transaction Date'] : []),
		...(isAligned ? [] : [`${own} Time`]),
	];
}

/** The first moment that is in reach. A minute of margin: Rakuten's clock runs on while pages are read. */
const earliest = (now: DateTime, days: number) => now.minus({ days }).plus({ minutes: 1 });

function beyondReach(
	dateType: LineDate,
	window: TimeWindow,
	now: DateTime,
	days: number,
): RakutenProblem {
	const start = iso(earliest(now, days));
	return new RakutenProblem(
		'beyondReach',
		`By ${dateType} date, the Events API reaches back ${days} days, to ${start}; the range begins at ${window.from}`,
		`Choose ${start} or later, or turn on 'Continue From a Report': older lines then come from a report, which must have the column "Transaction ID".`,
	);
}

/**
 * Whether a line's date lies in the window. A date without a time counts as its day, which is exact
 * if the window begins and ends with whole days.
 */
export function isWithin(date: string, { from, to }: TimeWindow): boolean {
	const length = date.length === dayLength ? dayLength : secondLength;
	const part = date.slice(0, length);
	return part >= from.slice(0, length) && part <= to.slice(0, length);
}

const secondLength = 'YYYY-MM-DDTHH:mm:ss'.length;

const dayLength = 'YYYY-MM-DD'.length;

const dayOf = (instant: string) => instant.slice(0, dayLength);

const endsWithDay = ({ to }: TimeWindow) => to.endsWith('T23:59:59.000Z');

const iso = (moment: DateTime) => moment.toISO({ suppressMilliseconds: false }) ?? '';
