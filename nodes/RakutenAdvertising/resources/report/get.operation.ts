import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../../../kit/operation';
import { showAccount } from '../../../kit/showHint';
import { reportingConnection } from '../../../../services/reporting/reportingConnection';
import { FileOutput } from '../../../reading/FileOutput';
import { getFields, readReportPlan } from './get.fields';
import type { ReportPlan } from './get.fields';
import { ItemsOutput } from '../../../reading/ItemsOutput';
import { importReport } from '../../../reading/importReport';
import type { ReportOutput } from '../../../reading/reportOutput';
import { previewRows } from '../../../reading/reportRequest';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get report',
	description: 'Read a report for a range of days, as items or as a file',
	fields: getFields,
	isForAgents: true,
	outputs: [
		{ label: 'Rows', outcome: 'kept' },
		{ label: 'Rejected', outcome: 'rejected' },
		{ label: 'Summary', outcome: 'summary' },
	],
	async run(context, itemIndex) {
		const connection = await reportingConnection(context, itemIndex);
		const plan = readReportPlan(context, itemIndex, connection);
		const output = createOutput(context, itemIndex, plan);
		const account = await importReport(context, plan, output);
		const first = await output.finish();
		showAccount(context, account.message(), account.advice());
		return { first, second: account.rejectedItems(), third: [{ json: account.summary() }] };
	},
};

function createOutput(
	context: IExecuteFunctions,
	itemIndex: number,
	plan: ReportPlan,
): ReportOutput {
	if (plan.previewOnly) return new ItemsOutput(itemIndex, previewRows);
	if (plan.output === 'items') return new ItemsOutput(itemIndex);
	return new FileOutput(context, itemIndex, {
		format: plan.output,
		binaryField: plan.binaryField,
		baseName: `${plan.reportKey.replace(/[^\w.-]+/g, '_')}_${plan.range.from}_${plan.range.to}`,
		splitEveryRows: plan.splitEveryRows,
	});
}
