import { millisecondsPerDay } from '../date/calendar';
import type { LinePlace, Progress, Sweep } from './pollState';
import { hour, minute, second } from '../date/milliseconds';

/** How lines are polled: the user's choices, and what the source can do. */
export interface PollRules {
	readonly source: string;
	/** How far windows reach back before what was read already, for lines that appear late (ms). */
	readonly overlap: number;
	/** How far back the source returns lines (ms); undefined if that is not limited. */
	readonly reach?: number;
	/** Whether the source is asked for whole days, UTC. */
	readonly wholeDays: boolean;
	/** The most lines that one poll gives out. */
	readonly mostLines: number;
	/** The most lines that are remembered: an overlap with more of them makes lines come again. */
	readonly mostKnown: number;
	/** The most windows that one poll reads. */
	readonly windowsPerPoll: number;
	/** The longest and the shortest window that is read at once (ms). */
	readonly longestWindow: number;
	readonly shortestWindow: number;
	/** How far before the first poll the lines begin that are given out (ms); 0 for none before it. */
	readonly startBack: number;
	/** After how long without a line there is a notice of silence (ms); 0 for never. */
	readonly silence: number;
}

/** A range of process dates to read at once, both moments included (ms). */
export interface LineWindow {
	readonly from: number;
	readonly to: number;
}

const floorTo = (unit: number, at: number) => Math.floor(at / unit) * unit;
const startOfDay = (at: number) => floorTo(millisecondsPerDay, at);
export const endOfDay = (at: number) => startOfDay(at) + millisecondsPerDay - 1;

/** The source's unit: it is asked in whole days or whole seconds. */
export const floorFor = (rules: PollRules, at: number) =>
	rules.wholeDays ? startOfDay(at) : floorTo(second, at);

/** The last whole second that is over. */
export const lastPastSecond = (now: number) => floorTo(second, now - second);

/** The range of the first poll: nothing in it is given out, unless lines are wanted from further back. */
export function firstWindow(rules: PollRules, now: number): LineWindow {
	const to = lastPastSecond(now);
	return {
		from: floorFor(rules, to - rules.overlap),
		to: rules.wholeDays ? endOfDay(to) : to,
	};
}

/** The first moment that the source still returns lines of; a request takes a while to get there. */
const reachStart = (rules: PollRules, now: number) =>
	rules.reach === undefined ? Number.NEGATIVE_INFINITY : lastPastSecond(now) - rules.reach + minute;

/**
 * Where reading begins when what comes before is out of reach: an hour later than possible, as a long
 * sweep takes its time while the reach moves on.
 */
const safelyReachable = (rules: PollRules, now: number) => reachStart(rules, now) + hour;

/** Where the first poll starts. */
export function firstProgress(rules: PollRules, now: number): Progress {
	const { from } = firstWindow(rules, now);
	const cursor = floorFor(rules, lastPastSecond(now) - rules.startBack);
	return rules.startBack === 0
		? { cursor: lastPastSecond(now), knownFrom: from }
		: { cursor, knownFrom: cursor };
}

/**
 * The cursor where the sweep that is under way is given up. Whole days hold lines beyond the end of
 * the sweep; what appeared among them since it began was not looked at.
 */
export const reached = ({ cursor, sweep }: Progress): number =>
	sweep ? Math.max(cursor, Math.min(sweep.done.at, sweep.to)) : cursor;

/** What follows from a progress: the sweep to continue with, and what is out of reach by now. */
interface SweepStart {
	readonly progress: Progress;
	/** Lines processed in this range may be missing, and can't be read any more. */
	readonly missing?: LineWindow;
}

/**
 * Continues the unfinished sweep, or begins one: from the overlap before the cursor up to the last
 * whole second. If the result has no sweep, there is nothing to read, because n8n's clock was set
 * back.
 */
export function startSweep(progress: Progress, rules: PollRules, now: number): SweepStart {
	const reach = reachStart(rules, now);
	const { sweep } = progress;
	if (sweep && sweep.done.at >= reach) return { progress };
	const cursor = reached(progress);
	const to = lastPastSecond(now);
	if (cursor < reach) {
		const from = safelyReachable(rules, now);
		return {
			progress: beginAt(from, to, { cursor, knownFrom: from }, rules),
			// Lines that appeared late, up to the overlap before the cursor, were not looked for either.
			missing: { from: Math.max(cursor - rules.overlap, progress.knownFrom), to: from },
		};
	}
	const overlapping = Math.max(cursor - rules.overlap, progress.knownFrom, reach);
	const from = floorFor(rules, overlapping);
	const { knownFrom } = progress;
	return { progress: beginAt(from, to, { cursor, knownFrom }, rules) };
}

function beginAt(from: number, to: number, progress: Progress, rules: PollRules): Progress {
	if (from > to) return progress;
	const keepFrom = Math.max(floorFor(rules, to - rules.overlap), from);
	return { ...progress, sweep: { to, keepFrom, done: { at: from, hash: '' } } };
}

/**
 * The sweep as far as Rakuten can have returned its lines: if n8n's clock is ahead of Rakuten's, the
 * end of the sweep is still in Rakuten's future, and going on from it would leave lines out.
 */
export function endingBy(sweep: Sweep, clock: number | undefined, rules: PollRules): Sweep {
	if (clock === undefined || lastPastSecond(clock) >= sweep.to) return sweep;
	const to = lastPastSecond(clock);
	// What was given out before is known from the old place on only, and must not come again.
	const { done } = sweep;
	const notYetGivenOut = done.hash === '' ? done.at : floorTo(second, done.at) + second;
	const keepFrom = Math.max(floorFor(rules, to - rules.overlap), notYetGivenOut);
	return { ...sweep, to, keepFrom: Math.min(sweep.keepFrom, keepFrom) };
}

/** The next window of a sweep. */
export function nextWindow(sweep: Sweep, span: number, rules: PollRules): LineWindow {
	const from = floorFor(rules, sweep.done.at);
	if (rules.wholeDays) {
		const to = endOfDay(from + Math.max(span, millisecondsPerDay) - 1);
		return { from, to: Math.min(to, endOfDay(sweep.to)) };
	}
	// A line of Rakuten's current second may be done before the end of the sweep is moved back.
	return { from, to: Math.max(from, Math.min(from + Math.max(span, second), sweep.to)) };
}

/** The progress once all lines of a window have been given out. */
export function windowDone(
	progress: Progress,
	sweep: Sweep,
	window: LineWindow,
	rules: PollRules,
): Progress {
	if (window.to >= sweep.to) {
		return {
			cursor: Math.max(progress.cursor, sweep.to),
			knownFrom: Math.max(progress.knownFrom, sweep.keepFrom),
		};
	}
	// The next window shares its first second with this one's last: dates may hold parts of seconds.
	const done: LinePlace = rules.wholeDays
		? { at: window.to + 1, hash: '' }
		: { at: window.to, hash: '~' };
	return { ...progress, sweep: { ...sweep, done } };
}

/** Whether a line comes after a place in the order of a sweep. */
export const isAfter = (line: LinePlace, place: LinePlace) => compareLines(line, place) > 0;

/** Orders lines by process date, and where that is the same by hash. */
export function compareLines(a: LinePlace, b: LinePlace): number {
	if (a.at !== b.at) return a.at - b.at;
	return a.hash < b.hash ? -1 : Number(a.hash > b.hash);
}
