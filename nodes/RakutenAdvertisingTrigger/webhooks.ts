import type { IHookFunctions, IWebhookDescription, IWebhookFunctions } from 'n8n-workflow';

/** The body of an answer at once; after the last node it is empty. */
export const answerBody = 'OK';

/** The folder of a webhook's URL that is this trigger's alone. */
export const ownFolder = (context: IHookFunctions | IWebhookFunctions): string =>
	context.getNode().webhookId ?? context.getWorkflow().id ?? '';

/**
 * One webhook for both methods: Rakuten sends GET, relays may send POST. In manual mode the user's
 * key is part of the path, so that the URL the editor shows is the one to paste. The answer never
 * holds data: n8n would send back the last node's items for anything but `noData`.
 */
export const webhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'GET,POST',
		path: '={{ "postback" + ($parameter["registration"] === "manual" ? "/" + $parameter["key"] : "") }}',
		responseMode: '={{ $parameter["responseMode"] }}',
		responseData: `={{ $parameter["responseMode"] === "lastNode" ? "noData" : "${answerBody}" }}`,
		ndvHideMethod: true,
	},
];
