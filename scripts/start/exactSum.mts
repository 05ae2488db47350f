const DIGITS = 6;

/** A sum of decimal texts such as `-1234.50`, without rounding. At most six decimals each. */
export class ExactSum {
	#units = 0n;

	/** Throws if the text is not a plain decimal number. */
	add(decimal: string): void {
		const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(decimal) ?? [];
		if (whole === undefined) throw new Error(`"${decimal}" is not a decimal number`);
		const units = BigInt(whole + fraction.padEnd(DIGITS, '0'));
		this.#units += sign === '-' ? -units : units;
	}

	/** With at least two decimals: `1234.50`, `-0.125`. */
	toString(): string {
		const digits = String(this.#units < 0n ? -this.#units : this.#units).padStart(DIGITS + 1, '0');
		const fraction = digits.slice(-DIGITS).replace(/0{1,4}$/, '');
		return `${this.#units < 0n ? '-' : ''}${digits.slice(0, -DIGITS)}.${fraction}`;
	}
}

/** A decimal text in the form that sums have, so that two of them can be compared: `5` is `5.00`. */
export function exactText(decimal: string): string {
	const sum = new ExactSum();
	sum.add(decimal);
	return String(sum);
}
