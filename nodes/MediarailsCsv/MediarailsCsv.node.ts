import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { runOperation } from '../kit/runOperation';
import { convert } from './convert.operation';

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
		description: convert.description,
		defaults: { name: 'Mediarails CSV' },
		inputs: [NodeConnectionTypes.Main],
		outputs: convert.outputs!.map(() => NodeConnectionTypes.Main),
		outputNames: convert.outputs!.map(({ label }) => label),
		// It works on files, which an agent can't hand over.
		usableAsTool: undefined,
		properties: convert.fields.map(({ property }) => property),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this, convert);
	}
}
