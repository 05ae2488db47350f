import type {
	IDataObject,
	IDisplayOptions,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeProperties,
} from 'n8n-workflow';

/** Fills a resource locator's list. */
export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/**
 * A field of a node, declared once: what the editor shows, and how its value is read. Label, default,
 * bounds and choices therefore can't differ between the two.
 */
export interface Field<T = unknown, N extends string = string> {
	readonly name: N;
	/** As n8n's editor shows it. */
	readonly property: INodeProperties;
	/**
	 * Reads a value; an expression can give anything, and `undefined` means the field's default.
	 *
	 * @throws RakutenProblem that names the field by its label
	 */
	read(value: unknown): T;
	/** The searches that its list modes name. */
	readonly listSearch?: Readonly<Record<string, ListSearch>>;
}

/** The values of some fields, by the fields' names. */
export type Values<F extends readonly Field[]> = {
	readonly [E in F[number] as E['name']]: ValueOf<E>;
};

/** What a field's reader returns. */
export type ValueOf<F> = F extends Field<infer T> ? T : never;

/** What every kind of field has. */
export interface Shown {
	/** In Title Case, as n8n writes labels. */
	readonly label: string;
	readonly description: string;
	readonly hint?: string;
	readonly placeholder?: string;
	readonly required?: boolean;
	/** Whether the field takes no expression. */
	readonly fixed?: boolean;
	readonly displayOptions?: IDisplayOptions;
}

/** The part of a description that every kind of field shares. */
export const shown = <N extends string>(name: N, spec: Shown) => ({
	displayName: spec.label,
	name,
	description: spec.description,
	...(spec.hint !== undefined && { hint: spec.hint }),
	...(spec.placeholder !== undefined && { placeholder: spec.placeholder }),
	...(spec.required && { required: true }),
	...(spec.fixed && { noDataExpression: true }),
	...(spec.displayOptions && { displayOptions: spec.displayOptions }),
});

/** The same field, shown where other fields have these values. */
export const shownWhen = <T, N extends string>(
	field: Field<T, N>,
	show: IDisplayOptions['show'],
): Field<T, N> => changed(field, { displayOptions: { show } });

/** The same field with parts of its description replaced. */
export function changed<T, N extends string>(
	field: Field<T, N>,
	change: Partial<Omit<INodeProperties, 'name' | 'type' | 'default'>>,
): Field<T, N> {
	return { ...field, property: { ...field.property, ...change } };
}

/** The same field without a default: its value is undefined if the user left it out or empty. */
export const optional = <T, N extends string>(field: Field<T, N>): Field<T | undefined, N> => ({
	...field,
	read: (value) => (value === undefined || value === '' ? undefined : field.read(value)),
});

/**
 * The same field, whose default replaces a value that can't be read. For what is read while an event
 * is being received, which must not be lost because of an expression.
 */
export const orDefault = <T, N extends string>(field: Field<T, N>): Field<T, N> => ({
	...field,
	read: (value) => {
		try {
			return field.read(value);
		} catch {
			return field.read(undefined);
		}
	},
});

/** Reads fields that are values of one object, such as the options of a collection. */
export function readValues<const F extends readonly Field[]>(
	fields: F,
	stored: IDataObject,
): Values<F> {
	return Object.fromEntries(
		fields.map((field) => [field.name, field.read(stored[field.name])]),
	) as Values<F>;
}

/** The searches of some fields, as n8n wants them of a node. */
export const listSearchesOf = (fields: readonly Field[]): Record<string, ListSearch> =>
	Object.assign({}, ...fields.map(({ listSearch }) => listSearch)) as Record<string, ListSearch>;
