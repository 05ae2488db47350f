import type { IExecuteFunctions } from 'n8n-workflow';

import { itemFields } from '../kit/fields/readFields';
import type { BatchOperation } from '../kit/operation';
import { brand, convertFields } from './convert.fields';
import { convertBrand } from './convertBrand';

/** The node's one operation: the publishers of each brand become an import of their own. */
export const convert: BatchOperation = {
	name: 'Convert',
	value: 'convert',
	action: 'Convert publisher exports',
	description:
		"Turn the Rakuten dashboard's publisher exports into a CSV that Mediarails can import",
	fields: convertFields,
	credentials: [],
	outputs: [
		{ label: 'Import-Ready', outcome: 'ready' },
		{ label: 'Rejected', outcome: 'rejected' },
		{ label: 'Summary', outcome: 'summary' },
	],
	// It works on files, which an agent can't pass on.
	isForAgents: false,
	batches: itemsByBrand,
	async runAll(context, items) {
		const { ready, rejected, summary } = await convertBrand(context, {
			brand: itemFields(context, items[0])(brand),
			items,
		});
		return { first: ready, second: rejected, third: [summary] };
	},
};

/** Items by the brand that the field gives for each, in the order in which brands first come. */
function itemsByBrand(context: IExecuteFunctions): number[][] {
	const batches = new Map<string, number[]>();
	const raw = context.getNode().parameters.brand;
	// An expression is asked for each item; a fixed text once, as there may be many thousand items.
	const isFixed = typeof raw !== 'string' || !raw.startsWith('=');
	let name = '';
	for (const index of context.getInputData().keys()) {
		if (index === 0 || !isFixed) name = itemFields(context, index)(brand);
		const batch = batches.get(name);
		if (batch) batch.push(index);
		else batches.set(name, [index]);
	}
	return [...batches.values()];
}
