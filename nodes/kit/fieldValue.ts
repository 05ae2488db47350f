import { RakutenProblem } from '../../rakuten/problem';

/** The value of a field with choices; an expression can give it any value. */
export function oneOf<T extends string>(value: unknown, label: string, choices: readonly T[]): T {
	const chosen = choices.find((each) => each === value);
	if (chosen !== undefined) return chosen;
	throw new RakutenProblem(
		'unknownChoice',
		`'${label}' is set to a value that is not one of its choices`,
		`An expression may give ${choices.map((each) => (each === '\t' ? 'a tab' : each)).join(', ')}.`,
	);
}

/** A number field's value; an expression can give it anything. */
export function wholeNumber(
	value: unknown,
	label: string,
	least: number,
	most = Number.POSITIVE_INFINITY,
): number {
	const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
	if (Number.isFinite(number) && number >= least && number <= most) return Math.floor(number);
	const bounds =
		most === Number.POSITIVE_INFINITY ? `of ${least} or more` : `from ${least} to ${most}`;
	throw new RakutenProblem(
		'notANumber',
		`'${label}' is set to a value that is not a number ${bounds}`,
		'Check the expression in this field, or remove it to use the default.',
	);
}

/** A text field's value without blanks around it; an expression can give it a number too. */
export const plainText = (value: unknown): string =>
	(typeof value === 'string' || typeof value === 'number' ? String(value) : '').trim();
