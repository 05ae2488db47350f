/**
 * Days and clock times in real zones, read from the runtime's own zone data (Intl), because a report
 * shows its dates in the zone it is asked for. An instant is whole seconds since 1970 (UTC); a day is
 * a whole number of days since 1970-01-01.
 */

const DAY = 86_400;
const clocks = new Map<string, Intl.DateTimeFormat>();
const dates = new Map<number, string>();
const offsets = new Map<string, Map<number, number | undefined>>();

/** True for GMT, UTC and IANA names; offsets such as `+02:00` are not zone names. */
export function isZone(name: string): boolean {
	if (!/^[A-Za-z]/.test(name)) return false;
	try {
		clockOf(name);
		return true;
	} catch {
		return false;
	}
}

/** `YYYY-MM-DD` as a day number, or undefined if it is not a calendar day. */
export function dayNumber(date: string): number | undefined {
	const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
	if (!parts) return undefined;
	const day = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / 1000 / DAY;
	return dateText(day) === date ? day : undefined;
}

/** A day number as `YYYY-MM-DD`. */
export function dateText(day: number): string {
	let text = dates.get(day);
	if (text === undefined) {
		text = new Date(day * DAY * 1000).toISOString().slice(0, 10);
		dates.set(day, text);
	}
	return text;
}

/** The day an instant falls on in a zone. */
export function localDay(instant: number, zone: string): number {
	return Math.floor((instant + offsetAt(instant, zone)) / DAY);
}

/** The wall clock `HH:mm:ss` of an instant in a zone. */
export function localTime(instant: number, zone: string): string {
	const second = (((instant + offsetAt(instant, zone)) % DAY) + DAY) % DAY;
	const parts = [second / 3600, (second / 60) % 60, second % 60];
	return parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
}

/** Seconds a zone is ahead of UTC at an instant. */
function offsetAt(instant: number, zone: string): number {
	const day = Math.floor(instant / DAY);
	let days = offsets.get(zone);
	if (!days) offsets.set(zone, (days = new Map()));
	if (!days.has(day)) {
		const first = measuredOffset(day * DAY, zone);
		// The clock changes on two days a year; only on those each instant has to be measured.
		days.set(day, first === measuredOffset((day + 1) * DAY, zone) ? first : undefined);
	}
	return days.get(day) ?? measuredOffset(instant, zone);
}

function measuredOffset(instant: number, zone: string): number {
	const parts: Record<string, number> = {};
	for (const { type, value } of clockOf(zone).formatToParts(instant * 1000)) {
		parts[type] = Number(value);
	}
	const { year, month, day, hour, minute, second } = parts;
	return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) / 1000 - instant;
}

function clockOf(zone: string): Intl.DateTimeFormat {
	let clock = clocks.get(zone);
	if (!clock) {
		clock = new Intl.DateTimeFormat('en-US', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
		clocks.set(zone, clock);
	}
	return clock;
}
