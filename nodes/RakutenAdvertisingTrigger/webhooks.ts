import { webhookDescriptionFields } from 'n8n-workflow';
import type {
	IHookFunctions,
	IWebhookDescription,
	IWebhookFunctions,
	WebhookDescriptionField,
} from 'n8n-workflow';

/** The folder of a webhook's URL that belongs to this trigger alone. */
export const ownFolder = (context: IHookFunctions | IWebhookFunctions): string =>
	context.getNode().webhookId ?? context.getWorkflow().id ?? '';

/**
 * What depends on the node's parameters, as an expression for the editor and older n8n, and as a
 * function: n8n 2.41 calls that instead where no parameter is an expression, which saves most of
 * the work of a request. In manual mode the user's key is part of the path, so that the editor
 * shows the URL to paste. The answer never holds data: for anything but `noData` n8n would send
 * the last node's items back.
 */
const fields = {
	path: {
		template:
			'={{ "postback" + ($parameter["registration"] === "manual" ? "/" + $parameter["key"] : "") }}',
		resolve: ({ registration, key }) => `postback${registration === 'manual' ? `/${key}` : ''}`,
	},
	responseMode: {
		template: '={{ $parameter["responseMode"] }}',
		resolve: ({ responseMode }) => responseMode,
	},
	responseData: {
		template: '={{ $parameter["responseMode"] === "lastNode" ? "noData" : "OK" }}',
		resolve: ({ responseMode }) => (responseMode === 'lastNode' ? 'noData' : 'OK'),
	},
} satisfies Record<string, WebhookDescriptionField>;

/** Undefined in older n8n. */
const describeFields: typeof webhookDescriptionFields | undefined = webhookDescriptionFields;

const templates = {
	path: fields.path.template,
	responseMode: fields.responseMode.template,
	responseData: fields.responseData.template,
};

/** One webhook for both methods: Rakuten sends GET, relays may send POST. */
export const webhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'GET,POST',
		...(describeFields ? describeFields(fields) : templates),
		ndvHideMethod: true,
	},
];
