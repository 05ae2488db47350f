import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

/** Items for a node's outputs; `second` only for operations that have a second output. */
export interface OperationResult {
	first: INodeExecutionData[];
	second?: INodeExecutionData[];
}

/**
 * One operation, whole: what the user picks, the fields she fills in, and what happens. Menus,
 * visibility of fields, outputs and dispatch are derived from the list of operations, so adding one
 * is adding its file and naming it in its resource.
 */
export interface Operation {
	/** Label in the Operation menu, in Title Case, e.g. `Get`. */
	readonly name: string;
	readonly value: string;
	/** Sentence for the node's action list, without articles, e.g. `Get report`. */
	readonly action: string;
	readonly description: string;
	readonly fields: readonly INodeProperties[];
	/** Labels of the outputs where there is more than one, e.g. `['Rows', 'Rejected']`. */
	readonly outputs?: readonly [string, string];
	/** Runs for one input item; throws RakutenProblem or NodeOperationError. */
	run(context: IExecuteFunctions, itemIndex: number): Promise<OperationResult>;
}

/** A thing of Rakuten's that operations work on. */
export interface Resource {
	/** Label in the Resource menu, singular, in Title Case. */
	readonly name: string;
	readonly value: string;
	readonly description: string;
	/** In the order of the alphabet, as n8n shows them. */
	readonly operations: readonly Operation[];
	/** The operation that is chosen when the resource is. */
	readonly defaultOperation: Operation;
}

/** Operations in the order of the alphabet, as n8n wants its menus. */
export const byName = (operations: readonly Operation[]) =>
	[...operations].sort((a, b) => a.name.localeCompare(b.name));

/** The Operation menu of each resource, and every operation's fields, shown where they apply. */
export function operationProperties(resources: readonly Resource[]): INodeProperties[] {
	return resources.flatMap((resource) => [
		operationMenu(resource),
		...resource.operations.flatMap((operation) =>
			operation.fields.map((field) => shownFor(field, resource, operation)),
		),
	]);
}

/** The entries of the Resource menu. */
export function resourceOptions(resources: readonly Resource[]): INodePropertyOptions[] {
	return resources.map(({ name, value, description }) => ({ name, value, description }));
}

function operationMenu(resource: Resource): INodeProperties {
	const menu: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options: resource.operations.map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
		default: '',
	};
	return { ...menu, default: resource.defaultOperation.value };
}

function shownFor(
	field: INodeProperties,
	resource: Resource,
	operation: Operation,
): INodeProperties {
	return {
		...field,
		displayOptions: {
			...field.displayOptions,
			show: {
				...field.displayOptions?.show,
				resource: [resource.value],
				operation: [operation.value],
			},
		},
	};
}

/**
 * The outputs of a node as an expression on its parameters: operations with two outputs get both,
 * by name; all others have one.
 */
export function outputsExpression(resources: readonly Resource[]): `={{${string}}}` {
	const pairs = Object.fromEntries(
		resources.flatMap((resource) =>
			resource.operations
				.filter((operation) => operation.outputs)
				.map((operation) => [
					`${resource.value}.${operation.value}`,
					operation.outputs!.map((displayName) => ({ type: 'main', displayName })),
				]),
		),
	);
	const byDefault = [{ type: 'main' }];
	return `={{ (${JSON.stringify(pairs)})[$parameter.resource + '.' + $parameter.operation] ?? ${JSON.stringify(byDefault)} }}`;
}

/** The operation that the parameters of a node name, or undefined. */
export function findOperation(
	resources: readonly Resource[],
	resourceValue: string,
	operationValue: string,
): Operation | undefined {
	return resources
		.find((resource) => resource.value === resourceValue)
		?.operations.find((operation) => operation.value === operationValue);
}
