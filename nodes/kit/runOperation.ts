import type { IExecuteFunctions, INodeExecutionData, IPairedItemData } from 'n8n-workflow';

import { isAgentTool } from './agentTool';
import { errorItem } from './errorItem';
import { nodeError } from './nodeError';
import type { Operation, OperationResult } from './operation';

/**
 * Runs an operation on the input items, one by one or in the batches it asks for, and gathers the
 * outputs. A problem stops the node, naming the item; with On Error: Continue it becomes an item of
 * the second output, if there is one, so that the first holds results only. An agent gets everything
 * on the one output that n8n hands it, each item with its `outcome`.
 */
export async function runOperation(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const labels = operation.outputs ?? [{ outcome: 'result' }];
	const outputs: INodeExecutionData[][] = labels.map(() => []);
	const forFailed = Math.min(1, outputs.length - 1);
	const isTool = isAgentTool(context);
	const batches = batchesOf(context, operation);
	for (const batch of batches) {
		try {
			const { first, second = [], third = [] } = await runBatch(context, operation, batch);
			const results = [first, second, third];
			for (const index of outputs.keys()) append(outputs, index, paired(results[index], batch));
		} catch (error) {
			const shown = await nodeError(context, error, {
				itemIndex: batch[0],
				isOneOfMany: batches.length > 1,
			});
			if (!context.continueOnFail()) throw shown;
			const item = errorItem(shown, batch[0]);
			if (isTool) item.json.outcome = 'failed';
			append(outputs, forFailed, [item]);
		}
	}
	return isTool ? [together(outputs, labels)] : outputs;
}

function batchesOf(
	context: IExecuteFunctions,
	operation: Operation,
): ReadonlyArray<readonly number[]> {
	const all = [...context.getInputData().keys()];
	if ('run' in operation) return all.map((index) => [index]);
	return operation.batches?.(context) ?? [all];
}

async function runBatch(
	context: IExecuteFunctions,
	operation: Operation,
	batch: readonly number[],
): Promise<OperationResult> {
	return 'run' in operation
		? await operation.run(context, batch[0])
		: await operation.runAll(context, batch);
}

/** Items with the input items they came from, where they don't name them themselves. */
function paired(items: INodeExecutionData[], batch: readonly number[]): INodeExecutionData[] {
	const origin: IPairedItemData | IPairedItemData[] =
		batch.length === 1 ? { item: batch[0] } : batch.map((item) => ({ item }));
	for (const item of items) item.pairedItem ??= origin;
	return items;
}

/** In a loop: spreading hundreds of thousands of items into push() overflows the stack. */
function append(outputs: INodeExecutionData[][], index: number, items: INodeExecutionData[]): void {
	if (outputs[index].length === 0) outputs[index] = items;
	else for (const item of items) outputs[index].push(item);
}

/** All items on one output, each with what it is: its own type, or the outcome of its output. */
function together(
	outputs: readonly INodeExecutionData[][],
	labels: ReadonlyArray<{ readonly outcome: string }>,
): INodeExecutionData[] {
	return outputs.flatMap((items, index) =>
		items.map((item) => ({
			...item,
			json: { outcome: item.json.type ?? labels[index].outcome, ...item.json },
		})),
	);
}
