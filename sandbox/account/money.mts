/**
 * Amounts are whole minor units (cents; yen, which have no minor unit, as they are), so that sums
 * are exact. Text is made of them only at the very end.
 */

const WITHOUT_MINOR_UNIT = new Set(['JPY']);

/** Digits after the decimal point of a currency: 2, or 0 for yen. */
export function minorDigits(currency: string): number {
	return WITHOUT_MINOR_UNIT.has(currency) ? 0 : 2;
}

/** Whole minor units as an exact decimal text: `-1234, 'USD'` → `-12.34`; `-1234, 'JPY'` → `-1234`. */
export function decimalText(minor: number, currency: string): string {
	const digits = minorDigits(currency);
	const text = String(Math.abs(minor)).padStart(digits + 1, '0');
	const sign = minor < 0 ? '-' : '';
	if (digits === 0) return sign + text;
	return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** An exact decimal text as whole minor units; throws where the text has more digits than that. */
export function minorUnits(text: string, currency: string): number {
	const digits = minorDigits(currency);
	const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
	const fraction = parts?.[3] ?? '';
	if (!parts || fraction.length > digits) {
		throw new Error(`"${text}" is not an amount in ${currency}`);
	}
	const minor = Number(parts[2]! + fraction.padEnd(digits, '0'));
	return parts[1] && minor !== 0 ? -minor : minor;
}

/** Minor units of any currency on one scale of hundredths, for report lines that mix currencies. */
export function hundredths(minor: number, currency: string): number {
	return minor * 10 ** (2 - minorDigits(currency));
}

/** `-1234567.89` → `-1,234,567.89`. */
export function withThousands(text: string): string {
	if (!/\d{4}/.test(text)) return text;
	return text.replace(/^(-?)(\d+)/, (_, sign: string, whole: string) => {
		return sign + whole.replace(/\B(?=(\d{3})+$)/g, ',');
	});
}
