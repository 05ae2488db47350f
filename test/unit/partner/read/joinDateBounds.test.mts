import { dayText } from '../../../../rakuten/date/calendar';
import { DateEvidence } from '../../../../rakuten/partner/read/DateEvidence';
import {
	dateSign,
	joinDateFormatNames,
	namedFormat,
	readJoinDate,
	spokenDate,
} from '../../../../rakuten/partner/read/joinDate';
import type { JoinDateFormat } from '../../../../rakuten/partner/read/joinDate';
import { thrownBy } from '../../thrownBy.mts';

const read = (text: string, format: JoinDateFormat = 'mdy') => {
	const day = readJoinDate(text, format);
	return day === undefined ? undefined : dayText(day);
};

describe('the bounds of a join date', () => {
	it.each([
		['34699', undefined],
		['34700', '1995-01-01'],
		['73050', '2099-12-31'],
		['73051', undefined],
		['43882,75', '2020-02-21'],
		['43882.', undefined],
		['143882', undefined],
		['4388', undefined],
		['x43882', undefined],
		['43882x', undefined],
	])('serial number %s is %s', (text, day) => {
		expect(read(text, 'serial')).toBe(day);
		expect(dateSign(text)).toBe(day === undefined ? 'none' : 'serial');
	});

	it.each([
		['12/31/1899', undefined],
		['1/1/1900', '1900-01-01'],
		['12/31/2199', '2199-12-31'],
		['1/1/2200', undefined],
		['1/1/0020', undefined],
		['1/1/00', '2000-01-01'],
		['1/1/68', '2068-01-01'],
		['1/1/69', '1969-01-01'],
		['1/1/99', '1999-01-01'],
		['1899-12-31', undefined],
		['1900-01-01', '1900-01-01'],
		['2199/12/31', '2199-12-31'],
		['22000101', undefined],
		['1-Jan-69', '1969-01-01'],
	])('the year of %s gives %s', (text, day) => expect(read(text)).toBe(day));

	it('has a month by its whole name, its three letters, or Sept', () => {
		const names =
			'January February March April May June July August September October November December';
		for (const [at, name] of names.split(' ').entries()) {
			const day = `2020-${String(at + 1).padStart(2, '0')}-07`;
			for (const month of [name, name.slice(0, 3), name.toUpperCase()]) {
				const forms = [`${month} 7, 2020`, `${month}. 7 2020`, `7 ${month} 2020`, `07-${month}-20`];
				expect(forms.map((text) => read(text))).toEqual(forms.map(() => day));
			}
			if (name.length > 4)
				expect(read(`7 ${name.slice(0, 4)} 2020`)).toBe(name === 'September' ? day : undefined);
			expect(spokenDate(readJoinDate(day, 'iso')!)).toBe(`${name} 7, 2020`);
		}
	});

	it.each([
		', 3:04 PM',
		' 3:04',
		' 03:04:05',
		' 3:04:05.123 p.m.',
		' 3:04AM',
		'T03:04:05Z',
		'T03:04:05+01:00',
		' 03:04:05 -0500',
		' 03:04 GMT',
		' 03:04:05 UTC',
	])('leaves out the time of day after it: %j', (time) => {
		for (const date of [
			'2/22/2019',
			'2-22-19',
			'2019/2/22',
			'2019-02-22',
			'22-Feb-2019',
			'22 Feb 19',
			'February 22, 2019',
		]) {
			expect([date + time, read(date + time)]).toEqual([date + time, '2019-02-22']);
		}
	});

	it.each([
		'x2/22/2019',
		'2/22/2019x',
		'2/22/2019 soon',
		'2/22/2019 3',
		'2/22/2019 3:4',
		'2/22/2019 3:04 CET',
		'2/22.2019',
		'2/222/2019',
		'222/2/2019',
		'2/22/20199',
		'x2019-02-22',
		'2019-02-22x',
		'2019-02/22',
		'12019-02-22',
		'x20190222',
		'20190222x',
		'201902221',
		'2019022',
		'20191301',
		'20190230',
		'x22-Feb-2019',
		'22-Feb-2019x',
		'22-Fe-2019',
		'22-Feb-201',
		'322-Feb-2019',
		'22_Feb_2019',
		'30-Feb-2019',
		'0-Feb-2019',
		'xFeb 22, 2019x',
		'Feb 22, 2019x',
		'Feb 22, 19',
		'Feb 222, 2019',
		'0/22/2019',
		'2/0/2019',
	])('is not a date with anything else around it: %s', (text) => {
		for (const format of ['mdy', 'dmy', 'iso', 'serial'] as const) {
			expect([format, read(text, format)]).toEqual([format, undefined]);
		}
		expect(dateSign(text)).toBe('none');
	});

	it('leaves dates of three numbers to the two formats for them', () => {
		for (const format of ['iso', 'serial'] as const) {
			expect(read('2/22/2019', format)).toBeUndefined();
			expect(read('2/2/2019 3:04', format)).toBeUndefined();
		}
		expect(read('43882', 'mdy')).toBeUndefined();
		expect(read('43882', 'iso')).toBeUndefined();
	});

	it('has formats by their own names and by those the node shows', () => {
		for (const [format, name] of Object.entries(joinDateFormatNames)) {
			expect(
				[format, name, name.toUpperCase(), ` ${name.toLowerCase()}: `].map(namedFormat),
			).toEqual(Array(4).fill(format));
		}
		expect(['7', 'm/d', 'serial number', 'isoiso'].map(namedFormat)).toEqual(
			Array(4).fill(undefined),
		);
	});
});

