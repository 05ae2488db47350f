import { DateTime } from 'luxon';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ReportColumn } from '../../../../rakuten/report/columnNames';
import type { ReportingConnection } from '../../../transport/reportingConnection';
import { createPlan } from './ReportPlan';
import { ItemsOutput } from './ItemsOutput';
import { importReport } from './ReportImport';
import type { ChosenReport } from './reportField';

/**
 * The columns of a report without its data: for a day in the future Rakuten answers with the header
 * alone (observed in a public connector).
 */
export async function readHeader(
	context: IExecuteFunctions,
	connection: ReportingConnection,
	report: ChosenReport,
): Promise<readonly ReportColumn[]> {
	const day = DateTime.utc().plus({ days: 30 }).toISODate();
	const plan = createPlan(connection, report, { from: day, to: day });
	const account = await importReport(context, plan, new ItemsOutput(0));
	return account.columns;
}
