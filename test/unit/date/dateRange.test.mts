import fc from 'fast-check';
import { DateTime } from 'luxon';

import { resolveDateRange } from '../../../rakuten/date/dateRange';
import { timeZones } from '../../../rakuten/date/timeZones';
import { splitIntoWindows } from '../../../rakuten/date/windows';
import { thrownBy } from '../thrownBy.mts';

const at = (text: string) => DateTime.fromISO(text, { setZone: true });
const now = at('2026-11-21T08:30:00Z');

const custom = (startDate: string, endDate: string, zone = 'GMT') =>
	resolveDateRange({ preset: 'custom', startDate, endDate, now, zone });

describe('resolveDateRange', () => {
	it.each([
		['last7Days', '2026-11-15', '2026-11-21'],
		['last30Days', '2026-10-23', '2026-11-21'],
		['last90Days', '2026-08-24', '2026-11-21'],
		['last12Months', '2025-11-22', '2026-11-21'],
		['thisMonth', '2026-11-01', '2026-11-21'],
		['lastMonth', '2026-10-01', '2026-10-31'],
	])('takes %s as %s to %s', (preset, from, to) => {
		expect(resolveDateRange({ preset, now, zone: 'GMT' })).toEqual({ from, to });
	});

	it.each([
		['2026-03-01T12:00:00Z', 'lastMonth', '2026-02-01', '2026-02-28'],
		['2028-03-31T12:00:00Z', 'lastMonth', '2028-02-01', '2028-02-29'],
		['2026-01-15T12:00:00Z', 'lastMonth', '2025-12-01', '2025-12-31'],
		['2026-01-01T00:00:00Z', 'thisMonth', '2026-01-01', '2026-01-01'],
		['2028-02-29T12:00:00Z', 'last12Months', '2027-03-01', '2028-02-29'],
		['2029-02-28T12:00:00Z', 'last12Months', '2028-02-29', '2029-02-28'],
		['2026-03-03T12:00:00Z', 'last7Days', '2026-02-25', '2026-03-03'],
	])('at %s takes %s as %s to %s', (text, preset, from, to) => {
		expect(resolveDateRange({ preset, now: at(text), zone: 'GMT' })).toEqual({ from, to });
	});

	it('§10.16 counts days in the zone of the report, not in that of the machine or of now', () => {
		const late = at('2026-11-30T23:30:00Z');
		expect(resolveDateRange({ preset: 'thisMonth', now: late, zone: 'GMT' }).to).toBe('2026-11-30');
		expect(resolveDateRange({ preset: 'thisMonth', now: late, zone: 'Asia/Tokyo' })).toEqual({
			from: '2026-12-01',
			to: '2026-12-01',
		});
		const same = late.setZone('America/New_York');
		expect(resolveDateRange({ preset: 'thisMonth', now: same, zone: 'Asia/Tokyo' }).from).toBe(
			'2026-12-01',
		);
	});

	it('ends today and has the days its name says, at any time in any zone', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 946_684_800, max: 2_840_140_800 }),
				fc.constantFrom(...timeZones.map(({ value }) => value)),
				fc.constantFrom<[string, number, number]>(
					['last7Days', 7, 7],
					['last30Days', 30, 30],
					['last90Days', 90, 90],
					['last12Months', 365, 366],
					['thisMonth', 1, 31],
				),
				(second, zone, [preset, fewest, most]) => {
					const moment = DateTime.fromSeconds(second);
					const range = resolveDateRange({ preset, now: moment, zone });
					expect(range.to).toBe(moment.setZone(zone).toISODate());
					const days = splitIntoWindows(range, 1).length;
					expect(days).toBeGreaterThanOrEqual(fewest);
					expect(days).toBeLessThanOrEqual(most);
				},
			),
			{ numRuns: 300 },
		);
	});

	it.each([
		['2026-03-01', '2026-03-01', 'GMT', '2026-03-01'],
		[' 2026-03-01 ', '2026-03-31', 'GMT', '2026-03-01'],
		['2026-03-01T00:00:00', '2026-03-31', 'Asia/Tokyo', '2026-03-01'],
		['2026-03-01 23:59:00', '2026-03-31', 'America/New_York', '2026-03-01'],
		['2026-03-01T00:00:00.000-05:00', '2026-03-31', 'America/New_York', '2026-03-01'],
		['2026-03-01T00:00:00.000-05:00', '2026-03-31', 'GMT', '2026-03-01'],
		['2026-03-01T00:00:00.000+09:00', '2026-03-31', 'GMT', '2026-03-01'],
		['2026-03-01T00:00:00.000Z', '2026-03-31', 'America/New_York', '2026-03-01'],
		['2026-03-01T20:00Z', '2026-03-31', 'Asia/Tokyo', '2026-03-01'],
	])('reads a range from %j to %j in %s', (start, end, zone, from) => {
		expect(custom(start, end, zone).from).toBe(from);
	});

	it('includes both days, and days to come within a year', () => {
		expect(custom('2026-02-01', '2026-12-31')).toEqual({ from: '2026-02-01', to: '2026-12-31' });
	});

	it.each([
		['dateMissing', '', '2026-03-01'],
		['dateMissing', '2026-03-01', '  '],
		['dateUnreadable', '3/1/2026', '2026-03-01'],
		['dateUnreadable', '2026-02-30', '2026-03-01'],
		['dateUnreadable', '2026-02-30T10:00:00', '2026-03-01'],
		['dateUnreadable', '2026-03-01T25:00:00', '2026-03-01'],
		['dateUnreadable', '2026-3-1', '2026-03-01'],
		['dateUnreadable', '2026-03', '2026-03-01'],
		['dateUnreadable', 'today', '2026-03-01'],
		['dateUnreadable', '1772323200000', '2026-03-01'],
		['dateReversed', '2026-03-02', '2026-03-01'],
		['dateFarAway', '2026-03-01', '2062-03-01'],
		['dateFarAway', '2026-03-01', '2027-11-22'],
		['dateFarAway', '0026-03-01', '2026-03-01'],
		['dateFarAway', '1995-12-31', '2026-03-01'],
	])('refuses with %s: %j to %j', (code, start, end) => {
		const problem = thrownBy(() => custom(start, end));
		expect(problem.problemName.replace('dateRange', 'date')).toBe(code);
		expect(problem.message).toMatch(/'(Start|End) Date'/);
	});

	it('refuses a custom range without days, a preset and a zone that do not exist', () => {
		expect(
			thrownBy(() => resolveDateRange({ preset: 'custom', now, zone: 'GMT' })).problemName,
		).toBe('dateMissing');
		expect(
			thrownBy(() => resolveDateRange({ preset: 'lastYear', now, zone: 'GMT' })).problemName,
		).toBe('dateRangeUnknown');
		expect(
			thrownBy(() => resolveDateRange({ preset: 'lastMonth', now, zone: 'EST' })).problemName,
		).toBe('unknownTimeZone');
	});
});