describe('the bounds of what dates say about their file', () => {
	const evidence = (dates: Record<string, number>, declared: JoinDateFormat[] = []) => {
		const gathered = new DateEvidence('The file');
		for (const [date, count] of Object.entries(dates)) {
			for (let at = 0; at < count; at++) gathered.add(date);
		}
		for (const format of declared) gathered.add('1/2/2020', format);
		return gathered;
	};
	const problemOf = (gathered: DateEvidence) => thrownBy(() => gathered.format());

	it('allows one date in twenty to fit the other order only', () => {
		expect(evidence({ '12/31/2023': 19, '31/12/2023': 1 }).format()).toBe('mdy');
		expect(evidence({ '12/31/2023': 1, '31/12/2023': 19 }).format()).toBe('dmy');
		expect(problemOf(evidence({ '12/31/2023': 18, '31/12/2023': 1 })).problemName).toBe(
			'mixedDates',
		);
		expect(problemOf(evidence({ '12/31/2023': 1, '31/12/2023': 18 })).problemName).toBe(
			'mixedDates',
		);
	});

	it('needs rows that declare one of the two orders, and no other', () => {
		expect(evidence({ '3/4/2023': 1 }, ['mdy']).format()).toBe('mdy');
		expect(evidence({ '3/4/2023': 1 }, ['dmy', 'dmy']).format()).toBe('dmy');
		for (const declared of [['iso'], ['serial'], ['dmy', 'iso'], ['mdy', 'serial']] as const) {
			expect(problemOf(evidence({ '3/4/2023': 1 }, [...declared])).problemName).toBe(
				'ambiguousDates',
			);
		}
		expect(evidence({}, ['dmy']).format()).toBe('iso');
		expect(evidence({ '31/12/2023': 1 }, ['mdy']).format()).toBe('dmy');
	});

	it('takes serial numbers for damage only if there is no other date', () => {
		expect(evidence({ '43882': 3, '2020-02-21': 1 }).format()).toBe('iso');
		expect(evidence({ '43882': 3, '3/3/2023': 1 }).format()).toBe('mdy');
		expect(problemOf(evidence({ '43882': 3, 'n/a': 1 })).problemName).toBe('serialDates');
		expect(evidence({ 'n/a': 3 }).format()).toBe('iso');
	});

	it('shows two different dates as examples, the first ones', () => {
		const { message } = problemOf(evidence({ '43882': 2, '43883': 2, '43884': 1 }));
		expect(message).toContain('"43882"');
		expect(message).toContain('"43883"');
		expect(message).not.toContain('43884');
		expect(problemOf(evidence({ '43882': 2 })).message).toMatch(/: "43882", which would be [^;]*$/);
	});

	it('says what to do', () => {
		expect(problemOf(evidence({ '12/31/2023': 1, '31/12/2023': 1 })).description).toMatch(
			/'Join Date Format' to M\/D\/Y or D\/M\/Y: dates that do not fit become warnings/,
		);
		expect(problemOf(evidence({ '3/4/2023': 1 })).description).toMatch(/Set 'Join Date Format'/);
		expect(problemOf(evidence({ '43882': 1 })).description).toMatch(
			/without opening it in a spreadsheet/,
		);
	});

	it('is the same for more different dates than are remembered', () => {
		const gathered = new DateEvidence('The file');
		for (let at = 0; at < 9000; at++) gathered.add(dayText(at));
		for (let at = 0; at < 9000; at++) gathered.add(`${dayText(at)} 10:00`);
		gathered.add('31/12/2023');
		expect(gathered.format()).toBe('dmy');
	});
});
