import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { fields } from './fields';
import { isRegistered, register, unregister } from './lifecycle';
import { receivePostback } from './receive';
import { triggerPanel } from './triggerPanel';
import { webhooks } from './webhooks';

export class RakutenAdvertisingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Rakuten Advertising Trigger',
		name: 'rakutenAdvertisingTrigger',
		icon: {
			light: 'file:../../icons/affiliateReport.svg',
			dark: 'file:../../icons/affiliateReport.dark.svg',
		},
		group: ['trigger'],
		// For a trigger of version 1 n8n evaluates an expression more at each request, about its body.
		version: 1.1,
		subtitle:
			'={{ $parameter["registration"] === "manual" ? "postback, manual" : "postback, by API" }}',
		description:
			'Starts the workflow when Rakuten Advertising (LinkShare) reports a sale or a correction, within minutes',
		eventTriggerDescription: 'Add ?sample=purchase to the end of the Test URL and open it',
		activationMessage: 'Rakuten sends sales and corrections to this workflow now.',
		defaults: { name: 'Rakuten Advertising Trigger' },
		triggerPanel,
		inputs: [],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Events', 'Other'],
		credentials: [
			{
				name: 'rakutenDeveloperApi',
				required: true,
				displayOptions: { show: { registration: ['automatic'] } },
			},
		],
		webhooks,
		properties: fields.map(({ property }) => property),
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receivePostback(this);
	}
}
