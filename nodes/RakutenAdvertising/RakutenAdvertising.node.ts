import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { operationProperties, outputsExpression, resourceOptions } from '../kit/operation';
import { runOperation } from '../kit/runOperation';
import { searchReports } from '../reading/reportField';
import { resources } from './resources';

export class RakutenAdvertising implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Rakuten Advertising',
		name: 'rakutenAdvertising',
		icon: {
			light: 'file:../../icons/affiliateReport.svg',
			dark: 'file:../../icons/affiliateReport.dark.svg',
		},
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Import earnings reports, read transactions within minutes, and register the postback of the Rakuten Advertising (LinkShare) affiliate network',
		defaults: { name: 'Rakuten Advertising' },
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsExpression(resources),
		usableAsTool: true,
		credentials: [
			{
				name: 'rakutenDeveloperApi',
				required: true,
				displayOptions: { show: { resource: ['postback', 'transaction'] } },
			},
			{
				// For reports, and for transactions that are continued from one.
				name: 'rakutenReportingApi',
				required: true,
				displayOptions: { hide: { resource: ['postback'], continueFromReport: [false] } },
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: resourceOptions(resources),
				default: 'report',
			},
			...operationProperties(resources),
		],
	};

	methods = { listSearch: { searchReports } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this, resources);
	}
}
