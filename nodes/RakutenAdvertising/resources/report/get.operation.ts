import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../../../operations/Operation';
import { reportingConnection } from '../../../transport/reportingConnection';
import { FileOutput } from './FileOutput';
import { getFields } from './getFields';
import { ItemsOutput } from './ItemsOutput';
import { importReport } from './ReportImport';
import type { ReportOutput } from './ReportOutput';
import { previewRows, readReportPlan } from './ReportPlan';
import type { ReportPlan } from './ReportPlan';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get report',
	description: 'Read a report for a range of days, as items or as a file',
	fields: getFields,
	outputs: ['Rows', 'Rejected'],
	async run(context, itemIndex) {
		const connection = await reportingConnection(context, itemIndex);
		const plan = readReportPlan(context, itemIndex, connection);
		const output = createOutput(context, itemIndex, plan);
		const account = await importReport(context, plan, output);
		const first = await output.finish();
		context.addExecutionHints({ message: account.message(), location: 'outputPane' });
		for (const message of account.advice()) {
			context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
		}
		return { first, second: account.secondOutput(itemIndex) };
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
