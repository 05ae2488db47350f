import type { IExecuteFunctions } from 'n8n-workflow';

import { redact } from '../../rakuten/secrets/redact';

/** Shows a sentence above the node's output, without a secret. */
export function showHint(
	context: Pick<IExecuteFunctions, 'addExecutionHints'>,
	message: string,
	type?: 'info' | 'warning',
): void {
	context.addExecutionHints({
		message: redact(message),
		...(type && { type }),
		location: 'outputPane',
	});
}

/** What a run has to tell: its account, and what deserves attention. */
export function showAccount(
	context: Pick<IExecuteFunctions, 'addExecutionHints'>,
	message: string,
	advice: readonly string[],
): void {
	showHint(context, message);
	for (const each of advice) showHint(context, each, 'warning');
}
