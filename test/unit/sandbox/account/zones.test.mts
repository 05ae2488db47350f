import { DateTime } from 'luxon';
import {
	dateText,
	dayNumber,
	isZone,
	localDay,
	localTime,
} from '../../../../sandbox/account/zones.mts';

describe('wall clocks', () => {
	it.each([
		['America/New_York', '2026-03-08T07:00:00Z'],
		['America/New_York', '2025-11-02T06:00:00Z'],
		['Europe/London', '2026-03-29T01:00:00Z'],
		['Pacific/Auckland', '2025-09-27T14:00:00Z'],
		['Asia/Tokyo', '2026-01-01T00:00:00Z'],
		['GMT', '2026-01-01T00:00:00Z'],
	])('of %s are right around %s', (zone, change) => {
		const middle = Date.parse(change) / 1000;
		for (let instant = middle - 90_000; instant <= middle + 90_000; instant += 599) {
			const expected = DateTime.fromSeconds(instant, { zone });
			expect(dateText(localDay(instant, zone))).toBe(expected.toISODate());
			expect(localTime(instant, zone)).toBe(expected.toFormat('HH:mm:ss'));
		}
	});
});

describe('names and dates', () => {
	it('are checked', () => {
		expect(['GMT', 'UTC', 'Europe/Paris', 'Etc/GMT+5'].every(isZone)).toBe(true);
		expect(['+02:00', '', 'Mars/Olympus', '2'].some(isZone)).toBe(false);
		expect(dayNumber('2024-02-29')).toBe(19_782);
		expect(['2026-02-29', '2026-2-1', '26-02-01', ''].map(dayNumber)).toEqual(
			Array.from({ length: 4 }),
		);
	});
});
