import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { convertPartners } from '../../rakuten/partner/write/convertPartners';
import { BinaryStore } from '../kit/BinaryStore';
import { showAccount } from '../kit/showHint';
import { brandSummary } from './brandSummary';
import { readMediarailsPlan } from './convert.fields';
import { openSources } from './openSources';
import { partnerFiles } from './partnerFiles';
import { partnerItems } from './partnerItems';

/** The input items of one brand, by their index. */
export interface BrandGroup {
	readonly brand: string;
	readonly items: readonly number[];
}

/** Items for the outputs Import-Ready, Rejected and Summary. */
export interface BrandOutput {
	readonly ready: INodeExecutionData[];
	readonly rejected: INodeExecutionData[];
	readonly summary: INodeExecutionData;
}

/**
 * Converts the publishers of one brand, and says what it did in the node's panel. Throws a
 * RakutenProblem where the input can't be used; then nothing is put out.
 */
export async function convertBrand(
	context: IExecuteFunctions,
	group: BrandGroup,
): Promise<BrandOutput> {
	const [firstItem] = group.items;
	const plan = readMediarailsPlan(context, firstItem, group.brand);
	const store = new BinaryStore(context);
	const { sources, notes } = await openSources(context, group.items, plan, store);
	const work = { sources, plan, input: context.getInputData(), firstItem };
	const outputs = { csv: partnerFiles(work, store), items: partnerItems(work) };
	const conversion = await convertPartners(
		sources.map(({ source }) => source),
		plan.conversion,
		{ ready: outputs[plan.output].ready, rejected: outputs[plan.rejectedAs].rejected },
	);
	const { json, message, advice } = brandSummary(work, conversion, notes);
	showAccount(context, message, advice ? [advice] : []);
	// A file comes with the summary; as items, the rows stay as they are.
	const ready =
		plan.output === 'csv'
			? conversion.ready.map((item) => ({ ...item, json: { ...item.json, ...json } }))
			: conversion.ready;
	return {
		ready,
		rejected: conversion.rejected.flat(),
		summary: { json: { type: 'summary', ...json }, pairedItem: { item: firstItem } },
	};
}
