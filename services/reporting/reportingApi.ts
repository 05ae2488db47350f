import { answered } from '../problem';
import { reportPath, reportQuery } from '../../rakuten/report/reportRequest';
import type { ReportQuery } from '../../rakuten/report/reportRequest';
import { ask } from '../ask';
import type { Service } from '../ask';
import { bytes } from '../bytes';
import type { BytesAnswer } from '../bytes';
import { paceKey } from '../pacing';
import { sendSigned } from '../context';
import type { ServiceContext } from '../context';
import { nameReportRefusal, reportingHost, truncated, unlikelyReport } from './reportingProblem';
import { reportingCredential } from './reportingConnection';
import type { ReportingConnection } from './reportingConnection';

/** A report on its way: CSV bytes, verified not to be a web page, refusal or fragment. */
export type ReportAnswer = BytesAnswer;

const csv = bytes({
	accept: 'text/csv',
	// Words instead of CSV are recognized by their header.
	isData: (beginning) => !/^[<[{]/.test(beginning),
	truncated,
	unlikely: unlikelyReport,
});

/**
 * Asks for one report: waits for the token's turn, sends `GET {language}/reports/{key}/filters` and
 * checks the status and the first bytes.
 *
 * @param patience how long an answer and a turn may take
 * @throws ServiceProblem, never a raw HTTP error, which would contain the URL and with it the token
 */
export async function openReport(
	context: ServiceContext,
	connection: ReportingConnection,
	query: ReportQuery,
	patience: Service['patience'],
): Promise<ReportAnswer> {
	const { baseUrl, token, secondsBetweenRequests } = connection;
	const service: Service = {
		host: reportingHost,
		baseUrl,
		paceKey: paceKey(token),
		secondsBetweenRequests,
		patience,
		signal: context.getExecutionCancelSignal?.(),
		send: async (options) =>
			await answered(sendSigned(context, reportingCredential, options), reportingHost, [token]),
		nameRefusal: nameReportRefusal,
		secrets: async () => [token],
	};
	const request = { method: 'GET', path: reportPath(query), query: reportQuery(query) } as const;
	return await ask(service, request, csv);
}
