import { DateTime } from 'luxon';
import type { IExecuteFunctions } from 'n8n-workflow';

import { RakutenProblem } from '../../rakuten/problem';
import type { ReportColumn } from '../../rakuten/report/columnNames';
import type { ReportingConnection } from '../../services/reporting/reportingConnection';
import { createRequest } from './reportRequest';
import { ItemsOutput } from './ItemsOutput';
import { importReport } from './importReport';
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
	const now = DateTime.utc();
	const day = (days: number) => now.plus({ days }).toISODate();
	const ranges = [
		{ from: day(30), to: day(30) },
		// If an empty report has no header, a full one is needed to see it.
		{ from: day(-30), to: day(0) },
	];
	for (const range of ranges) {
		const request = createRequest(connection, report, range);
		const { columns } = await importReport(context, request, new ItemsOutput(0, 0));
		if (columns.length > 0) return columns;
	}
	throw new RakutenProblem(
		'noColumns',
		'Rakuten says that this report is empty, and shows no columns',
		'It has no rows in the last 30 days. Choose another report, or check its columns in the dashboard.',
	);
}
