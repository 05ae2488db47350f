import { RakutenProblem } from '../problem';
import { DateTime } from 'luxon';

import { dayNumberOf } from '../date/calendar';
import { resolveDateRange } from '../date/dateRange';

/** Instants as ISO UTC in whole seconds, first and last included. */
export interface TimeWindow {
	readonly from: string;
	readonly to: string;
}

export interface TimeWindowChoice {
	/** `custom`, `last24Hours`, or a choice of whole days that resolveDateRange knows. */
	readonly preset: string;
	/** Only for `custom`: a day, or a date and time, in UTC unless it has an offset. */
	readonly start?: string;
	readonly end?: string;
	readonly now: DateTime;
}

/**
 * The time to request, in UTC, ending now at the latest: nothing can have happened later, and a
 * window that is still open would grow while it is read.
 *
 * @throws RakutenProblem if the choice is unknown, a date is missing, unreadable, far away or in
 * the future, or the end is before the start
 */
export function resolveTimeWindow(choice: TimeWindowChoice): TimeWindow {
	const now = choice.now.toUTC().startOf('second');
	const { preset } = choice;
	if (preset === 'last24Hours') return between(now.minus({ hours: 24 }), now);
	if (preset !== 'custom') {
		const days = resolveDateRange({ preset, now, zone: 'GMT' });
		const to = DateTime.fromISO(days.to, { zone: 'utc' }).endOf('day');
		return between(DateTime.fromISO(days.from, { zone: 'utc' }), DateTime.min(to, now));
	}
	const from = readMoment(choice.start, 'Start', now);
	const to = readMoment(choice.end, 'End', now);
	if (from > now) {
		throw new RakutenProblem(
			'dateInFuture',
			`'Start' (${iso(from)}) is in the future`,
			'Choose a start in the past. Times are UTC unless they have an offset.',
		);
	}
	if (from > to) {
		throw new RakutenProblem(
			'dateRangeReversed',
			`'End' (${iso(to)}) is before 'Start' (${iso(from)})`,
			'Swap the two. Times are UTC unless they have an offset.',
		);
	}
	return between(from, DateTime.min(to, now));
}

const between = (from: DateTime, to: DateTime): TimeWindow => ({ from: iso(from), to: iso(to) });

const iso = (moment: DateTime) =>
	moment.toUTC().startOf('second').toISO({ suppressMilliseconds: false }) ?? '';

/** Earlier moments are typing errors: the company started in 1996. */
const firstYear = 1996;

function readMoment(input: string | undefined, field: 'Start' | 'End', now: DateTime): DateTime {
	const text = (input ?? '').trim();
	const example = `for example ${now.toISODate()} or ${now.toISODate()}T12:00:00Z`;
	if (text === '') {
		throw new RakutenProblem(
			'dateMissing',
			`'${field}' is empty`,
			`Enter a day or a date and time, ${example}, or choose another 'Date Range'.`,
		);
	}
	const moment = momentIn(text, field);
	if (!moment.isValid) {
		throw new RakutenProblem(
			'dateUnreadable',
			`'${field}' is not a date: "${text.slice(0, 60)}"`,
			`Enter a day or a date and time, ${example}.`,
		);
	}
	if (moment.year < firstYear || moment > now.plus({ years: 1 })) {
		throw new RakutenProblem(
			'dateFarAway',
			`'${field}' (${iso(moment)}) is too far away`,
			'Check the year.',
		);
	}
	return moment;
}

/** A day alone means its first second as a start and its last second as an end. */
function momentIn(text: string, field: 'Start' | 'End'): DateTime {
	const moment = DateTime.fromISO(text.replace(/^(\d{4}-\d\d-\d\d) (\d)/, '$1T$2'), {
		zone: 'utc',
	});
	return field === 'End' && dayNumberOf(text) !== undefined ? moment.endOf('day') : moment;
}
