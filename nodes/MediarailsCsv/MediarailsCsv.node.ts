import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { errorItem } from '../kit/errorItem';
import { nodeError } from '../kit/nodeError';
import { groupByBrand } from './brandGroups';
import { convertBrand } from './convertBrand';
import { mediarailsFields } from './mediarailsFields';

export class MediarailsCsv implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Mediarails CSV',
		name: 'mediarailsCsv',
		icon: {
			light: 'file:../../icons/partnerImport.svg',
			dark: 'file:../../icons/partnerImport.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["brand"] }}',
		description:
			"Turn the Rakuten dashboard's publisher exports into a CSV that Mediarails can import",
		defaults: { name: 'Mediarails CSV' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Import-Ready', 'Rejected'],
		// It works on files, which an agent can't hand over.
		usableAsTool: undefined,
		properties: mediarailsFields,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const ready: INodeExecutionData[] = [];
		const rejected: INodeExecutionData[] = [];
		const groups = groupByBrand(this);
		for (const group of groups) {
			const [itemIndex] = group.items;
			try {
				const output = await convertBrand(this, group);
				for (const item of output.ready) ready.push(item);
				for (const item of output.rejected) rejected.push(item);
			} catch (error) {
				const shown = nodeError(this, error, itemIndex, groups.length);
				if (!this.continueOnFail()) throw shown;
				rejected.push(errorItem(shown, itemIndex));
			}
		}
		return [ready, rejected];
	}
}
