import { DateTime } from 'luxon';
import type { IDataObject, IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { RakutenProblem } from '../../../rakuten/problem';
import { readValues, shown } from './field';
import type { Field, Shown, Values } from './field';

/** A text without spaces around it. */
export function text<N extends string>(
	name: N,
	spec: Shown & { readonly default?: string; readonly rows?: number },
): Field<string, N> {
	const usual = spec.default ?? '';
	const typeOptions = spec.rows === undefined ? {} : { typeOptions: { rows: spec.rows } };
	return {
		name,
		property: { ...shown(name, spec), type: 'string', ...typeOptions, default: usual },
		read: (value) => plainText(value ?? usual),
	};
}

/** A day, or a moment, as text in ISO 8601 or as it was entered; empty if none was entered. */
export function moment<N extends string>(name: N, spec: Shown): Field<string, N> {
	return {
		name,
		property: { ...shown(name, spec), type: 'dateTime', default: '' },
		read: momentText,
	};
}

/** A whole number within its bounds; without `max` there is no upper bound. */
export function wholeNumber<N extends string>(
	name: N,
	spec: Shown & { readonly default: number; readonly min: number; readonly max?: number },
): Field<number, N> {
	const { min, max } = spec;
	const typeOptions = { minValue: min, ...(max !== undefined && { maxValue: max }) };
	return {
		name,
		property: { ...shown(name, spec), type: 'number', typeOptions, default: spec.default },
		read: (value) => readWholeNumber(value ?? spec.default, spec),
	};
}

/** Yes or no. Its description begins with "Whether", as n8n's do. */
export function toggle<N extends string>(
	name: N,
	spec: Shown & { readonly default: boolean },
): Field<boolean, N> {
	return {
		name,
		property: { ...shown(name, spec), type: 'boolean', default: spec.default },
		read: (value) => readToggle(value ?? spec.default, spec.label),
	};
}

/** One of the values that a field offers. */
export interface Choice<V extends string | number = string | number> {
	/** Label in Title Case. */
	readonly name: string;
	readonly value: V;
	readonly description?: string;
	readonly displayOptions?: IDisplayOptions;
}

/** One of several values. */
export function choice<N extends string, const C extends readonly Choice[]>(
	name: N,
	spec: Shown & { readonly choices: C; readonly default: NoInfer<C[number]['value']> },
): Field<C[number]['value'], N> {
	const usual: C[number]['value'] = spec.default;
	return {
		name,
		property: { ...shown(name, spec), ...menu('options', spec.choices), default: usual },
		read: (value) => oneOf(value ?? usual, spec),
	};
}

/** Any number of several values. */
export function choices<N extends string, const C extends readonly Choice[]>(
	name: N,
	spec: Shown & { readonly choices: C; readonly default: ReadonlyArray<C[number]['value']> },
): Field<Array<C[number]['value']>, N> {
	const usual = [...spec.default];
	return {
		name,
		property: { ...shown(name, spec), ...menu('multiOptions', spec.choices), default: usual },
		read: (value) => listed(value ?? usual).map((each) => oneOf(each, spec)),
	};
}

/** Fields that the user adds one by one; each that was not added has its default. */
export function collection<N extends string, const F extends readonly Field[]>(
	name: N,
	spec: Shown,
	fields: F,
): Field<Values<F>, N> {
	const options = fields.map(({ property }) => property);
	return {
		name,
		property: { ...shown(name, spec), type: 'collection', options, default: {} },
		read: (value) => readValues(fields, objectOf(value)),
	};
}

/** Any number of rows of the same fields, in the order the user gave them. */
export function rows<N extends string, const F extends readonly Field[]>(
	name: N,
	spec: Shown & {
		/** What one row is called, and its name in the stored value. */
		readonly row: { readonly label: string; readonly name: string };
		readonly sortable?: boolean;
	},
	fields: F,
): Field<Array<Values<F>>, N> {
	const { row } = spec;
	const values = fields.map(({ property }) => property);
	return {
		name,
		property: {
			...shown(name, spec),
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, ...(spec.sortable && { sortable: true }) },
			options: [{ displayName: row.label, name: row.name, values }],
			default: {},
		},
		read: (value) =>
			listed(objectOf(value)[row.name] ?? []).map((each) => readValues(fields, objectOf(each))),
	};
}

/** A text among the fields; `html` as n8n's editor shows it. */
export const notice = <N extends string>(
	name: N,
	html: string,
	displayOptions?: IDisplayOptions,
): Field<undefined, N> => ({
	name,
	property: {
		displayName: html,
		name,
		type: 'notice',
		...(displayOptions && { displayOptions }),
		default: '',
	},
	read: () => undefined,
});

/** Typed apart, because n8n's lint expects every literal with such a type to hold its default. */
const menu = (
	type: 'options' | 'multiOptions',
	options: readonly Choice[],
): Pick<INodeProperties, 'type' | 'options'> => ({
	type,
	options: options.map((each) => ({ ...each })),
});

/** One of a field's choices; an expression can give it any value, and a number as a text. */
function oneOf<C extends readonly Choice[]>(
	value: unknown,
	{ label, choices: offered }: { readonly label: string; readonly choices: C },
): C[number]['value'] {
	const chosen = offered.find((each) => each.value === value || String(each.value) === value);
	if (chosen) return chosen.value;
	throw new RakutenProblem(
		'unknownChoice',
		`'${label}' is set to a value that is not one of its choices: ${String(value).slice(0, 60)}`,
		`An expression may give ${offered.map((each) => (each.value === '\t' ? 'a tab' : each.value)).join(', ')}.`,
	);
}

function readWholeNumber(
	value: unknown,
	{ label, min, max }: { readonly label: string; readonly min: number; readonly max?: number },
): number {
	const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
	if (Number.isFinite(number) && number >= min && number <= (max ?? Infinity)) {
		return Math.floor(number);
	}
	throw new RakutenProblem(
		'notANumber',
		`'${label}' is set to a value that is not a number ${max === undefined ? `of ${min} or more` : `from ${min} to ${max}`}`,
		'Check the expression in this field, or remove it to use the default.',
	);
}

function readToggle(value: unknown, label: string): boolean {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw new RakutenProblem(
		'notAToggle',
		`'${label}' is set to a value that is neither true nor false`,
		'Check the expression in this field, or remove it to use the default.',
	);
}

/** A text field's value without spaces around it; an expression can give it a number too. */
export const plainText = (value: unknown): string =>
	(typeof value === 'string' || typeof value === 'number' ? String(value) : '').trim();

/** A date field holds a text, or a date object where an expression made it. */
function momentText(value: unknown): string {
	if (value instanceof Date) return DateTime.fromJSDate(value).toISO() ?? '';
	const date = value as { toISO?: () => string | null } | null | undefined;
	return typeof date?.toISO === 'function' ? (date.toISO() ?? '') : String(value ?? '');
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

const objectOf = (value: unknown): IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as IDataObject)
		: {};
