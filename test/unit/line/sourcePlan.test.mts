import fc from 'fast-check';
import { DateTime } from 'luxon';

import { columnsForFilter, leftOut } from '../../../rakuten/line/lineFilter';
import type { SourcedLine } from '../../../rakuten/line/sourcedLine';
import { isWithin, planSources } from '../../../rakuten/line/sourcePlan';
import type { LineDate } from '../../../rakuten/line/sourcePlan';
import { resolveTimeWindow } from '../../../rakuten/line/timeWindow';
import { thrownBy } from '../thrownBy.mts';

const now = DateTime.fromISO('2026-11-21T13:14:15.678Z', { zone: 'utc' });
const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' });

describe('resolveTimeWindow', () => {
	const window = (preset: string, start?: string, end?: string) =>
		resolveTimeWindow({ preset, start, end, now });

	it.each([
		['last24Hours', '2026-11-20T13:14:15.000Z', '2026-11-21T13:14:15.000Z'],
		['last7Days', '2026-11-15T00:00:00.000Z', '2026-11-21T13:14:15.000Z'],
		['thisMonth', '2026-11-01T00:00:00.000Z', '2026-11-21T13:14:15.000Z'],
		['lastMonth', '2026-10-01T00:00:00.000Z', '2026-10-31T23:59:59.000Z'],
		['last12Months', '2025-11-22T00:00:00.000Z', '2026-11-21T13:14:15.000Z'],
	])('%s is %s to %s', (preset, from, to) => {
		expect(window(preset)).toEqual({ from, to });
	});

	it.each([
		['2026-11-01', '2026-11-02', '2026-11-01T00:00:00.000Z', '2026-11-02T23:59:59.000Z'],
		[
			'2026-11-01T06:00:00',
			'2026-11-02T06:00',
			'2026-11-01T06:00:00.000Z',
			'2026-11-02T06:00:00.000Z',
		],
		[
			'2026-11-01 06:00:00',
			'2026-11-02T00:00:00',
			'2026-11-01T06:00:00.000Z',
			'2026-11-02T00:00:00.000Z',
		],
		[
			'2026-11-01T06:00:00+09:00',
			'2026-11-02T06:00:00-05:00',
			'2026-10-31T21:00:00.000Z',
			'2026-11-02T11:00:00.000Z',
		],
		['2026-11-20', '2027-01-01', '2026-11-20T00:00:00.000Z', '2026-11-21T13:14:15.000Z'],
		['2026-11-01', '2026-11-01', '2026-11-01T00:00:00.000Z', '2026-11-01T23:59:59.000Z'],
	])('%s to %s is %s to %s: UTC, and never in the future', (start, end, from, to) => {
		expect(window('custom', start, end)).toEqual({ from, to });
	});

	it.each([
		['', '2026-11-01', 'dateMissing'],
		['2026-11-01', ' ', 'dateMissing'],
		['yesterday', '2026-11-01', 'dateUnreadable'],
		['2026-02-30', '2026-11-01', 'dateUnreadable'],
		['1970-01-01', '2026-11-01', 'dateFarAway'],
		['2026-11-01', '20261-01-01', 'dateUnreadable'],
		['2026-11-01', '2036-11-01', 'dateFarAway'],
		['2026-11-22', '2026-11-23', 'dateInFuture'],
		['2026-11-02', '2026-11-01', 'dateRangeReversed'],
	])('%s to %s is refused as %s', (start, end, problemName) => {
		expect(thrownBy(() => window('custom', start, end)).problemName).toBe(problemName);
	});

	it('says what is wrong and what to enter', () => {
		expect(thrownBy(() => window('custom', undefined, '2026-11-01'))).toMatchObject({
			message: "'Start' is empty",
			description:
				"Enter a day or a date and time, for example 2026-11-21 or 2026-11-21T12:00:00Z, or choose another 'Date Range'.",
		});
		expect(thrownBy(() => window('custom', '2026-11-01', 'x'.repeat(61)))).toMatchObject({
			message: expect.stringContaining(`"${'x'.repeat(60)}"`),
			description:
				'Enter a day or a date and time, for example 2026-11-21 or 2026-11-21T12:00:00Z.',
		});
		expect(thrownBy(() => window('custom', '1895-11-01', '2026-11-01'))).toMatchObject({
			message: "'Start' (1895-11-01T00:00:00.000Z) is too far away",
			description: 'Check the year.',
		});
		expect(thrownBy(() => window('custom', '2026-11-22', '2026-11-23'))).toMatchObject({
			message: "'Start' (2026-11-22T00:00:00.000Z) is in the future",
			description: expect.stringContaining('UTC'),
		});
		expect(
			thrownBy(() => window('custom', '2026-11-03T01:00:00+01:00', '2026-11-02')),
		).toMatchObject({
			message: "'End' (2026-11-02T23:59:59.000Z) is before 'Start' (2026-11-03T00:00:00.000Z)",
			description: expect.stringContaining('UTC'),
		});
	});

	it('reads from 1996 on, and up to a year ahead', () => {
		expect(window('custom', '1996-01-01', '2027-11-21T13:14:15Z').from).toBe(
			'1996-01-01T00:00:00.000Z',
		);
		expect(thrownBy(() => window('custom', '1995-12-31', '2026-11-01')).problemName).toBe(
			'dateFarAway',
		);
		expect(thrownBy(() => window('custom', '2026-11-01', '2027-11-21T13:14:16Z')).problemName).toBe(
			'dateFarAway',
		);
	});

	it('accepts this very second, and a start that is the end', () => {
		const second = '2026-11-21T13:14:15.000Z';
		expect(window('custom', second, second)).toEqual({ from: second, to: second });
		expect(window('custom', ` ${second} `, '2026-11-22')).toEqual({ from: second, to: second });
	});

	it('refuses a blank between date and time if a T would not do', () => {
		for (const start of ['2026-11-01  06:00', 'x2026-11-01 06:00', '2026-11-1 06:00']) {
			expect(thrownBy(() => window('custom', start, '2026-11-02')).problemName).toBe(
				'dateUnreadable',
			);
		}
	});

	it('refuses a choice that does not exist', () => {
		expect(thrownBy(() => window('everything')).problemName).toBe('dateRangeUnknown');
	});
});

