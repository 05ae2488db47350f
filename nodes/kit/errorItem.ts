import type { INodeExecutionData, NodeOperationError } from 'n8n-workflow';

/**
 * A problem as an item, for n8n's On Error: Continue settings. It has only these two fields, and no
 * `error` property beside `json`: n8n then sends it to the node's error output if there is one, and
 * keeps the description, which it would remove otherwise.
 */
export const errorItem = (
	{ message, description }: NodeOperationError,
	itemIndex: number,
): INodeExecutionData => ({
	json: { error: message, details: description ?? '' },
	pairedItem: { item: itemIndex },
});
