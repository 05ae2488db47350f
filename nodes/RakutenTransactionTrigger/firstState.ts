import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { readPollState } from '../../rakuten/polling/pollState';
import type { PollState } from '../../rakuten/polling/pollState';

/**
 * The state left by the poll at activation, with n8n's durable cursors: n8n stores no cursor for
 * that poll, so a poll in another process would start over and leave out what came in between. It
 * is recorded in the workflow's static data instead, which n8n stores when the activation ends,
 * under the node's ID, which never changes.
 */
export function firstState(context: IPollFunctions): PollState | undefined {
	return readPollState(context.getWorkflowStaticData('global')[nameOf(context)]);
}

/** To be called during activation: n8n stores what is noted then, but not what is noted later. */
export function noteFirstState(context: IPollFunctions, state: PollState): void {
	context.getWorkflowStaticData('global')[nameOf(context)] = state as unknown as IDataObject;
}

const nameOf = (context: IPollFunctions) => `rakutenTransactionTrigger:${context.getNode().id}`;