describe('planSources', () => {
	const reachDays = { process: 29, transaction: 29 };
	const plan = (dateType: LineDate, from: string, to: string, continues = true) =>
		planSources(dateType, { from, to }, { now, reachDays, continues });

	it('asks the Events API alone for what it reaches', () => {
		const window = { from: '2026-10-23T13:15:15.000Z', to: '2026-11-21T13:14:15.000Z' };
		for (const dateType of ['process', 'transaction'] as const) {
			expect(plan(dateType, window.from, window.to, false)).toEqual({
				dateType,
				window,
				events: { dateType, ...window },
				report: undefined,
			});
		}
	});

	it('refuses what is older, naming the earliest start and the column to add', () => {
		const problem = thrownBy(() =>
			plan('process', '2026-10-23T13:15:14.000Z', '2026-11-21T13:14:15.000Z', false),
		);
		expect(problem.problemName).toBe('beyondReach');
		expect(problem.message).toBe(
			'By process date, the Events API reaches back 29 days, to 2026-10-23T13:15:15.000Z; the range begins at 2026-10-23T13:15:14.000Z',
		);
		expect(problem.description).toContain('2026-10-23T13:15:15.000Z');
		expect(problem.description).toContain('Transaction ID');
	});

	it('reaches further back by transaction date, where Rakuten does', () => {
		const settings = { now, reachDays: { process: 29, transaction: 99 }, continues: false };
		const to = '2026-11-21T13:14:15.000Z';
		const first = { from: '2026-08-14T13:15:15.000Z', to };
		expect(planSources('transaction', first, settings)).toEqual({
			dateType: 'transaction',
			window: first,
			events: { dateType: 'transaction', ...first },
			report: undefined,
		});
		const before = { from: '2026-08-14T13:15:14.000Z', to };
		expect(thrownBy(() => planSources('transaction', before, settings)).message).toBe(
			'By transaction date, the Events API reaches back 99 days, to 2026-08-14T13:15:15.000Z; the range begins at 2026-08-14T13:15:14.000Z',
		);
		expect(thrownBy(() => planSources('process', first, settings)).message).toContain('29 days');
		// What a report has to add is still divided by process dates.
		expect(planSources('transaction', before, { ...settings, continues: true })).toMatchObject({
			events: { dateType: 'process', from: '2026-10-24T00:00:00.000Z' },
			report: { cutDay: '2026-10-24', days: { from: '2026-08-14' } },
		});
	});

	it('by process date: divides at the first midnight within reach', () => {
		expect(plan('process', '2026-01-01T00:00:00.000Z', '2026-11-21T13:14:15.000Z')).toMatchObject({
			events: {
				dateType: 'process',
				from: '2026-10-24T00:00:00.000Z',
				to: '2026-11-21T13:14:15.000Z',
			},
			report: {
				dateType: 'process',
				days: { from: '2026-01-01', to: '2026-10-23' },
				cutDay: '2026-10-24',
				columns: ['Transaction ID', 'Process Date'],
			},
		});
	});

	it('by transaction date: asks each source for all that it may have', () => {
		expect(
			plan('transaction', '2026-09-01T00:00:00.000Z', '2026-09-30T23:59:59.000Z'),
		).toMatchObject({
			events: {
				dateType: 'process',
				from: '2026-10-24T00:00:00.000Z',
				to: '2026-11-21T13:14:15.000Z',
			},
			report: {
				dateType: 'transaction',
				days: { from: '2026-09-01', to: '2026-09-30' },
				cutDay: '2026-10-24',
				columns: ['Transaction ID', 'Process Date', 'Transaction Date'],
			},
		});
	});

	it.each([
		['process', '2026-09-01T00:00:01.000Z', '2026-11-21T13:14:15.000Z', 'Process Time'],
		['process', '2026-09-01T00:00:00.000Z', '2026-09-02T12:00:00.000Z', 'Process Time'],
		['transaction', '2026-09-01T00:00:00.000Z', '2026-09-02T12:00:00.000Z', 'Transaction Time'],
		['transaction', '2026-09-01T00:00:00.000Z', '2026-11-21T13:14:15.000Z', undefined],
		['process', '2026-09-01T00:00:00.000Z', '2026-09-02T23:59:59.000Z', undefined],
	] as const)('%s date, %s to %s needs the column %s', (dateType, from, to, time) => {
		const { columns } = plan(dateType, from, to).report!;
		expect(columns.find((column) => column.endsWith('Time'))).toBe(time);
	});

	it('has at the very midnight that the reach begins at its cut', () => {
		const midnight = planSources(
			'process',
			{ from: '2026-01-01T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' },
			{ now: utc('2026-11-20T23:59:00.000Z'), reachDays, continues: true },
		);
		expect(midnight.report!.cutDay).toBe('2026-10-23');
		expect(midnight.events!.from).toBe('2026-10-23T00:00:00.000Z');
	});

	it('asks no Events API for what ends before the cut, and the report up to the last day', () => {
		const older = plan('process', '2026-09-01T00:00:00.000Z', '2026-10-23T23:59:59.000Z');
		expect(older.events).toBeUndefined();
		expect(older.report!.days).toEqual({ from: '2026-09-01', to: '2026-10-23' });
		const first = plan('process', '2026-09-01T00:00:00.000Z', '2026-10-24T00:00:00.000Z');
		expect(first.events).toMatchObject({ to: '2026-10-24T00:00:00.000Z' });
		expect(first.report!.days).toEqual({ from: '2026-09-01', to: '2026-10-23' });
	});

	/** What each source would give, as Rakuten's APIs select, and what the plan takes of it. */
	function taken(line: { transaction: number; process: number }, choice: ReturnType<typeof plan>) {
		const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
		const dates = { process: iso(line.process), transaction: iso(line.transaction) };
		const isLate = (day: string) => dates.process.slice(0, 10) >= day;
		const isWanted = isWithin(dates[choice.dateType], choice.window);
		const { events, report } = choice;
		const fromEvents =
			events !== undefined &&
			isWithin(dates[events.dateType], events) &&
			(!report || (isLate(report.cutDay) && isWanted));
		const asked = report && dates[report.dateType].slice(0, 10);
		const fromReport =
			report !== undefined &&
			asked! >= report.days.from &&
			asked! <= report.days.to &&
			!isLate(report.cutDay) &&
			isWanted;
		return [...(fromEvents ? ['events'] : []), ...(fromReport ? ['report'] : [])];
	}

	it('takes every line of the window exactly once, and none from outside', () => {
		const nowSeconds = Math.floor(now.toSeconds());
		const hour = 3600;
		const moment = fc.integer({ min: nowSeconds - 70 * 24 * hour, max: nowSeconds });
		/** Right at midnights, where slips happen. */
		const edge = fc
			.tuple(fc.integer({ min: 0, max: 69 }), fc.constantFrom(-1, 0, 1))
			.map(([days, shift]) => nowSeconds - (nowSeconds % 86_400) - days * 86_400 + shift);
		const any = fc.oneof(moment, edge);
		fc.assert(
			fc.property(
				fc.constantFrom<LineDate>('process', 'transaction'),
				any,
				any,
				fc.array(
					fc.tuple(any, fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 * 24 * hour }))),
				),
				(dateType, one, other, drawn) => {
					const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
					const window = { from: iso(Math.min(one, other)), to: iso(Math.max(one, other)) };
					const choice = planSources(dateType, window, { now, reachDays, continues: true });
					for (const [transaction, delay] of drawn) {
						const process = Math.min(transaction + delay, nowSeconds);
						const line = { transaction, process };
						const isWanted = isWithin(iso(line[dateType]), window);
						expect(taken(line, choice)).toHaveLength(isWanted ? 1 : 0);
					}
				},
			),
			{ numRuns: 400 },
		);
	});
});

