import { dayText } from '../../../../rakuten/date/calendar';
import { DateEvidence } from '../../../../rakuten/partner/read/DateEvidence';
import {
	dateSign,
	namedFormat,
	readJoinDate,
	spokenDate,
	writeJoinDate,
} from '../../../../rakuten/partner/read/joinDate';
import type { JoinDateFormat } from '../../../../rakuten/partner/read/joinDate';
import { thrownBy } from '../../thrownBy.mts';

const read = (text: string, format: JoinDateFormat) => {
	const day = readJoinDate(text, format);
	return day === undefined ? undefined : dayText(day);
};

describe('a join date', () => {
	it.each([
		['2/22/2019', '2019-02-22', undefined],
		['02/03/2019', '2019-02-03', '2019-03-02'],
		['2-3-19', '2019-02-03', '2019-03-02'],
		['3.4.2023', '2023-03-04', '2023-04-03'],
		['22/2/2019', undefined, '2019-02-22'],
		['12/31/68', '2068-12-31', undefined],
		['12/31/69', '1969-12-31', undefined],
		['2/22/2019 12:00:00 AM', '2019-02-22', undefined],
		['2/22/2019 0:00', '2019-02-22', undefined],
		['02/30/2020', undefined, undefined],
		['13/13/2020', undefined, undefined],
		['2/29/2023', undefined, undefined],
		['2/3', undefined, undefined],
		['2/3-2020', undefined, undefined],
		['1/2/203', undefined, undefined],
	])('%s is %s with the month first and %s with the day first', (text, mdy, dmy) => {
		expect(read(text, 'mdy')).toBe(mdy);
		expect(read(text, 'dmy')).toBe(dmy);
		expect(read(text, 'iso')).toBeUndefined();
		expect(read(text, 'serial')).toBeUndefined();
	});

	it.each([
		['2019-02-22', '2019-02-22'],
		['2019/2/3', '2019-02-03'],
		['2019-02-22T23:59:59Z', '2019-02-22'],
		['2019-02-22T23:59:59.999-08:00', '2019-02-22'],
		['2019-02-22 06:58:45', '2019-02-22'],
		['20190222', '2019-02-22'],
		['Feb 21, 2020', '2020-02-21'],
		['February 21 2020', '2020-02-21'],
		['21-Feb-20', '2020-02-21'],
		['21 Sept 2020', '2020-09-21'],
		['Wed Apr 15 2020 21:20:27 GMT+0000 (UTC)', '2020-04-15'],
		['2019-02-30', undefined],
		['Foo 21, 2020', undefined],
		['unknown', undefined],
		['', undefined],
		['43882', undefined],
	])('%s is %s in every format', (text, day) => {
		for (const format of ['mdy', 'dmy', 'iso'] as const) expect(read(text, format)).toBe(day);
	});

	it('is a serial number of a spreadsheet only if that is the format', () => {
		expect(read('43882', 'serial')).toBe('2020-02-21');
		expect(read('43882.75', 'serial')).toBe('2020-02-21');
		expect(read('36526', 'serial')).toBe('2000-01-01');
		expect(read('2020-02-21', 'serial')).toBe('2020-02-21');
		expect(read('12345', 'serial')).toBeUndefined();
	});

	it.each([
		['2/22/2019', 'mdyOnly'],
		['22/2/2019', 'dmyOnly'],
		['2/3/2019', 'either'],
		['3/3/2019', 'same'],
		['2019-03-04', 'plain'],
		['43882', 'serial'],
		['n/a', 'none'],
		['31/31/2019', 'none'],
	])('%s says %s', (text, sign) => expect(dateSign(text)).toBe(sign));

	it('is written in the format asked for', () => {
		const day = readJoinDate('2019-02-03', 'iso')!;
		expect(writeJoinDate(day, 'iso')).toBe('2019-02-03');
		expect(writeJoinDate(day, 'mdy')).toBe('02/03/2019');
		expect(writeJoinDate(day, 'dmy')).toBe('03/02/2019');
		expect(spokenDate(day)).toBe('February 3, 2019');
	});

	it('has a format that can be named in several ways', () => {
		expect(['M/D/Y', 'mdy', ' m/d/y '].map(namedFormat)).toEqual(['mdy', 'mdy', 'mdy']);
		expect(namedFormat('D/M/Y')).toBe('dmy');
		expect(namedFormat('iso')).toBe('iso');
		expect(['', 'Y/M/D', 'x'].map(namedFormat)).toEqual([undefined, undefined, undefined]);
	});
});

