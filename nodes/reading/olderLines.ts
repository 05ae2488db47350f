import type { IExecuteFunctions } from 'n8n-workflow';

import { RakutenProblem } from '../../rakuten/problem';
import { columnsForFilter } from '../../rakuten/line/lineFilter';
import type { ReportSide } from '../../rakuten/line/sourcePlan';
import { lineFromReport } from '../../rakuten/line/sourcedLine';
import type { SourcedLine } from '../../rakuten/line/sourcedLine';
import { reportingConnection } from '../../services/reporting/reportingConnection';
import { chosenReport } from './reportField';
import type { ReportChoice } from './reportField';
import { importReport } from './importReport';
import type { ReportOutput } from './reportOutput';
import { createRequest } from './reportRequest';
import type { ReportRequest } from './reportRequest';
import type { LineAccount } from './LineAccount';
import type { TransactionPlan } from './transactionPlan';

/** What is to be read from a report. */
interface OlderLines {
	readonly request: ReportRequest;
	/** The site of lines whose report has no such column, as far as the credential says. */
	readonly siteId: string | undefined;
}

/**
 * Prepares the part of a plan that comes from a report; undefined if it needs no report. Sends
 * nothing; throws a RakutenProblem where a filter can't be applied to a report, or the reporting
 * credential is for another site.
 */
export async function planOlderLines(
	context: IExecuteFunctions,
	itemIndex: number,
	{ sources, filter }: TransactionPlan,
	choice: ReportChoice,
	siteId: string,
): Promise<OlderLines | undefined> {
	if (!sources.report) return undefined;
	const filterColumns = columnsForFilter(filter);
	const connection = await reportingConnection(context, itemIndex);
	if (connection.siteId !== undefined && connection.siteId !== siteId) {
		throw new RakutenProblem(
			'otherSite',
			`The reporting credential is for site ${connection.siteId}, the developer portal's for site ${siteId}`,
			'Choose credentials for the same site.',
		);
	}
	const report = chosenReport(choice, connection);
	const side: ReportSide = sources.report;
	return {
		siteId: connection.siteId,
		request: {
			// What the columns of the report say of a line's site must not be mixed with the credential's.
			...createRequest(
				{ ...connection, siteId: undefined, siteName: undefined },
				report,
				side.days,
			),
			dateType: side.dateType,
			requiredColumns: [...side.columns, ...filterColumns],
		},
	};
}

/** Reads the older lines into the account. */
export async function takeOlderLines(
	context: IExecuteFunctions,
	older: OlderLines,
	account: LineAccount,
): Promise<void> {
	const report = await importReport(context, older.request, linesInto(account, older.siteId));
	account.rejectRows(report.rejectedItems());
	const tellsSite = report.columns.some(({ name }) => name === 'siteId' || name === 'publisherId');
	account.sitesUnknown = !tellsSite && report.columns.length > 0;
}

/** Puts the rows of each answer into the account once it was read to its end. */
function linesInto(account: LineAccount, siteId: string | undefined): ReportOutput {
	return {
		async take(batches) {
			const read: Array<{ line: SourcedLine; raw: Record<string, unknown> }> = [];
			for await (const rows of batches) {
				for (const { json } of rows) {
					const line = lineFromReport(json);
					line.siteId ??= siteId ?? null;
					read.push({ line, raw: json });
				}
			}
			for (const { line, raw } of read) account.take(line, raw);
		},
		finish: async () => [],
	};
}
