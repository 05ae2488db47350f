import fc from 'fast-check';
import { DateTime } from 'luxon';

import { dayNumber, dayText } from '../../../rakuten/date/calendar';
import type { DayWindow } from '../../../rakuten/date/windows';
import { halve, splitIntoWindows } from '../../../rakuten/date/windows';
import { thrownBy } from '../thrownBy.mts';

/** Every day of a window, counted in another way. */
function daysOf({ from, to }: DayWindow): string[] {
	const days: string[] = [];
	for (const day = new Date(from); day <= new Date(to); day.setUTCDate(day.getUTCDate() + 1)) {
		days.push(day.toISOString().slice(0, 10));
	}
	return days;
}

/** How many days a window has. */
const daysIn = (window: DayWindow) => splitIntoWindows(window, 1).length;

const ranges = fc
	.tuple(fc.integer({ min: 9496, max: 30_000 }), fc.nat({ max: 800 }))
	.map(([first, days]) => ({
		from: dayText(first),
		to: dayText(first + days),
	}));

describe('splitIntoWindows', () => {
	it('§10.23 cuts a year into windows of 31 days, oldest first', () => {
		const windows = splitIntoWindows({ from: '2025-11-22', to: '2026-11-21' }, 31);
		expect(windows).toHaveLength(12);
		expect(windows[0]).toEqual({ from: '2025-11-22', to: '2025-12-22' });
		expect(windows[11]).toEqual({ from: '2026-10-29', to: '2026-11-21' });
	});

	it('§10.23 puts every day of a range into exactly one window', () => {
		fc.assert(
			fc.property(ranges, fc.integer({ min: 1, max: 400 }), (range, size) => {
				const windows = splitIntoWindows(range, size);
				expect(windows.flatMap(daysOf)).toEqual(daysOf(range));
				expect(windows.slice(0, -1).every((window) => daysIn(window) === size)).toBe(true);
				expect(daysIn(windows[windows.length - 1])).toBeLessThanOrEqual(size);
			}),
			{ numRuns: 200 },
		);
	});

	it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d days', (size) => {
		const problem = thrownBy(() =>
			splitIntoWindows({ from: '2026-01-01', to: '2026-01-02' }, size),
		);
		expect(problem.problemName).toBe('daysPerRequestInvalid');
	});

	it.each([
		['2026-01-02', '2026-01-01'],
		['2026-02-30', '2026-03-01'],
		['1/1/26', '2026-03-01'],
		['2026-01-01', ''],
	])('refuses a range from %j to %j', (from, to) => {
		expect(thrownBy(() => splitIntoWindows({ from, to }, 31)).problemName).toBe('dayWindowInvalid');
	});
});

describe('halve', () => {
	it('§10.23 halves down to single days without losing or doubling one', () => {
		const singles = (window: DayWindow): DayWindow[] => {
			const halves = halve(window);
			if (!halves) return [window];
			expect(Math.abs(daysIn(halves[0]) - daysIn(halves[1]))).toBeLessThanOrEqual(1);
			return halves.flatMap(singles);
		};
		fc.assert(
			fc.property(ranges, (range) => {
				const days = singles(range);
				expect(days.map(({ from }) => from)).toEqual(daysOf(range));
				expect(days.every(({ from, to }) => from === to)).toBe(true);
			}),
			{ numRuns: 40 },
		);
	});

	it('does not halve a day', () => {
		expect(halve({ from: '2026-03-01', to: '2026-03-01' })).toBeUndefined();
		expect(halve({ from: '2026-03-01', to: '2026-03-02' })).toEqual([
			{ from: '2026-03-01', to: '2026-03-01' },
			{ from: '2026-03-02', to: '2026-03-02' },
		]);
	});
});

describe('windows of one day', () => {
	it('are as many as there are days, the first and the last included', () => {
		expect(daysIn({ from: '2024-02-01', to: '2024-02-29' })).toBe(29);
		fc.assert(
			fc.property(ranges, (range) => expect(daysIn(range)).toBe(daysOf(range).length)),
			{
				numRuns: 50,
			},
		);
	});
});

describe('day numbers', () => {
	it.each([
		[1900, false],
		[2000, true],
		[2024, true],
		[2026, false],
		[2100, false],
	])('know whether %d has a February 29', (year, isLeap) => {
		expect(dayNumber(year, 2, 29) !== undefined).toBe(isLeap);
	});

	it('are those of the calendar, and do not exist for days that do not', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1600, max: 2400 }),
				fc.integer({ min: 0, max: 13 }),
				fc.integer({ min: 0, max: 32 }),
				(year, month, day) => {
					const date = DateTime.fromObject({ year, month, day }, { zone: 'utc' });
					const number = dayNumber(year, month, day);
					expect(number).toBe(date.isValid ? date.toMillis() / 86_400_000 : undefined);
					if (number !== undefined) expect(dayText(number)).toBe(date.toISODate());
				},
			),
			{ numRuns: 3000 },
		);
	});
});
