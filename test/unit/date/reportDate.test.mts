import fc from 'fast-check';
import { DateTime } from 'luxon';

import { createDateReader } from '../../../rakuten/date/reportDate';
import type { DateReader } from '../../../rakuten/date/reportDate';
import { timeZones } from '../../../rakuten/date/timeZones';
import { thrownBy } from '../thrownBy.mts';

const gmt = createDateReader('GMT');
const newYork = createDateReader('America/New_York');
const tokyo = createDateReader('Asia/Tokyo');

/** The day of what a reader makes of a text. */
const dayOf = (reader: DateReader, text: string) => reader.dayOrInstant(text)?.slice(0, 10);

describe('createDateReader', () => {
	it.each([
		['2/22/19', '2019-02-22'],
		['02/22/19', '2019-02-22'],
		['02/22/2019', '2019-02-22'],
		['2/2/2019', '2019-02-02'],
		['2-22-19', '2019-02-22'],
		['2019-02-22', '2019-02-22'],
		['2023-05-21T06:58:45.000+0000', '2023-05-21'],
		['2023-05-21T06:58:45Z', '2023-05-21'],
		['2020-07-16/05:30:32', '2020-07-16'],
		['Wed Apr 15 2020 21:20:27 GMT+0000 (UTC)', '2020-04-15'],
		['Thu, 12 Dec 2019 07:47:54 GMT', '2019-12-12'],
		['Feb 21, 2020', '2020-02-21'],
		['February 21, 2020', '2020-02-21'],
		['Feb 1, 2020', '2020-02-01'],
		[' 2/22/19 ', '2019-02-22'],
	])('§10.15 reads the day of %j', (text, day) => {
		expect(dayOf(gmt, text)).toBe(day);
		expect(dayOf(gmt, text)).toBe(day);
	});

	it.each([
		['2/22/19', '06:58:45', '2019-02-22T06:58:45.000Z'],
		['02/22/2019', '6:58:45', '2019-02-22T06:58:45.000Z'],
		['2/22/19', '06:58', '2019-02-22T06:58:00.000Z'],
		['2/22/19', ' 06:58:45 ', '2019-02-22T06:58:45.000Z'],
		['2/22/19', '06:58:45.5', '2019-02-22T06:58:45.500Z'],
		['2/22/19', '23:59:59', '2019-02-22T23:59:59.000Z'],
		['Feb 21, 2020', '00:00:00', '2020-02-21T00:00:00.000Z'],
		['2023-05-21T06:58:45.120+0000', '', '2023-05-21T06:58:45.120Z'],
		['2023-05-21T06:58:45+0200', '', '2023-05-21T04:58:45.000Z'],
		['2023-05-21T06:58:45-05:00', '', '2023-05-21T11:58:45.000Z'],
		['2020-07-16/05:30:32', '', '2020-07-16T05:30:32.000Z'],
		['Wed Apr 15 2020 21:20:27 GMT+0000 (UTC)', '', '2020-04-15T21:20:27.000Z'],
		['Wed Apr 15 2020 21:20:27 GMT+0200 (CEST)', '', '2020-04-15T19:20:27.000Z'],
		['Wed Apr 15 2020 21:20:27 GMT', '', '2020-04-15T21:20:27.000Z'],
		['Thu, 12 Dec 2019 07:47:54 GMT', '', '2019-12-12T07:47:54.000Z'],
	])('§10.15 reads the instant of %j and %j', (date, time, instant) => {
		expect(gmt.instant(date, time)).toBe(instant);
		expect(createDateReader('UTC').instant(date, time)).toBe(instant);
		expect(DateTime.fromISO(instant).isValid).toBe(true);
	});

	it('§10.28 reads an offset whose + has become a blank', () => {
		expect(gmt.instant('2023-05-21T06:58:45.000 0000', '')).toBe('2023-05-21T06:58:45.000Z');
		expect(gmt.instant('2023-05-21T06:58:45 0200', '')).toBe('2023-05-21T04:58:45.000Z');
	});

	it('§10.16 takes two-digit years as 1969 to 2068, and the month first', () => {
		expect(dayOf(gmt, '1/2/00')).toBe('2000-01-02');
		expect(dayOf(gmt, '12/31/68')).toBe('2068-12-31');
		expect(dayOf(gmt, '1/2/69')).toBe('1969-01-02');
		expect(dayOf(gmt, '1/2/99')).toBe('1999-01-02');
		expect(dayOf(gmt, '13/2/19')).toBeUndefined();
	});

	it('§10.16 reads times in the zone that was asked for, not in that of the machine', () => {
		expect(newYork.instant('2/22/19', '06:58:45')).toBe('2019-02-22T06:58:45.000-05:00');
		expect(newYork.instant('7/22/19', '06:58:45')).toBe('2019-07-22T06:58:45.000-04:00');
		expect(tokyo.instant('2/22/19', '06:58:45')).toBe('2019-02-22T06:58:45.000+09:00');
		expect(createDateReader('Europe/London').instant('2/22/19', '06:58:45')).toBe(
			'2019-02-22T06:58:45.000+00:00',
		);
	});

	it('shows an instant that names its own offset in the zone, and its day there', () => {
		const text = 'Wed Apr 15 2020 21:20:27 GMT+0000 (UTC)';
		expect(newYork.instant(text, '')).toBe('2020-04-15T17:20:27.000-04:00');
		expect(tokyo.instant(text, '')).toBe('2020-04-16T06:20:27.000+09:00');
		expect(dayOf(tokyo, text)).toBe('2020-04-16');
		expect(dayOf(tokyo, '2020-07-16/23:30:32')).toBe('2020-07-16');
	});

	it('lets a date that has its own time keep it, but fills midnight from the time column', () => {
		expect(gmt.instant('2020-07-16/05:30:32', '01:02:03')).toBe('2020-07-16T05:30:32.000Z');
		expect(gmt.instant('2020-07-16/00:00:00', '01:02:03')).toBe('2020-07-16T01:02:03.000Z');
		expect(newYork.instant('Fri Feb 22 2019 00:00:00 GMT+0000 (UTC)', '06:58:45')).toBe(
			'2019-02-22T06:58:45.000-05:00',
		);
	});

	it('reads a report without a time column', () => {
		expect(gmt.dayOrInstant('2/22/19')).toBe('2019-02-22');
		expect(gmt.dayOrInstant('2020-07-16/05:30:32')).toBe('2020-07-16T05:30:32.000Z');
		expect(gmt.dayOrInstant('soon')).toBeUndefined();
		expect(gmt.instant('2/22/19', '')).toBeUndefined();
	});

	it.each([
		'',
		' ',
		'null',
		'2/30/20',
		'2/29/19',
		'4/31/19',
		'0/10/19',
		'2/0/19',
		'22/2/19',
		'2/22/019',
		'2/22/9',
		'2/22',
		'2/22/19/1',
		'2/22-19',
		'22.2.2019',
		'2019/02/22',
		'02/22/1019',
		'02/22/2919',
		'2019-2-22',
		'2019-02-30',
		'2019-02-22T25:00:00Z',
		'2019-02-22T10:60:00Z',
		'2019-02-22T10:00:00+9900',
		'2019-02-22T10:00:00+0060',
		'2019-02-22T',
		'Wed Apr 31 2020 21:20:27 GMT+0000 (UTC)',
		'Wed Foo 15 2020 21:20:27 GMT+0000 (UTC)',
		'Febr 21, 2020',
		'Feb 30, 2020',
		'Total',
		'1582351200000',
		'__proto__',
	])('refuses %j', (text) => {
		expect(dayOf(gmt, text)).toBeUndefined();
		expect(gmt.instant(text, '06:58:45')).toBeUndefined();
		expect(gmt.dayOrInstant(text)).toBeUndefined();
	});

	it.each([
		'24:00:00',
		'06:60:00',
		'06:58:60',
		'6',
		'06:58:4',
		'0a:58:45',
		'06-58-45',
		'06:58:45 AM',
		'null',
	])('refuses the time %j', (time) => {
		expect(gmt.instant('2/22/19', time)).toBeUndefined();
	});

	it.each(['', 'EST', '+05:00', 'local', 'Mars/Olympus', 'America/St_Jon'])(
		'refuses the zone %j',
		(zone) => {
			expect(thrownBy(() => createDateReader(zone)).problemName).toBe('unknownTimeZone');
		},
	);

	it('takes the first of two equal clock times, and moves a skipped one on', () => {
		expect(newYork.instant('11/3/19', '01:30:00')).toBe('2019-11-03T01:30:00.000-04:00');
		expect(newYork.instant('11/3/19', '00:59:59')).toBe('2019-11-03T00:59:59.000-04:00');
		expect(newYork.instant('11/3/19', '02:00:00')).toBe('2019-11-03T02:00:00.000-05:00');
		expect(newYork.instant('3/10/19', '01:59:59')).toBe('2019-03-10T01:59:59.000-05:00');
		expect(newYork.instant('3/10/19', '02:30:00')).toBe('2019-03-10T03:30:00.000-04:00');
		expect(newYork.instant('3/10/19', '03:00:00')).toBe('2019-03-10T03:00:00.000-04:00');
		const sydney = createDateReader('Australia/Sydney');
		expect(sydney.instant('4/7/19', '02:30:00')).toBe('2019-04-07T02:30:00.000+11:00');
	});
});

