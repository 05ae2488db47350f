import { RakutenProblem } from '../problem';

/**
 * Reads an amount into a canonical decimal string: an optional `-`, digits, and as many decimals as
 * the report gave (`1,234.50` becomes `1234.50`). Amounts stay text, because binary fractions can't
 * hold them.
 *
 * Forms taken: plain decimals, thousands commas in their right places, parentheses or a minus
 * (also U+2212) for negative amounts, and a currency sign or three-letter code in front. Plain and
 * thousands forms were observed in reports, the others are merely unambiguous. Everything else is
 * refused, above all what could mean two amounts: `12,34`, `0,123`, `1.234,56`, `1e5`.
 *
 * @returns undefined for a text in no such form, also for an empty one
 */
export function parseAmount(text: string): string | undefined {
	return usual.test(text) ? text : parseWritten(text);
}

const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const isDigit = (code: number) => code >= zero && code <= 0x39;

/** Nearly every amount of a report, and canonical as it is. */
const usual = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;

const sign = '[-+\\u2212]';
const currency = '(?:[A-Z]{3}(?![A-Za-z])|[A-Z]{0,3}\\p{Sc})';
const number = '(\\d*\\.\\d+|\\d+|[1-9]\\d{0,2}(?:,\\d{3})+(?:\\.\\d+)?)';
/** The blanks belong to what they follow: then they can be matched in one way only. */
const before = (part: string) => `(?:${part}\\s*)?`;
const inParentheses = new RegExp(
	`^${before(currency)}\\(\\s*${before(currency)}${number}\\s*\\)$`,
	'u',
);
const signed = new RegExp(
	`^${before(`(${sign})`)}${before(currency)}${before(`(${sign})`)}${number}$`,
	'u',
);

function parseWritten(text: string): string | undefined {
	const trimmed = text.trim();
	const negative = inParentheses.exec(trimmed);
	if (negative) return canonical(true, negative[1]);
	const parts = signed.exec(trimmed);
	if (!parts || (parts[1] !== undefined && parts[2] !== undefined)) return undefined;
	const written = parts[1] ?? parts[2];
	return canonical(written !== undefined && written !== '+', parts[3]);
}

function canonical(isNegative: boolean, digits: string): string {
	const plain = digits
		.replaceAll(',', '')
		.replace(/^0*(?=\d)/, '')
		.replace(/^\./, '0.');
	return isNegative ? negate(plain) : plain;
}

/** -1, 0 or 1 for a canonical amount. */
export function compareToZero(amount: string): -1 | 0 | 1 {
	if (!/[1-9]/.test(amount)) return 0;
	return amount.startsWith('-') ? -1 : 1;
}

/** The amount with the other sign; zero keeps none. */
export function negate(amount: string): string {
	if (amount.startsWith('-')) return amount.slice(1);
	return compareToZero(amount) === 0 ? amount : `-${amount}`;
}

/** The exact sum of two canonical amounts, with as many decimals as the finer one. */
export function addAmounts(a: string, b: string): string {
	const sum = new AmountSum();
	sum.add(a);
	sum.add(b);
	return sum.toString();
}

/**
 * An exact running sum. It counts in the smallest unit seen so far, as an ordinary integer while
 * that is exact and in a BigInt beyond.
 */
export class AmountSum {
	private scale = 0;

	private near = 0;

	private far = 0n;

	/**
	 * @param amount canonical, as parseAmount makes it
	 * @throws RakutenProblem for any other text
	 */
	add(amount: string): void {
		const start = amount.charCodeAt(0) === minus ? 1 : 0;
		let units = 0;
		let decimals = -1;
		for (let at = start; at < amount.length; at++) {
			const code = amount.charCodeAt(at);
			if (isDigit(code)) {
				units = units * 10 + (code - zero);
				if (decimals >= 0) decimals++;
			} else if (code === point && decimals < 0 && at > start) decimals = 0;
			else throw notCanonical();
		}
		if (amount.length === start || decimals === 0) throw notCanonical();
		const places = Math.max(decimals, 0);
		while (this.scale < places) this.refine();
		units *= 10 ** (this.scale - places);
		if (!(units <= exactUnits)) this.addFar(amount, places);
		else this.addNear(start === 1 ? -units : units);
	}

	/** The sum as a canonical amount, with as many decimals as the finest amount added. */
	toString(): string {
		const units = this.far + BigInt(this.near);
		const digits = units
			.toString()
			.replace('-', '')
			.padStart(this.scale + 1, '0');
		const whole = digits.slice(0, digits.length - this.scale);
		const decimals = this.scale > 0 ? `.${digits.slice(-this.scale)}` : '';
		return `${units < 0n ? '-' : ''}${whole}${decimals}`;
	}

	private addNear(units: number): void {
		this.near += units;
		if (Math.abs(this.near) > exactUnits) this.settle();
	}

	private addFar(amount: string, places: number): void {
		this.far += BigInt(amount.replace('.', '')) * 10n ** BigInt(this.scale - places);
	}

	private refine(): void {
		this.settle();
		this.far *= 10n;
		this.scale++;
	}

	private settle(): void {
		this.far += BigInt(this.near);
		this.near = 0;
	}
}

/** Two numbers up to this size have an exact sum. */
const exactUnits = 2 ** 52;

const notCanonical = () =>
	new RakutenProblem(
		'amountNotCanonical',
		'A text that is not a decimal number was to be added up',
		'Read the amount with parseAmount first.',
	);
