/** Days without clocks or zones: YYYY-MM-DD texts and day numbers (days since 1970-01-01). */

export const millisecondsPerDay = 86_400_000;

const daysBeforeMarch = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];

/** The day number of a date that exists; undefined for one that does not, such as February 30. */
export function dayNumber(year: number, month: number, day: number): number | undefined {
	if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
	// Counting years from March puts the leap day last, so no special rule is needed for it.
	const marchYear = month > 2 ? year : year - 1;
	const leapDays =
		Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
	return marchYear * 365 + leapDays + daysBeforeMarch[month - 1] + day - 719_469;
}

function daysInMonth(year: number, month: number): number {
	if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** YYYY-MM-DD of a day number. */
export function dayText(number: number): string {
	return new Date(number * millisecondsPerDay).toISOString().slice(0, 10);
}

/** The day number of a YYYY-MM-DD text; undefined for any other text. */
export function dayNumberOf(text: string): number | undefined {
	const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
	return parts ? dayNumber(Number(parts[1]), Number(parts[2]), Number(parts[3])) : undefined;
}
