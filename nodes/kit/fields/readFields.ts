import type { IExecuteFunctions, IGetNodeParameterOptions } from 'n8n-workflow';

import type { Field } from './field';

/** Reads a field's value; see `Field.read`. */
export type FieldReader = <T>(field: Field<T>) => T;

/** Reads the fields of a node for one of its input items. */
export const itemFields =
	(context: Pick<IExecuteFunctions, 'getNodeParameter'>, itemIndex: number): FieldReader =>
	(field) =>
		field.read(context.getNodeParameter(field.name, itemIndex, field.property.default));

/** Where n8n reads fields without an item: triggers, hooks and lists. */
interface WithoutItems {
	getNodeParameter(name: string, fallback?: unknown, options?: IGetNodeParameterOptions): unknown;
}

/**
 * Reads the fields of a node that has no input items; with a collection, one option of it alone, so
 * that no expression in another one is evaluated.
 */
export const nodeFields =
	(context: WithoutItems) =>
	<T>(field: Field<T>, within?: Field): T => {
		const path = within ? `${within.name}.${field.name}` : field.name;
		return field.read(context.getNodeParameter(path, field.property.default));
	};