const two = (number: number) => String(number).padStart(2, '0');

/** Every form that can say a wall clock time of a zone, with a time column or without. */
const wallForms: Array<(wall: DateTime) => [date: string, time: string]> = [
	(wall) => [wall.toFormat('M/d/yy'), wall.toFormat('HH:mm:ss')],
	(wall) => [wall.toFormat('MM/dd/yyyy'), wall.toFormat('H:mm:ss')],
	(wall) => [wall.toFormat('M-d-yy'), wall.toFormat('HH:mm:ss.SSS')],
	(wall) => [wall.toFormat('LLL d, yyyy', { locale: 'en-US' }), wall.toFormat('HH:mm:ss')],
	(wall) => [wall.toFormat('yyyy-MM-dd'), wall.toFormat('HH:mm:ss')],
	(wall) => [wall.toFormat('yyyy-MM-dd/HH:mm:ss'), ''],
	(wall) => [wall.toFormat("yyyy-MM-dd'T'HH:mm:ss"), ''],
];

/** Every form that says an instant by itself. */
const instantForms: Array<(date: DateTime) => string> = [
	(date) => date.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'"),
	(date) => date.toUTC().toISO() ?? '',
	(date) => date.toISO() ?? '',
	(date) => date.toJSDate().toUTCString(),
	(date) => {
		const [weekday, day, month, year, time] = date
			.toJSDate()
			.toUTCString()
			.replace(',', '')
			.split(' ');
		return `${weekday} ${month} ${day} ${year} ${time} GMT+0000 (UTC)`;
	},
	(date) => {
		const sign = date.offset < 0 ? '-' : '+';
		const minutes = Math.abs(date.offset);
		const offset = `${sign}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
		return `${date.toFormat('ccc LLL dd yyyy HH:mm:ss', { locale: 'en-US' })} GMT${offset} (Some Time)`;
	},
];

const zones = fc.constantFrom(...timeZones.map(({ value }) => value), 'UTC', 'Australia/Lord_Howe');
const readers = new Map<string, ReturnType<typeof createDateReader>>();
function readerFor(zone: string) {
	const reader = readers.get(zone) ?? createDateReader(zone);
	readers.set(zone, reader);
	return reader;
}

/** Seconds of 1972 to 2068, a third of them within a day of a change of New York's clocks. */
const seconds = fc.oneof(
	{ weight: 2, arbitrary: fc.integer({ min: 63_072_000, max: 3_124_137_599 }) },
	{
		weight: 1,
		arbitrary: fc
			.tuple(
				fc.constantFrom(
					'2019-03-10',
					'2019-11-03',
					'2026-03-29',
					'2026-10-25',
					'2026-04-05',
					'2018-11-04',
				),
				fc.integer({ min: -86_400, max: 172_800 }),
			)
			.map(([day, around]) => Date.parse(day) / 1000 + around),
	},
);

describe('the date reader against luxon', () => {
	it('§10.15 reads every wall clock time of every zone in every form', () => {
		fc.assert(
			fc.property(seconds, zones, fc.constantFrom(...wallForms), (second, zone, write) => {
				const date = DateTime.fromSeconds(second, { zone });
				const [first] = date.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis());
				const [dateText, timeText] = write(date);
				const reader = readerFor(zone);
				expect(reader.instant(dateText, timeText)).toBe(first.toISO());
				expect(dayOf(reader, dateText)).toBe(first.toISODate());
			}),
			{ numRuns: 4000 },
		);
	});

	it('§10.15 reads every instant that names its offset', () => {
		fc.assert(
			fc.property(seconds, zones, fc.constantFrom(...instantForms), (second, zone, write) => {
				const date = DateTime.fromSeconds(second, { zone });
				const reader = readerFor(zone);
				const text = write(date);
				expect(reader.dayOrInstant(text)).toBe(date.toISO());
				expect(dayOf(reader, text)).toBe(date.toISODate());
			}),
			{ numRuns: 4000 },
		);
	});

	it('reads every five minutes of the days around a change of the clocks', () => {
		for (const [zone, day] of [
			['America/New_York', '2019-03-10'],
			['America/New_York', '2019-11-03'],
			['Australia/Lord_Howe', '2026-04-05'],
			['Australia/Lord_Howe', '2026-10-04'],
			['America/Sao_Paulo', '2018-11-04'],
			['Atlantic/Azores', '2026-03-29'],
		]) {
			const reader = createDateReader(zone);
			const start = DateTime.fromISO(day, { zone: 'utc' });
			const wrong: string[] = [];
			for (let minute = -1440; minute < 2880; minute += 5) {
				const wall = start.plus({ minutes: minute });
				const read = reader.instant(wall.toFormat('M/d/yy'), wall.toFormat('HH:mm:ss')) ?? '';
				const shown = DateTime.fromISO(read, { setZone: true });
				const there = DateTime.fromMillis(shown.toMillis(), { zone });
				const skipped = there.toISO()?.slice(0, 19) !== wall.toISO()?.slice(0, 19);
				const exists =
					DateTime.fromObject(wall.toObject(), { zone }).toISO()?.slice(0, 19) ===
					wall.toISO()?.slice(0, 19);
				const earlier = there
					.getPossibleOffsets()
					.some((other) => other.toMillis() < there.toMillis());
				if (there.toISO() !== read || skipped === exists || (exists && earlier)) wrong.push(read);
			}
			expect([zone, day, wrong]).toEqual([zone, day, []]);
		}
	});

	it('refuses anything or reads a real day', () => {
		const text = fc.string({ unit: fc.constantFrom(...'0123456789/-:T GMTZ,Feb'), maxLength: 12 });
		fc.assert(
			fc.property(text, text, (date, time) => {
				const day = dayOf(gmt, date);
				if (day !== undefined) expect(DateTime.fromISO(day).isValid).toBe(true);
				const instant = gmt.instant(date, time);
				if (instant !== undefined) expect(DateTime.fromISO(instant).isValid).toBe(true);
			}),
			{ numRuns: 3000 },
		);
	});

	it('keeps reading right after more different dates than it remembers', () => {
		const reader = createDateReader('Europe/Berlin');
		const start = DateTime.fromISO('1975-01-01T12:00', { zone: 'Europe/Berlin' });
		for (let days = 0; days < 8500; days++) {
			const date = start.plus({ days });
			if (reader.instant(date.toFormat('MM/dd/yyyy'), '12:00:00') !== date.toISO()) {
				throw new Error(`wrong on ${date.toISO()}`);
			}
		}
		expect(dayOf(reader, '1/1/75')).toBe('1975-01-01');
	});
});
