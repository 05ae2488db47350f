import { RakutenProblem } from '../problem';
import { dayNumberOf, dayText } from './calendar';

/** Whole days, first and last included, as YYYY-MM-DD. */
export interface DayWindow {
	readonly from: string;
	readonly to: string;
}

/**
 * Splits a range into windows of this many days, oldest first. Every day is in exactly one window;
 * only the newest may be shorter.
 */
export function splitIntoWindows(range: DayWindow, daysPerWindow: number): DayWindow[] {
	if (!Number.isInteger(daysPerWindow) || daysPerWindow < 1) {
		throw new RakutenProblem(
			'daysPerRequestInvalid',
			"'Days per Request' is not a whole number of at least 1",
			'Enter a whole number of days, for example 31.',
		);
	}
	const [first, last] = bounds(range);
	const windows: DayWindow[] = [];
	for (let from = first; from <= last; from += daysPerWindow) {
		windows.push(between(from, Math.min(from + daysPerWindow - 1, last)));
	}
	return windows;
}

/** The older and the newer half of a window; undefined for a single day, which can't be halved. */
export function halve(window: DayWindow): [DayWindow, DayWindow] | undefined {
	const [first, last] = bounds(window);
	if (first === last) return undefined;
	const middle = Math.floor((first + last) / 2);
	return [between(first, middle), between(middle + 1, last)];
}

const between = (first: number, last: number): DayWindow => ({
	from: dayText(first),
	to: dayText(last),
});

function bounds({ from, to }: DayWindow): [number, number] {
	const first = dayNumberOf(from);
	const last = dayNumberOf(to);
	if (first === undefined || last === undefined || first > last) {
		throw new RakutenProblem(
			'dayWindowInvalid',
			`There are no days from "${from}" to "${to}"`,
			'Give two days as YYYY-MM-DD, the earlier one first.',
		);
	}
	return [first, last];
}
