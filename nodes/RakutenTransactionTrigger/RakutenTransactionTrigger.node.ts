import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

import { listSearchesOf } from '../kit/fields/field';
import { fields } from './fields';
import { pollTransactions } from './pollTransactions';

export class RakutenTransactionTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Rakuten Transaction Trigger',
		name: 'rakutenTransactionTrigger',
		icon: {
			light: 'file:../../icons/affiliateReport.svg',
			dark: 'file:../../icons/affiliateReport.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ "new lines: " + ($parameter["source"] === "report" ? "report" : "Events API") }}',
		description:
			'Starts the workflow with new transaction lines from Rakuten Advertising (LinkShare); checks on a schedule and misses none',
		defaults: { name: 'Rakuten Transaction Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Transactions', 'Notices'],
		credentials: [
			{
				name: 'rakutenDeveloperApi',
				required: true,
				displayOptions: { show: { source: ['events'] } },
			},
			{
				name: 'rakutenReportingApi',
				required: true,
				// Not "show": a field on whose every choice a credential depends, n8n's editor hides.
				displayOptions: { hide: { source: ['events'] } },
			},
		],
		properties: fields.map(({ property }) => property),
	};

	methods = { listSearch: listSearchesOf(fields) };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollTransactions(this);
	}
}
