import {
	compareLines,
	endingBy,
	firstProgress,
	firstWindow,
	isAfter,
	nextWindow,
	startSweep,
	windowDone,
} from '../../../rakuten/polling/sweep';
import type { Sweep } from '../../../rakuten/polling/pollState';
import { day, hour, minute, second, someRules } from './pollWorld.mts';

/** 2026-05-01T12:00:00.500Z */
const now = Date.UTC(2026, 4, 1, 12) + 500;
const lastSecond = Date.UTC(2026, 4, 1, 11, 59, 59);
const midnight = Date.UTC(2026, 4, 1);
const events = someRules;
const report = { ...someRules, source: 'report', wholeDays: true };

describe('the first poll', () => {
	it('looks at the overlap before the last second that is over', () => {
		expect(firstWindow(events, now)).toEqual({
			from: lastSecond - 30 * minute,
			to: lastSecond,
		});
		expect(firstProgress(events, now)).toEqual({
			cursor: lastSecond,
			knownFrom: lastSecond - 30 * minute,
		});
	});

	it('looks at whole days where the source has them', () => {
		expect(firstWindow({ ...report, overlap: 2 * day }, now)).toEqual({
			from: midnight - 2 * day,
			to: midnight + day - 1,
		});
	});

	it('begins further back if lines are wanted from there', () => {
		const back = lastSecond - 3 * hour;
		expect(firstProgress({ ...events, startBack: 3 * hour }, now)).toEqual({
			cursor: back,
			knownFrom: back,
		});
	});
});

describe('a sweep', () => {
	const progress = { cursor: lastSecond - hour, knownFrom: lastSecond - 2 * hour };

	it('begins the overlap before the cursor, and keeps what the next one needs', () => {
		expect(startSweep(progress, events, now)).toEqual({
			progress: {
				...progress,
				sweep: {
					to: lastSecond,
					keepFrom: lastSecond - 30 * minute,
					done: { at: lastSecond - 90 * minute, hash: '' },
				},
			},
		});
	});

	it('begins no earlier than what is known, nor keeps more than it reads', () => {
		const some = { cursor: lastSecond - minute, knownFrom: lastSecond - 2 * minute };
		expect(startSweep(some, events, now).progress.sweep).toEqual({
			to: lastSecond,
			keepFrom: lastSecond - 2 * minute,
			done: { at: lastSecond - 2 * minute, hash: '' },
		});
	});

	it('does not begin if nothing is over since the last one', () => {
		const some = { cursor: lastSecond + hour, knownFrom: lastSecond + 45 * minute };
		expect(startSweep(some, events, now)).toEqual({ progress: some });
		const same = { cursor: lastSecond, knownFrom: lastSecond };
		expect(startSweep(same, events, now).progress.sweep).toMatchObject({ to: lastSecond });
	});

	describe('of a source that reaches back a day', () => {
		const rules = { ...events, reach: day };
		/** The first moment that is asked for, a minute after the reach begins. */
		const reach = lastSecond - day + minute;

		it('goes on if its place is still in reach', () => {
			const sweep: Sweep = { to: lastSecond, keepFrom: reach, done: { at: reach, hash: 'h' } };
			const some = { cursor: reach, knownFrom: reach, sweep };
			expect(startSweep(some, rules, now)).toEqual({ progress: some });
		});

		it('is given up otherwise: what it had reached is the cursor', () => {
			const sweep: Sweep = {
				to: lastSecond - day,
				keepFrom: reach,
				done: { at: reach - second, hash: 'h' },
			};
			const some = { cursor: reach - 2 * hour, knownFrom: reach - 3 * hour, sweep };
			const started = startSweep(some, rules, now);
			expect(started.missing).toEqual({
				from: lastSecond - day - 30 * minute,
				to: reach + hour,
			});
		});

		it('says what is missing, and begins an hour after what is still in reach', () => {
			const cursor = reach - second;
			const started = startSweep({ cursor, knownFrom: cursor - hour }, rules, now);
			expect(started).toEqual({
				missing: { from: cursor - 30 * minute, to: reach + hour },
				progress: {
					cursor,
					knownFrom: reach + hour,
					sweep: {
						to: lastSecond,
						keepFrom: lastSecond - 30 * minute,
						done: { at: reach + hour, hash: '' },
					},
				},
			});
			expect(startSweep({ cursor, knownFrom: cursor }, rules, now).missing!.from).toBe(cursor);
		});

		it('misses nothing if the cursor is just in reach', () => {
			const started = startSweep({ cursor: reach, knownFrom: reach - hour }, rules, now);
			expect(started.missing).toBeUndefined();
			expect(started.progress.sweep!.done.at).toBe(reach);
		});
	});

	it("ends by Rakuten's clock if n8n's is ahead", () => {
		const sweep: Sweep = {
			to: lastSecond,
			keepFrom: lastSecond - 30 * minute,
			done: { at: lastSecond - hour, hash: '' },
		};
		expect(endingBy(sweep, undefined, events)).toBe(sweep);
		expect(endingBy(sweep, now + hour, events)).toBe(sweep);
		expect(endingBy(sweep, lastSecond + second, events)).toBe(sweep);
		const clock = lastSecond - 10 * minute + second + 300;
		expect(endingBy(sweep, clock, events)).toEqual({
			...sweep,
			to: lastSecond - 10 * minute,
			keepFrom: lastSecond - 40 * minute,
		});
	});

	it('keeps nothing before its own place then, which was given out', () => {
		const at = lastSecond - 20 * minute;
		const clock = lastSecond - 10 * minute + second;
		const sweep = (hash: string): Sweep => ({
			to: lastSecond,
			keepFrom: lastSecond - 5 * minute,
			done: { at, hash },
		});
		expect(endingBy(sweep(''), clock, events).keepFrom).toBe(at);
		expect(endingBy(sweep('h'), clock, events).keepFrom).toBe(at + second);
		expect(endingBy({ ...sweep('h'), keepFrom: at }, clock, events).keepFrom).toBe(at);
	});
});

