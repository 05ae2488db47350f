import { DateTime } from 'luxon';

import { dayText, millisecondsPerDay } from './calendar';
import { hour } from './milliseconds';
import { requireKnownZone, zoneKey } from './timeZones';

/** What is known about one day in one zone. */
interface ZoneDay {
	/** `2026-03-04T` */
	readonly prefix: string;
	/**
	 * Offset from GMT in minutes, and the end of its ISO texts (`-05:00`, `Z`), if it is the same
	 * on this day and around it; undefined near a clock change.
	 */
	readonly steady?: { readonly offset: number; readonly suffix: string };
}

/** ISO texts in one zone. Days are numbers since 1970-01-01. */
interface ZoneClock {
	day(number: number): ZoneDay;
	/** ISO text of a day's wall clock time, given in milliseconds since midnight. */
	wallTime(day: number, time: number): string;
	/** ISO text of an instant, given in milliseconds since 1970. */
	instant(milliseconds: number): string;
}

/** Clocks have changed only at full quarters of an hour, in all zones, since 1973. */
const quarterHour = 900_000;

/**
 * Makes a clock for a zone. It asks Luxon once per day, not once per row: it remembers the offset
 * of a day without a clock change, and on other days the offset of each quarter of an hour.
 *
 * A wall clock time that occurs twice, when clocks go back, means its first occurrence (a report
 * does not say which); one that is skipped, when they go forward, means the time it would have
 * been.
 *
 * @throws RakutenProblem for an unknown zone
 */
export function createZoneClock(zoneName: string): ZoneClock {
	requireKnownZone(zoneName);
	const zone = zoneKey(zoneName);
	const at = (milliseconds: number) => DateTime.fromMillis(milliseconds, { zone });
	const days = new Map<number, ZoneDay>();
	const wallQuarters = new Map<number, Shift | undefined>();
	const instantQuarters = new Map<number, Shift | undefined>();

	function show(local: number, suffix: string): string {
		const number = Math.floor(local / millisecondsPerDay);
		return clock.day(number).prefix + timeText(local - number * millisecondsPerDay) + suffix;
	}

	/** The time shown for a value, given what Luxon shows for the ends of its quarter hour. */
	function showInQuarter(
		value: number,
		quarters: Map<number, Shift | undefined>,
		luxon: (value: number) => DateTime,
	): string {
		const quarter = Math.floor(value / quarterHour);
		if (!quarters.has(quarter)) quarters.set(quarter, evenShift(quarter * quarterHour, luxon));
		const shift = quarters.get(quarter);
		return shift ? show(value + shift.milliseconds, shift.suffix) : iso(luxon(value));
	}

	const clock: ZoneClock = {
		day(number) {
			let day = days.get(number);
			if (!day) {
				day = { prefix: `${dayText(number)}T`, steady: steadyOffset(number, at) };
				days.set(number, day);
			}
			return day;
		},
		wallTime(number, time) {
			const { prefix, steady } = clock.day(number);
			if (steady) return prefix + timeText(time) + steady.suffix;
			const local = number * millisecondsPerDay + time;
			return showInQuarter(local, wallQuarters, (value) => at(firstInstant(value, at)));
		},
		instant(milliseconds) {
			const { steady } = clock.day(Math.floor(milliseconds / millisecondsPerDay));
			if (steady) return show(milliseconds + steady.offset * 60_000, steady.suffix);
			return showInQuarter(milliseconds, instantQuarters, at);
		},
	};
	return clock;
}

/** Converts a value to the local time to show, and the end of its ISO text. */
interface Shift {
	readonly milliseconds: number;
	readonly suffix: string;
}

/** The shift of a quarter of an hour; undefined if it is not the same at both ends. */
function evenShift(start: number, luxon: (value: number) => DateTime): Shift | undefined {
	const [first, last] = [luxon(start), luxon(start + quarterHour - 1)];
	if (first.offset !== last.offset || last.toMillis() - first.toMillis() !== quarterHour - 1) {
		return undefined;
	}
	return {
		milliseconds: first.toMillis() + first.offset * 60_000 - start,
		suffix: suffixOf(first),
	};
}

type At = (milliseconds: number) => DateTime;

/** A local day lies within 14 hours of the GMT day with the same date; the rest is margin. */
function steadyOffset(day: number, at: At): ZoneDay['steady'] {
	const start = day * millisecondsPerDay;
	const first = at(start - 18 * hour);
	for (let hours = -12; hours <= 42; hours += 6) {
		if (at(start + hours * hour).offset !== first.offset) return undefined;
	}
	return { offset: first.offset, suffix: suffixOf(first) };
}

/** The first instant at which the zone's clocks show this time (given as if it were GMT). */
function firstInstant(local: number, at: At): number {
	const before = at(local - 24 * hour).offset;
	const after = at(local + 24 * hour).offset;
	for (const offset of [before, after]) {
		const instant = local - offset * 60_000;
		if (at(instant).offset === offset) return instant;
	}
	return local - before * 60_000;
}

const iso = (date: DateTime) => date.toISO() ?? '';

const suffixOf = (date: DateTime) => iso(date).slice('2026-03-04T06:58:45.000'.length);

function timeText(milliseconds: number): string {
	const seconds = Math.floor(milliseconds / 1000);
	const thousandths = milliseconds - seconds * 1000;
	return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${thousandths < 10 ? '00' : thousandths < 100 ? '0' : ''}${thousandths}`;
}

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const two = (number: number) => twoDigits[number];
