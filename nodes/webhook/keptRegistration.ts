import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { Kept } from '../../rakuten/postback/Registration';

/**
 * What the trigger remembers between publishing and unpublishing, in the workflow's static data,
 * which every n8n process reads from the database for each request.
 *
 * It is the workflow's ("global") and not the node's own, because n8n files the latter under the
 * node's name: after renaming the node, its key and the postback to restore would be lost. The
 * node's ID stays the same.
 *
 * Only the hooks write it. It must not be written in webhook(): n8n saves the static data of a
 * whole workflow at once, and of two simultaneous requests the later would undo the earlier.
 */
export function keptRegistration(context: IHookFunctions | IWebhookFunctions): Kept {
	const stored = context.getWorkflowStaticData('global')[nameOf(context)];
	return isObject(stored) ? readKept(stored) : {};
}

export function keepRegistration(context: IHookFunctions, kept: Kept): void {
	const data = context.getWorkflowStaticData('global');
	// Through JSON, because n8n must not watch objects that are also used elsewhere.
	data[nameOf(context)] = JSON.parse(JSON.stringify(kept)) as IDataObject;
}

const nameOf = (context: IHookFunctions | IWebhookFunctions) =>
	`rakutenAdvertisingTrigger:${context.getNode().id}`;

function readKept({ key, siteId, previous, notAsked }: IDataObject): Kept {
	return {
		key: textOf(key),
		siteId: textOf(siteId),
		previous:
			isObject(previous) && typeof previous.url === 'string'
				? { url: previous.url, isActive: previous.isActive === true }
				: undefined,
		...(Array.isArray(notAsked) && { notAsked: notAsked.map(String) }),
	};
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null;
