import type { Network } from '../../rakuten/network/networks';
import { RakutenProblem } from '../../rakuten/problem';
import type { ReportColumn } from '../../rakuten/report/columnNames';
import { ReportDecoder } from '../../rakuten/report/ReportDecoder';
import type { DecodedReport, RowBatch } from '../../rakuten/report/ReportDecoder';
import { checkColumns, howToAddColumns } from '../../rakuten/report/requiredColumns';
import {
	otherSeparator,
	textInsteadOfData,
	truncated,
	unlikelyReport,
} from '../../services/reporting/reportingProblem';
import type { ReportAnswer } from '../../services/reporting/reportingApi';
import type { ReportRequest } from './reportRequest';

/** Some of the rows of an answer, in their order. */
interface AnswerBatch extends RowBatch {
	/** Comes with the last batch: what the whole answer held. */
	readonly report?: DecodedReport;
}

/**
 * Bytes that become one batch. Few rows at a time, because V8 enlarges its space for new objects by
 * what is in use whenever it collects garbage there.
 */
const batchBytes = 16 * 1024;

/**
 * Reads an answer as it arrives, in the way the request asks for. Throws a ServiceProblem where it
 * is not a report or did not arrive whole, and a RakutenProblem where it lacks a required column;
 * none of its rows may be used then.
 *
 * @param network the one that was asked for; undefined when all were
 */
export async function* readRows(
	answer: ReportAnswer,
	request: ReportRequest,
	network?: Network,
): AsyncGenerator<AnswerBatch> {
	const { siteId, siteName, token } = request.connection;
	const decoder = new ReportDecoder({ ...request, network, siteId, siteName });
	let checked = request.requiredColumns.length === 0;
	const check = (columns: readonly ReportColumn[]) => {
		if (checked || columns.length === 0) return;
		requireColumns(request, columns);
		checked = true;
	};
	for await (const chunk of answer.bytes) {
		for (let at = 0; at < chunk.length; at += batchBytes) {
			writeTo(decoder, chunk.subarray(at, at + batchBytes));
			check(decoder.columns);
			yield decoder.take();
		}
	}
	const report = decoder.end(answer.endAnnounced);
	if (report.separator) throw otherSeparator(report.separator);
	if (report.words) throw textInsteadOfData(report.words, [token]);
	if (report.incomplete) throw truncated(incompleteText[report.incomplete]);
	check(report.columns);
	yield { ...decoder.take(), report };
}

function writeTo(decoder: ReportDecoder, bytes: Uint8Array): void {
	try {
		decoder.write(bytes);
	} catch (cause) {
		throw brokenRecord(cause, decoder.columns.length > 0);
	}
}

/** A row without an end is most often one with a quotation mark that is never closed: a fault of few days. */
function brokenRecord(cause: unknown, inReport: boolean): unknown {
	if (!(cause instanceof RakutenProblem) || cause.problemName !== 'recordTooLong') return cause;
	const what = `${cause.message}.`;
	return inReport ? truncated(what) : unlikelyReport(what);
}

const incompleteText: Record<NonNullable<DecodedReport['incomplete']>, string> = {
	noHeader: 'it is empty, without even a header.',
	noLastLineEnd: 'its last line does not end.',
	openQuote: 'it ends in the middle of a quoted value.',
};

function requireColumns(request: ReportRequest, columns: readonly ReportColumn[]): void {
	const header = columns.map((column) => column.header);
	const { missing } = checkColumns(header, request.requiredColumns);
	if (missing.length === 0) return;
	throw new RakutenProblem(
		'missingColumns',
		`The report "${request.reportName}" lacks ${missing.length === 1 ? 'a required column' : `${missing.length} required columns`}: ${missing.join(', ')}`,
		howToAddColumns(missing),
	);
}
