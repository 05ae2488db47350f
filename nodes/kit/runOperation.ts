import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { errorItem } from './errorItem';
import { nodeError } from './nodeError';
import { findOperation } from './operation';
import type { Operation, Resource } from './operation';

/**
 * Runs the chosen operation for each input item and gathers the outputs. A problem of one item
 * stops the node, naming the item, or, with Continue on Fail, becomes an item of the last output
 * so that the first holds results only.
 */
export async function runOperation(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const outputs: INodeExecutionData[][] = [];
	let count = 1;
	for (let itemIndex = 0; itemIndex < items.length; itemIndex++) {
		const operation = chosenOperation(context, resources, itemIndex);
		count = Math.max(count, operation.outputs?.length ?? 1);
		try {
			const { first, second } = await operation.run(context, itemIndex);
			append(outputs, 0, first);
			append(outputs, 1, second ?? []);
		} catch (error) {
			const shown = nodeError(context, error, itemIndex, items.length);
			if (!context.continueOnFail()) throw shown;
			append(outputs, (operation.outputs?.length ?? 1) - 1, [errorItem(shown, itemIndex)]);
		}
	}
	return Array.from({ length: count }, (_, index) => outputs[index] ?? []);
}

function chosenOperation(
	context: IExecuteFunctions,
	resources: readonly Resource[],
	itemIndex: number,
): Operation {
	const resource = context.getNodeParameter('resource', itemIndex) as string;
	const name = context.getNodeParameter('operation', itemIndex) as string;
	const operation = findOperation(resources, resource, name);
	if (operation) return operation;
	throw new NodeOperationError(
		context.getNode(),
		`This version of the node has no operation "${name}" for "${resource}"`,
		{ itemIndex, description: 'Choose an operation from the list.' },
	);
}

/** In a loop: spreading hundreds of thousands of items into push() overflows the stack. */
function append(outputs: INodeExecutionData[][], index: number, items: INodeExecutionData[]): void {
	if (!outputs[index] || outputs[index].length === 0) outputs[index] = items;
	else for (const item of items) outputs[index].push(item);
}
