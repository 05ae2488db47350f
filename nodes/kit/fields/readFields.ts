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

/** Reads the fields of a node that has no input items. */
export const nodeFields =
	(context: WithoutItems): FieldReader =>
	(field) =>
		field.read(context.getNodeParameter(field.name, field.property.default));
