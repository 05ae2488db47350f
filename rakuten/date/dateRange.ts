import { DateTime } from 'luxon';

import { RakutenProblem } from '../problem';
import { dayNumberOf } from './calendar';
import { requireKnownZone, zoneKey } from './timeZones';
import type { DayWindow } from './windows';

interface DateRangeChoice {
	readonly preset: string;
	/** For `custom` only: YYYY-MM-DD, or an ISO date and time. */
	readonly startDate?: string;
	readonly endDate?: string;
	readonly now: DateTime;
	/** The zone the report is asked in, whose days these are. */
	readonly zone: string;
}

/** Older days are slips of the keyboard: the company began in 1996. */
const firstYear = 1996;

/** Later days are slips too, and each window of them would cost a paced request. */
const furthestAhead = { years: 1 };

/**
 * The days to ask for, first and last included, as days of the report's zone.
 *
 * - `last7Days`, `last30Days`, `last90Days`: so many days, the last of them today.
 * - `last12Months`: from the day after the same day a year ago, to today; 365 or 366 days, so that
 *   no calendar day is in it twice.
 * - `thisMonth`: from the 1st to today. `lastMonth`: the whole month before.
 * - `custom`: the two days given. A date and time means its day as written, whatever its offset: it
 *   comes from a date picker or from `$today` in the user's own zone, and the day is what was meant.
 *
 * @throws RakutenProblem for an unknown preset, a day that is missing, unreadable, not in the
 * calendar or far from now, or an end before the start
 */
export function resolveDateRange(choice: DateRangeChoice): DayWindow {
	requireKnownZone(choice.zone);
	const today = choice.now.setZone(zoneKey(choice.zone)).startOf('day');
	switch (choice.preset) {
		case 'last7Days':
			return lastDays(today, 7);
		case 'last30Days':
			return lastDays(today, 30);
		case 'last90Days':
			return lastDays(today, 90);
		case 'last12Months':
			return days(today.minus({ years: 1 }).plus({ days: 1 }), today);
		case 'thisMonth':
			return days(today.startOf('month'), today);
		case 'lastMonth': {
			const month = today.minus({ months: 1 });
			return days(month.startOf('month'), month.endOf('month'));
		}
		case 'custom':
			return customRange(choice, today);
		default:
			throw new RakutenProblem(
				'dateRangeUnknown',
				`'Date Range' has no choice "${String(choice.preset).slice(0, 60)}"`,
				'Use custom, last7Days, last30Days, last90Days, thisMonth, lastMonth or last12Months.',
			);
	}
}

const lastDays = (today: DateTime, count: number) => days(today.minus({ days: count - 1 }), today);

const days = (from: DateTime, to: DateTime): DayWindow => ({
	from: isoDay(from),
	to: isoDay(to),
});

const isoDay = (date: DateTime) => date.toISODate() ?? '';

function customRange({ startDate, endDate }: DateRangeChoice, today: DateTime): DayWindow {
	const from = readDay(startDate, 'Start Date', today);
	const to = readDay(endDate, 'End Date', today);
	if (from > to) {
		throw new RakutenProblem(
			'dateRangeReversed',
			`'End Date' (${to}) is before 'Start Date' (${from})`,
			'Swap the two days. Both are included in the range.',
		);
	}
	return { from, to };
}

function readDay(input: string | undefined, field: string, today: DateTime): string {
	const text = (input ?? '').trim();
	if (text === '') {
		throw new RakutenProblem(
			'dateMissing',
			`'${field}' is empty`,
			`Enter a day as YYYY-MM-DD, for example ${isoDay(today)}, or choose another 'Date Range'.`,
		);
	}
	const day = dayIn(text);
	if (day === undefined) {
		throw new RakutenProblem(
			'dateUnreadable',
			`'${field}' is not a day: "${text.slice(0, 60)}"`,
			`Enter an existing day as YYYY-MM-DD, for example ${isoDay(today)}.`,
		);
	}
	const latest = isoDay(today.plus(furthestAhead));
	if (day > latest || Number(day.slice(0, 4)) < firstYear) {
		throw new RakutenProblem(
			'dateFarAway',
			`'${field}' (${day}) is too far away`,
			`Use a day from ${firstYear}-01-01 to ${latest}. Check the year.`,
		);
	}
	return day;
}

/** The day a YYYY-MM-DD or ISO date and time text is written for; undefined for any other text. */
function dayIn(text: string): string | undefined {
	if (dayNumberOf(text) !== undefined) return text;
	if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return undefined;
	return DateTime.fromISO(text.replace(' ', 'T')).isValid ? text.slice(0, 10) : undefined;
}
