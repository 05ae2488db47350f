import { dayNumber, millisecondsPerDay } from './calendar';

/** A date as it was written, before any zone is applied. */
export interface WrittenDate {
	/** Days since 1970-01-01 of the day as written. */
	readonly day: number;
	/** Milliseconds since midnight as written; undefined if only a day was written. */
	readonly time?: number;
	/** Minutes east of GMT, if the text has an offset. */
	readonly offset?: number;
}

const slashed = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})$/;
const iso =
	/^(\d{4})-(\d\d)-(\d\d)(?:[T/ ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[-+]\d\d:?\d\d| \d{4})?)?$/i;
const spelled = /^([a-z]{3,9})\.? (\d{1,2}), (\d{4})$/i;
const jsDate =
	/^[a-z]{3} ([a-z]{3}) (\d{1,2}) (\d{4}) (\d\d:\d\d:\d\d) (?:GMT|UTC)([-+ ]\d{4})?(?: \([^)]*\))?$/i;
const httpDate = /^[a-z]{3}, (\d{1,2}) ([a-z]{3}) (\d{4}) (\d\d:\d\d:\d\d) (GMT|UTC)$/i;

/** In English, in lower case. */
export const monthNames =
	'january february march april may june july august september october november december'.split(
		' ',
	);
const months = new Map(
	monthNames.flatMap((name, index) => [
		[name, index + 1],
		[name.slice(0, 3), index + 1],
	]),
);

/**
 * Reads a date in any form Rakuten is known to write: `2/22/19` and `02/22/2019` (reports; dashes
 * are one of the documented date formats), ISO with or without a time and `+0000` (postbacks, where
 * a `+` may have become a space), `Wed Apr 15 2020 21:20:27 GMT+0000 (UTC)` and `Thu, 12 Dec 2019
 * 07:47:54 GMT` (Events), `2020-07-16/05:30:32` (product search) and `Feb 21, 2020` (links).
 *
 * If both are numbers, the month comes first. Two-digit years are 1969 to 2068, the POSIX rule that
 * the public importers of these reports also follow.
 *
 * @returns undefined for any other text and for days that do not exist
 */
export function readWrittenDate(text: string): WrittenDate | undefined {
	let parts = slashed.exec(text);
	if (parts) return written(fullYear(parts[4]), Number(parts[1]), parts[3]);
	parts = iso.exec(text);
	if (parts) return written(Number(parts[1]), Number(parts[2]), parts[3], parts[4], parts[5]);
	parts = jsDate.exec(text);
	if (parts)
		return written(Number(parts[3]), monthNumber(parts[1]), parts[2], parts[4], parts[5] ?? 'Z');
	parts = httpDate.exec(text);
	if (parts) return written(Number(parts[3]), monthNumber(parts[2]), parts[1], parts[4], 'Z');
	parts = spelled.exec(text);
	return parts ? written(Number(parts[3]), monthNumber(parts[1]), parts[2]) : undefined;
}

/** Whether a text can be a date only if the day comes first: `22/02/26`, `31-1-2026`. */
export function isDayFirst(text: string): boolean {
	const parts = slashed.exec(text.trim());
	if (!parts || Number(parts[1]) <= 12) return false;
	return written(fullYear(parts[4]), Number(parts[3]), parts[1]) !== undefined;
}

/**
 * Milliseconds since midnight of `06:58:45`, also `6:58:45`, `06:58` and `06:58:45.123`, always on
 * a 24-hour clock; undefined for any other text.
 */
export function readTime(text: string): number | undefined {
	const parts = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d+))?)?$/.exec(text);
	if (!parts) return undefined;
	const [hours, minutes, seconds] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)];
	if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
	const thousandths = Number((parts[4] ?? '').slice(0, 3).padEnd(3, '0'));
	return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths;
}

/** The instant of a text with its own time and offset, in milliseconds since 1970. */
export function instantOf(date: WrittenDate): number | undefined {
	if (date.time === undefined || date.offset === undefined) return undefined;
	return date.day * millisecondsPerDay + date.time - date.offset * 60_000;
}

const fullYear = (text: string) =>
	text.length === 4 ? Number(text) : Number(text) + (Number(text) < 69 ? 2000 : 1900);

/** The number of a month by its name or the first three letters of it, in any case; 0 for other texts. */
export const monthNumber = (name: string): number => months.get(name.toLowerCase()) ?? 0;

/** Years outside this range are garbled, not early or late. */
const isPlausible = (year: number) => year >= 1969 && year <= 2199;

function written(
	year: number,
	month: number,
	dayOfMonth: string,
	timeText?: string,
	offsetText?: string,
): WrittenDate | undefined {
	const day = isPlausible(year) ? dayNumber(year, month, Number(dayOfMonth)) : undefined;
	if (day === undefined) return undefined;
	if (timeText === undefined) return { day };
	const time = readTime(timeText);
	if (time === undefined) return undefined;
	return offsetText === undefined ? { day, time } : withOffset(day, time, offsetText);
}

function withOffset(day: number, time: number, text: string): WrittenDate | undefined {
	const parts = /^([-+ ])(\d\d):?(\d\d)$/.exec(text);
	if (!parts) return { day, time, offset: 0 };
	const minutes = Number(parts[2]) * 60 + Number(parts[3]);
	if (minutes > 18 * 60 || Number(parts[3]) > 59) return undefined;
	return { day, time, offset: parts[1] === '-' ? -minutes : minutes };
}
