import { NodeOperationError } from 'n8n-workflow';
import type { IPollFunctions } from 'n8n-workflow';

import { RakutenProblem } from '../../rakuten/problem';
import { redact } from '../../rakuten/secrets/redact';

/**
 * What the user sees. Built from texts only, as an HTTP error would carry the request along. Where
 * activating goes wrong n8n shows the message alone, so it says what to do as well.
 */
export function pollError(
	context: IPollFunctions,
	cause: unknown,
	{ isActivation }: { isActivation: boolean },
): NodeOperationError {
	if (cause instanceof NodeOperationError) return cause;
	const node = context.getNode();
	if (!(cause instanceof RakutenProblem)) {
		const message = cause instanceof Error ? cause.message : String(cause);
		return new NodeOperationError(node, redact(message));
	}
	const message = redact(cause.message);
	const description = redact(cause.description);
	return new NodeOperationError(node, isActivation ? `${message}. ${description}` : message, {
		description,
		level: 'warning',
	});
}
