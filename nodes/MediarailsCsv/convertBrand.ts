import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { PartnerConversion } from '../../rakuten/partner/write/PartnerConversion';
import { BinaryStore } from '../kit/BinaryStore';
import { runToEnd } from '../kit/runToEnd';
import type { BrandGroup } from './brandGroups';
import { BrandSummary } from './BrandSummary';
import { FilesOut } from './FilesOut';
import { ItemsOut } from './ItemsOut';
import { readMediarailsPlan } from './mediarailsPlan';
import { openSources } from './openSources';

/** Items for the outputs Import-Ready and Rejected. */
export interface BrandOutput {
	readonly ready: INodeExecutionData[];
	readonly rejected: INodeExecutionData[];
}

/**
 * Converts the publishers of one brand, and tells about it in the node's panel. Throws a
 * RakutenProblem where the input can't be used; then nothing is put out.
 */
export async function convertBrand(
	context: IExecuteFunctions,
	group: BrandGroup,
): Promise<BrandOutput> {
	const plan = readMediarailsPlan(context, group.items[0], group.brand);
	const store = new BinaryStore(context);
	const { sources, notes } = await openSources(context, group.items, plan, store);
	const conversion = new PartnerConversion(
		sources.map(({ source }) => source),
		plan.conversion,
	);
	const work = { conversion, sources, plan, firstItem: group.items[0] };
	const files = new FilesOut(work, store);
	const items = new ItemsOut(work, context.getInputData());
	await runToEnd(conversion.prepare());
	const written = plan.output === 'csv' ? await files.ready() : await items.ready();
	const rejected = plan.rejectedAs === 'csv' ? await files.rejected() : await items.rejected();
	const summary = new BrandSummary(work, notes);
	const ready = plan.output === 'csv' ? files.withSummary(written, summary.json()) : written;
	if (plan.summaryItem) {
		const json = { type: 'summary', ...summary.json() };
		rejected.push({ json, pairedItem: { item: group.items[0] } });
	}
	context.addExecutionHints({ message: summary.message(), location: 'outputPane' });
	const advice = summary.advice();
	if (advice) {
		context.addExecutionHints({ message: advice, type: 'warning', location: 'outputPane' });
	}
	return { ready, rejected };
}
