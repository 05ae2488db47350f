import type { IExecuteFunctions } from 'n8n-workflow';

import { plainText } from '../kit/fieldValue';

/** The input items of one brand, by their index. */
export interface BrandGroup {
	readonly brand: string;
	readonly items: number[];
}

/** Items by the brand that the field 'Brand' gives for each, in the order in which brands first come. */
export function groupByBrand(context: IExecuteFunctions): BrandGroup[] {
	const groups = new Map<string, BrandGroup>();
	const raw = context.getNode().parameters.brand;
	// An expression is asked for each item; a fixed text once, as there may be many thousand items.
	const isFixed = typeof raw !== 'string' || !raw.startsWith('=');
	let brand = '';
	for (const index of context.getInputData().keys()) {
		if (index === 0 || !isFixed) brand = plainText(context.getNodeParameter('brand', index, ''));
		const group = groups.get(brand);
		if (group) group.items.push(index);
		else groups.set(brand, { brand, items: [index] });
	}
	return [...groups.values()];
}
