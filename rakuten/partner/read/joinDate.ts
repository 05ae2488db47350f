import { dayNumber, dayText } from '../../date/calendar';
import { monthNames, monthNumber, readWrittenDate } from '../../date/dateForms';

/**
 * How a file writes dates. `mdy` and `dmy` are about dates of three numbers with the year last;
 * `serial` are the day numbers of a spreadsheet.
 */
export type JoinDateFormat = 'mdy' | 'dmy' | 'iso' | 'serial';

export const joinDateFormatNames: Readonly<Record<JoinDateFormat, string>> = {
	mdy: 'M/D/Y',
	dmy: 'D/M/Y',
	iso: 'ISO',
	serial: 'Spreadsheet Serial Number',
};

/** The format that a text names, however it is spelled; undefined for any other text. */
export function namedFormat(text: string): JoinDateFormat | undefined {
	const plain = text.toLowerCase().replace(/[^a-z]/g, '');
	if (plain === '') return undefined;
	const formats = Object.keys(joinDateFormatNames) as JoinDateFormat[];
	return formats.find(
		(format) =>
			format === plain ||
			joinDateFormatNames[format].toLowerCase().replace(/[^a-z]/g, '') === plain,
	);
}

/** A time of day after a date: it is dropped, because a join date is a day. */
const time = String.raw`(?:,? ?[T ] ?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:[AP]\.?M\.?)? ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$`;
const yearLast = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${time}`, 'i');
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${time}`, 'i');
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const dayMonthName = new RegExp(
	String.raw`^(\d{1,2})[- ]([a-z]{3,9})\.?,?[- ](\d{4}|\d{2})${time}`,
	'i',
);
const monthNameDay = new RegExp(String.raw`^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})${time}`, 'i');
const serial = /^(\d{5})(?:[.,]\d+)?$/;

/** Day 25,569 of a spreadsheet is 1970-01-01. */
const serialOf1970 = 25_569;

/** Spreadsheet days of the years 1995 to 2099: other five-digit numbers are not dates here. */
const likelySerials = { from: 34_700, to: 73_050 };

/**
 * The day of a join date, as days since 1970-01-01, as it is written: no zone is applied. Dates that
 * can be read in one way only (the year first, the month as a word) are taken whatever the format;
 * `iso` takes no others. Undefined for any other text and for days that do not exist.
 */
export function readJoinDate(text: string, format: JoinDateFormat): number | undefined {
	const parts = yearLast.exec(text);
	if (parts) {
		if (format === 'mdy') return day(parts[4], parts[1], parts[3]);
		return format === 'dmy' ? day(parts[4], parts[3], parts[1]) : undefined;
	}
	if (format === 'serial') {
		const number = serialNumber(text);
		if (number !== undefined) return number - serialOf1970;
	}
	return readPlainDate(text);
}

/** A date of one meaning; see readJoinDate. */
function readPlainDate(text: string): number | undefined {
	let parts = yearFirst.exec(text);
	if (parts) return day(parts[1], parts[3], parts[4]);
	parts = compact.exec(text);
	if (parts) return day(parts[1], parts[2], parts[3]);
	parts = dayMonthName.exec(text);
	if (parts) return monthNamed(parts[2], parts[1], parts[3]);
	parts = monthNameDay.exec(text);
	if (parts) return monthNamed(parts[1], parts[2], parts[3]);
	return yearLast.test(text) ? undefined : readWrittenDate(text)?.day;
}

/** What a date says about the format of its file. */
export type DateSign = 'mdyOnly' | 'dmyOnly' | 'either' | 'same' | 'plain' | 'serial' | 'none';

export function dateSign(text: string): DateSign {
	if (!yearLast.test(text)) {
		if (serialNumber(text) !== undefined) return 'serial';
		return readPlainDate(text) === undefined ? 'none' : 'plain';
	}
	const mdy = readJoinDate(text, 'mdy');
	const dmy = readJoinDate(text, 'dmy');
	if (mdy === undefined) return dmy === undefined ? 'none' : 'dmyOnly';
	if (dmy === undefined) return 'mdyOnly';
	return mdy === dmy ? 'same' : 'either';
}

/** Whether a date is written with dots, and would be another one with the day first. */
export const isDottedEitherWay = (text: string): boolean =>
	yearLast.exec(text)?.[2] === '.' && dateSign(text) === 'either';

/** The number of a spreadsheet's date, without its time of day. */
function serialNumber(text: string): number | undefined {
	const number = Number(serial.exec(text)?.[1] ?? Number.NaN);
	return number >= likelySerials.from && number <= likelySerials.to ? number : undefined;
}

/** Two-digit years are 1969 to 2068, as in Rakuten's reports. */
function day(year: string, month: string, dayOfMonth: string): number | undefined {
	const short = Number(year);
	const full = year.length === 4 ? short : short + (short < 69 ? 2000 : 1900);
	return full < 1900 || full > 2199
		? undefined
		: dayNumber(full, Number(month), Number(dayOfMonth));
}

function monthNamed(name: string, dayOfMonth: string, year: string): number | undefined {
	const month = name.toLowerCase() === 'sept' ? 9 : monthNumber(name);
	return day(year, String(month), dayOfMonth);
}

/** How the import writes dates. `asIs` leaves every text as it is. */
export type OutputDateFormat = 'iso' | 'mdy' | 'dmy' | 'asIs';

/** A day in the format; not for `asIs`. */
export function writeJoinDate(number: number, format: Exclude<OutputDateFormat, 'asIs'>): string {
	const iso = dayText(number);
	if (format === 'iso') return iso;
	const [year, month, dayOfMonth] = iso.split('-');
	return format === 'mdy' ? `${month}/${dayOfMonth}/${year}` : `${dayOfMonth}/${month}/${year}`;
}

/** A day as a person says it, such as `March 4, 2023`: for messages, where no order may be assumed. */
export function spokenDate(number: number): string {
	const [year, month, dayOfMonth] = dayText(number).split('-').map(Number);
	const name = monthNames[month - 1];
	return `${name[0].toUpperCase()}${name.slice(1)} ${dayOfMonth}, ${year}`;
}
