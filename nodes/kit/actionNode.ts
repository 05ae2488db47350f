import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import type {
	IDisplayOptions,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

import { isAgentTool } from './agentTool';
import { credentialDescriptions } from './credentialDescriptions';
import { listSearchesOf } from './fields/field';
import type { ListSearch } from './fields/field';
import type { Operation, Resource } from './operation';
import { runOperation } from './runOperation';

/** What a node with a menu of resources and operations is made of. */
export interface ActionNode {
	readonly description: Pick<
		INodeTypeDescription,
		'inputs' | 'outputs' | 'credentials' | 'properties'
	>;
	readonly methods: { readonly listSearch: Record<string, ListSearch> };
	/** Runs the operation that the node's parameters name. */
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

/**
 * Makes an action node from its resources, in the order of its menu; `start` is selected at first.
 */
export function actionNode(resources: readonly Resource[], start: Resource): ActionNode {
	const operations = resources.flatMap((resource) => resource.operations);
	return {
		description: {
			inputs: [NodeConnectionTypes.Main],
			outputs: outputsExpression(resources),
			credentials: credentialDescriptions(resources),
			properties: [
				...resourceMenu(resources, start),
				...resources.flatMap((resource) => [
					...operationMenu(resource),
					...resource.operations.flatMap((operation) =>
						operation.fields.map(({ property }) => shownFor(property, resource, operation)),
					),
				]),
			],
		},
		methods: { listSearch: listSearchesOf(operations.flatMap(({ fields }) => fields)) },
		execute: async (context) => await runOperation(context, chosenOperation(context, resources)),
	};
}

/** The menu of resources. */
const resourceMenu = (resources: readonly Resource[], start: Resource): INodeProperties[] =>
	menus({ displayName: 'Resource', name: 'resource' }, resources, start, ({ operations }) =>
		operations.some(({ isForAgents }) => isForAgents),
	);

/** The menu of a resource's operations. */
const operationMenu = (resource: Resource): INodeProperties[] =>
	menus(
		{
			displayName: 'Operation',
			name: 'operation',
			displayOptions: { show: { resource: [resource.value] } },
		},
		resource.operations,
		resource.defaultOperation,
		({ isForAgents }) => isForAgents,
	);

/**
 * A menu of all entries and, if an agent may use only some of them, another of those: n8n shows one
 * or the other.
 */
function menus<E extends Resource | Operation>(
	shared: Pick<INodeProperties, 'displayName' | 'name' | 'displayOptions'>,
	entries: readonly E[],
	start: E,
	isForAgents: (entry: E) => boolean,
): INodeProperties[] {
	const forAgents = entries.filter(isForAgents);
	const menu = (offered: readonly E[], displayOptions: IDisplayOptions): INodeProperties => ({
		...shared,
		displayOptions: { ...shared.displayOptions, ...displayOptions },
		type: 'options',
		noDataExpression: true,
		options: offered.map(entryOf),
		default: (offered.includes(start) ? start : offered[0]).value,
	});
	if (forAgents.length === entries.length) return [menu(entries, {})];
	const all = menu(entries, { hide: { '@tool': [true] } });
	if (forAgents.length === 0) return [all];
	const show = { ...shared.displayOptions?.show, '@tool': [true] };
	return [all, menu(forAgents, { show })];
}

const entryOf = (entry: Resource | Operation): INodePropertyOptions => {
	const { name, value, description } = entry;
	return 'action' in entry
		? { name, value, action: entry.action, description }
		: { name, value, description };
};

function shownFor(
	property: INodeProperties,
	resource: Resource,
	operation: Operation,
): INodeProperties {
	return {
		...property,
		displayOptions: {
			...property.displayOptions,
			show: {
				...property.displayOptions?.show,
				resource: [resource.value],
				operation: [operation.value],
			},
		},
	};
}

/**
 * The outputs of a node as an expression on its parameters: operations with several outputs get
 * them by name; all others have one.
 */
function outputsExpression(resources: readonly Resource[]): `={{${string}}}` {
	const named = Object.fromEntries(
		resources.flatMap((resource) =>
			resource.operations
				.filter((operation) => operation.outputs)
				.map((operation) => [
					`${resource.value}.${operation.value}`,
					operation.outputs!.map(({ label }) => ({ type: 'main', displayName: label })),
				]),
		),
	);
	const byDefault = [{ type: 'main' }];
	return `={{ (${JSON.stringify(named)})[$parameter.resource + '.' + $parameter.operation] ?? ${JSON.stringify(byDefault)} }}`;
}

function chosenOperation(context: IExecuteFunctions, resources: readonly Resource[]): Operation {
	const resourceValue = context.getNodeParameter('resource', 0) as string;
	const value = context.getNodeParameter('operation', 0) as string;
	const operation = resources
		.find((resource) => resource.value === resourceValue)
		?.operations.find((each) => each.value === value);
	if (!operation) {
		throw new NodeOperationError(
			context.getNode(),
			`This version of the node has no operation "${value}" for "${resourceValue}"`,
			{ description: 'Choose an operation from the list.' },
		);
	}
	if (isAgentTool(context) && !operation.isForAgents) {
		throw new NodeOperationError(
			context.getNode(),
			`"${operation.name}" is not available to AI agents`,
			{
				description:
					'It changes something at Rakuten or writes files. Use it in a workflow, or choose another operation from the list.',
			},
		);
	}
	return operation;
}