describe('a window of a sweep', () => {
	const sweep: Sweep = {
		to: lastSecond,
		keepFrom: lastSecond - hour,
		done: { at: lastSecond - 2 * hour, hash: '~' },
	};
	const progress = { cursor: lastSecond - 3 * hour, knownFrom: lastSecond - 4 * hour, sweep };

	it('begins with the second that the one before ended in, and ends with the sweep', () => {
		const from = lastSecond - 2 * hour;
		expect(nextWindow(sweep, hour, events)).toEqual({ from, to: from + hour });
		expect(nextWindow(sweep, 5 * hour, events)).toEqual({ from, to: lastSecond });
		expect(nextWindow(sweep, 1, events)).toEqual({ from, to: from + second });
		const late = { ...sweep, done: { at: lastSecond + 3 * second, hash: '' } };
		expect(nextWindow(late, hour, events)).toEqual({
			from: lastSecond + 3 * second,
			to: lastSecond + 3 * second,
		});
	});

	it('is whole days where the source has them', () => {
		const from = midnight - 3 * day;
		const some = { ...sweep, done: { at: from, hash: '' } };
		expect(nextWindow(some, 2 * day, report)).toEqual({ from, to: midnight - day - 1 });
		expect(nextWindow(some, minute, report)).toEqual({ from, to: from + day - 1 });
		expect(nextWindow(some, 31 * day, report)).toEqual({ from, to: midnight + day - 1 });
	});

	it('moves the place on when it is done, a day or past every line of its last second', () => {
		const window = { from: midnight - 2 * day, to: midnight - day - 1 };
		expect(windowDone(progress, sweep, window, report).sweep!.done).toEqual({
			at: midnight - day,
			hash: '',
		});
		const short = { from: lastSecond - 2 * hour, to: lastSecond - hour };
		const { done } = windowDone(progress, sweep, short, events).sweep!;
		expect(done).toEqual({ at: lastSecond - hour, hash: '~' });
		expect(isAfter({ at: lastSecond - hour, hash: 'zzzzzzzzzz' }, done)).toBe(false);
		expect(isAfter({ at: lastSecond - hour + second, hash: '' }, done)).toBe(true);
	});

	it('ends the sweep with its last second: the cursor moves on, never back', () => {
		const last = { from: lastSecond - hour, to: lastSecond };
		expect(windowDone(progress, sweep, last, events)).toEqual({
			cursor: lastSecond,
			knownFrom: lastSecond - hour,
		});
		const ahead = { ...progress, cursor: lastSecond + hour, knownFrom: lastSecond - minute };
		expect(windowDone(ahead, sweep, last, events)).toEqual({
			cursor: lastSecond + hour,
			knownFrom: lastSecond - minute,
		});
	});
});

describe('the order of lines', () => {
	it('is by date, then by hash, and a line does not come after itself', () => {
		const a = { at: 1, hash: 'a' };
		const b = { at: 1, hash: 'b' };
		const later = { at: 2, hash: '' };
		expect(compareLines(a, b)).toBeLessThan(0);
		expect(compareLines(b, a)).toBeGreaterThan(0);
		expect(compareLines(a, { ...a })).toBe(0);
		expect(compareLines(later, b)).toBeGreaterThan(0);
		expect(isAfter(a, a)).toBe(false);
	});
});
