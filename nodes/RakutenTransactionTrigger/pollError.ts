import { NodeOperationError } from 'n8n-workflow';
import type { IPollFunctions } from 'n8n-workflow';

import { RakutenProblem } from '../../rakuten/problem';
import { redactDeveloperSecrets } from '../../rakuten/secrets/redactDeveloper';
import { DeveloperProblem } from '../../services/developer/developerApi';
import { ReportingProblem } from '../../services/reporting/reportingProblem';

/** Whether the same poll may work a little later. */
export const mayPass = (cause: unknown) =>
	(cause instanceof DeveloperProblem && cause.mayPass) ||
	(cause instanceof ReportingProblem && cause.remedy !== 'never');

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
		return new NodeOperationError(node, redactDeveloperSecrets(message));
	}
	const message = redactDeveloperSecrets(cause.message);
	const description = redactDeveloperSecrets(cause.description);
	return new NodeOperationError(node, isActivation ? `${message}. ${description}` : message, {
		description,
		level: 'warning',
	});
}
