import { DateTime } from 'luxon';

import { isKnownZone, timeZones } from '../../../rakuten/date/timeZones';

describe('timeZones', () => {
	it('lists zones that exist, each once, GMT first', () => {
		expect(timeZones[0]).toEqual({ value: 'GMT', name: 'GMT' });
		expect(new Set(timeZones.map(({ value }) => value)).size).toBe(timeZones.length);
		expect(timeZones.length).toBeGreaterThanOrEqual(44);
		for (const { value, name } of timeZones) {
			expect(DateTime.fromISO('2026-01-01', { zone: value }).isValid).toBe(true);
			expect(name).toContain(value);
			expect(isKnownZone(value)).toBe(true);
		}
	});

	it.each(['UTC', 'Europe/Paris', 'America/Argentina/Buenos_Aires', 'Etc/UTC', 'US/Eastern'])(
		'knows %s too',
		(zone) => expect(isKnownZone(zone)).toBe(true),
	);

	it.each(['', 'EST', 'gmt', '+02:00', 'Europe/Nowhere', 'local', 'system', 'Europe/', 'GMT+1'])(
		'does not know %j',
		(zone) => expect(isKnownZone(zone)).toBe(false),
	);
});