describe('isWithin', () => {
	const window = { from: '2026-11-01T06:00:00.000Z', to: '2026-11-02T06:00:00.000Z' };
	it.each([
		['2026-11-01T06:00:00.000Z', true],
		['2026-11-01T05:59:59.999Z', false],
		['2026-11-02T06:00:00.999Z', true],
		['2026-11-02T06:00:01.000Z', false],
		['2026-11-01', true],
		['2026-11-03', false],
	])('%s: %s', (date, expected) => {
		expect(isWithin(date, window)).toBe(expected);
	});
});

describe('a filter', () => {
	const line = {
		siteId: '1',
		currency: 'USD',
		transactionType: 'realtime',
		advertiserId: '5',
		isEvent: false,
		u1: 'a',
	} as SourcedLine;
	const none = { advertiserIds: [] };

	it.each([
		[none, undefined],
		[{ ...none, siteId: '1' }, undefined],
		[{ ...none, siteId: '2' }, 'site'],
		[{ ...none, currency: 'EUR' }, 'filter'],
		[{ ...none, transactionType: 'batch' }, 'filter'],
		[{ advertiserIds: ['5', '6'] }, undefined],
		[{ advertiserIds: ['55'] }, 'filter'],
		[{ ...none, isEvent: true }, 'filter'],
		[{ ...none, isEvent: false }, undefined],
		[{ ...none, u1: 'A' }, 'filter'],
	] as const)('%j: %s', (filter, reason) => {
		expect(leftOut(line, filter)).toBe(reason);
	});

	it('takes a transaction type in any letters, and no line without what is asked for', () => {
		expect(
			leftOut({ ...line, transactionType: 'Realtime' }, { ...none, transactionType: 'realtime' }),
		).toBeUndefined();
		for (const lacking of [
			{ transactionType: null },
			{ currency: null },
			{ advertiserId: null },
			{ isEvent: null },
			{ u1: null },
		]) {
			const filter = {
				currency: 'USD',
				transactionType: 'realtime',
				advertiserIds: ['5'],
				isEvent: false,
				u1: 'a',
			} as const;
			expect(leftOut(line, filter)).toBeUndefined();
			expect(leftOut({ ...line, ...lacking } as SourcedLine, filter)).toBe('filter');
		}
	});

	it('keeps a line that does not name its site', () => {
		expect(leftOut({ ...line, siteId: null }, { ...none, siteId: '2' })).toBeUndefined();
	});

	it('says which columns a report needs for it, and what no report has', () => {
		expect(columnsForFilter(none)).toEqual([]);
		expect(columnsForFilter({ advertiserIds: ['5'], currency: 'USD', u1: 'x' })).toEqual([
			'Currency',
			'MID',
			'Member ID (U1)',
		]);
		const both = thrownBy(() =>
			columnsForFilter({ ...none, isEvent: true, transactionType: 'batch' }),
		);
		expect(both.message).toContain("'Transaction Type' and 'Event Flag'");
		expect(both.problemName).toBe('filterNotInReport');
		expect(both.description).toContain('the Events API');
		const one = thrownBy(() => columnsForFilter({ ...none, isEvent: false }));
		expect(one.message).toMatch(/^The filter 'Event Flag' can't/);
	});
});
