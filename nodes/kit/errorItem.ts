import type { INodeExecutionData, NodeOperationError } from 'n8n-workflow';

/**
 * A problem as an item, for n8n's settings On Error: Continue. It has these two fields alone and no
 * property `error` beside `json`: n8n then sends it to the node's error output where there is one,
 * and leaves what to do about it in place, which it would take away otherwise.
 */
export const errorItem = (
	{ message, description }: NodeOperationError,
	itemIndex: number,
): INodeExecutionData => ({
	json: { error: message, details: description ?? '' },
	pairedItem: { item: itemIndex },
});
