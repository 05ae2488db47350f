import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import { RakutenProblem } from '../../rakuten/problem';
import { redact } from '../../rakuten/secrets/redact';

/**
 * The error a user sees. Built from texts only: an HTTP error attached as cause would carry the
 * request's URL, and with it the token, into logs and saved executions.
 */
export function nodeError(
	context: IExecuteFunctions,
	error: unknown,
	itemIndex: number,
	itemCount: number,
): NodeOperationError {
	if (error instanceof NodeOperationError) return error;
	const where = itemCount > 1 ? ` [item ${itemIndex}]` : '';
	if (error instanceof RakutenProblem) {
		return new NodeOperationError(context.getNode(), redact(`${error.message}${where}`), {
			itemIndex,
			description: redact(error.description),
			level: 'warning',
		});
	}
	const message = redact(error instanceof Error ? error.message : String(error));
	return new NodeOperationError(context.getNode(), `${message}${where}`, { itemIndex });
}
