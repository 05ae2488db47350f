import { instantOf, readTime, readWrittenDate } from './dateForms';
import type { WrittenDate } from './dateForms';
import { createZoneClock } from './zoneClock';

/** Reads the dates of a report that was asked for in one time zone. */
export interface DateReader {
	/**
	 * The instant as ISO text with the zone's offset: `2026-03-04T06:58:45.000Z` for GMT and UTC,
	 * `…-05:00` elsewhere. The time comes from the time column, unless the date text has its own
	 * time other than midnight. Undefined if either is unreadable, or if there is no time at all.
	 */
	instant(dateText: string, timeText: string): string | undefined;
	/**
	 * For a report without a time column: the instant if the text has a time, otherwise the day as it
	 * is written, YYYY-MM-DD.
	 */
	dayOrInstant(text: string): string | undefined;
}

/**
 * Makes the reader. All forms of readWrittenDate are taken, whatever the report; an unreadable text
 * gives undefined. A reader remembers what it has read, because a report names the same few days in
 * row after row.
 *
 * @param zone the `tz` the report was asked in; values without an offset are wall clock times there
 * @throws RakutenProblem for an unknown zone
 */
export function createDateReader(zone: string): DateReader {
	const clock = createZoneClock(zone);
	const days = new Map<string, ReadDay>();
	let lastText = '';
	let last: ReadDay | undefined;

	function read(text: string): ReadDay | undefined {
		if (text === lastText) return last;
		let day = days.get(text);
		if (!day) {
			day = readWithTime(text) ?? readAnew(text.trim());
			if (!day) return undefined;
			// Texts with a time are nearly all different: remembering them would only fill memory.
			if (day.time === undefined) remember(text, day);
		}
		lastText = text;
		last = day;
		return day;
	}

	/** Reads `HH:mm:ss` within a text by itself, so that what is around it can be remembered. */
	function readWithTime(text: string): ReadDay | undefined {
		const at = text.indexOf(':') - 2;
		const time = text.slice(at, at + 8);
		if (at < 10 || !isPlainTime(time) || text.charCodeAt(at + 8) === point) return undefined;
		const midnight = `${text.slice(0, at)}00:00:00${text.slice(at + 8)}`;
		let day = days.get(midnight);
		if (!day) {
			day = readAnew(midnight.trim());
			if (!day) return undefined;
			remember(midnight, day);
		}
		return { ...day, time: plainTime(time) };
	}

	function readAnew(text: string): ReadDay | undefined {
		const written = readWrittenDate(text);
		if (!written) return undefined;
		const { prefix, steady } = clock.day(written.day);
		return { ...written, prefix, suffix: steady && `.000${steady.suffix}` };
	}

	function remember(text: string, day: ReadDay): void {
		if (days.size >= mostRemembered) days.clear();
		days.set(text, day);
	}

	function ownInstant(date: ReadDay): string {
		const instant = instantOf(date);
		return instant === undefined
			? clock.wallTime(date.day, date.time ?? 0)
			: clock.instant(instant);
	}

	return {
		instant(dateText, timeText) {
			const date = read(dateText);
			if (!date) return undefined;
			if (date.suffix !== undefined && !date.time && isPlainTime(timeText)) {
				return date.prefix + timeText + date.suffix;
			}
			const text = timeText.trim();
			if (date.time !== undefined && (date.time > 0 || text === '')) return ownInstant(date);
			const time = readTime(text);
			return time === undefined ? undefined : clock.wallTime(date.day, time);
		},
		dayOrInstant(text) {
			const date = read(text);
			if (!date) return undefined;
			return date.time === undefined ? date.prefix.slice(0, 10) : ownInstant(date);
		},
	};
}

/** More than the days of ten years in two forms. */
const mostRemembered = 8192;

interface ReadDay extends WrittenDate {
	/** `2026-03-04T` */
	readonly prefix: string;
	/** `.000-05:00`; undefined near a change of the clocks. */
	readonly suffix?: string;
}

/** Whether a text is a time as reports write it, `06:58:45`. */
function isPlainTime(text: string): boolean {
	return (
		text.length === 8 &&
		text.charCodeAt(2) === colon &&
		text.charCodeAt(5) === colon &&
		pairAt(text, 0) < 24 &&
		pairAt(text, 3) < 60 &&
		pairAt(text, 6) < 60
	);
}

const plainTime = (text: string) =>
	((pairAt(text, 0) * 60 + pairAt(text, 3)) * 60 + pairAt(text, 6)) * 1000;

const colon = 0x3a;
const point = 0x2e;

/** The number that two digits stand for; 100 if one of them is not a digit. */
function pairAt(text: string, at: number): number {
	const tens = text.charCodeAt(at) - 0x30;
	const ones = text.charCodeAt(at + 1) - 0x30;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100;
}
