import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { actionNode } from '../kit/actionNode';
import { resources } from './resources';
import { report } from './resources/report/report.resource';

const node = actionNode(resources, report);

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
		usableAsTool: true,
		...node.description,
	};

	methods = node.methods;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await node.execute(this);
	}
}