describe('the dates of a file', () => {
	const evidence = (...dates: string[]) => {
		const gathered = new DateEvidence('"overview.csv"');
		for (const date of dates) gathered.add(date);
		return gathered;
	};

	it.each([
		[['3/4/2023', '12/31/2023'], 'mdy'],
		[['3/4/2023', '31/12/2023'], 'dmy'],
		[['3/4/2023', '31/12/2023', 'n/a', '43882'], 'dmy'],
		[['2023-03-04', '', 'n/a'], 'iso'],
		[[], 'iso'],
		[['3/3/2023', '4/4/2024'], 'mdy'],
		[['2023-03-04', '43882'], 'iso'],
	])('%j are in the format %s', (dates, format) => {
		expect(evidence(...dates).format()).toBe(format);
	});

	it('ask if every one can be read in two ways, and show two of them both ways', () => {
		const problem = thrownBy(() =>
			evidence('3/3/2023', '3/4/2023', '3/4/2023', '12/11/2020', '5/6/2021').format(),
		);
		expect(problem.problemName).toBe('ambiguousDates');
		expect(problem.message).toBe(
			'Every join date of "overview.csv" can be read in two ways: "3/4/2023" is March 4, 2023 with the month first, and April 3, 2023 with the day first; "12/11/2020" is December 11, 2020 with the month first, and November 12, 2020 with the day first',
		);
		expect(problem.description).toMatch(
			/'Join Date Format' to Month\/Day\/Year or Day\/Month\/Year/,
		);
	});

	it('also ask if there are ISO dates between ambiguous ones', () => {
		expect(thrownBy(() => evidence('2023-03-04', '3/4/2023').format()).problemName).toBe(
			'ambiguousDates',
		);
	});

	it('are read as rows of a rejected file say, if those agree', () => {
		const gathered = evidence('3/4/2023');
		gathered.add('5/6/2023', 'dmy');
		expect(gathered.format()).toBe('dmy');
		gathered.add('5/6/2023', 'mdy');
		expect(thrownBy(() => gathered.format()).problemName).toBe('ambiguousDates');
	});

	it('stop if many fit one order and many the other', () => {
		const problem = thrownBy(() => evidence('12/31/2023', '3/4/2023', '31/12/2023').format());
		expect(problem.problemName).toBe('mixedDates');
		expect(problem.message).toMatch(/"12\/31\/2023" has the month first, "31\/12\/2023" the day/);
	});

	it('let a slip among many pass: it becomes a warning of its row', () => {
		const many = Array.from({ length: 30 }, () => '12/31/2023');
		expect(evidence('31/12/2023', ...many).format()).toBe('mdy');
	});

	it('are named if a spreadsheet has left nothing but its own numbers', () => {
		const problem = thrownBy(() => evidence('43882', '43883.5', '').format());
		expect(problem.problemName).toBe('serialDates');
		expect(problem.message).toMatch(/serial numbers: "43882", which would be February 21, 2020/);
		expect(problem.description).toMatch(/Spreadsheet Serial Number/);
	});

	it('need no format if they are written as they are', () => {
		expect(evidence('3/4/2023').format(false)).toBe('mdy');
		expect(evidence('31/12/2023', '12/31/2023').format(false)).toBe('mdy');
		expect(evidence('43882').format(false)).toBe('iso');
	});
});
