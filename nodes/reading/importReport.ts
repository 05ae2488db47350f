import type { IExecuteFunctions } from 'n8n-workflow';

import { halve, splitIntoWindows } from '../../rakuten/date/windows';
import { RakutenProblem } from '../../rakuten/problem';
import type { ReportColumn } from '../../rakuten/report/columnNames';
import { ReportDecoder } from '../../rakuten/report/ReportDecoder';
import type { DecodedReport, RowSink } from '../../rakuten/report/ReportDecoder';
import { ReportTotals } from '../../rakuten/report/ReportTotals';
import { checkColumns, howToAddColumns } from '../../rakuten/report/requiredColumns';
import type { RejectedRow } from '../../rakuten/line/reportRow';
import { textInsteadOfData, truncated } from '../../services/reporting/reportingProblem';
import { openReport } from '../../services/reporting/reportingApi';
import { paceKey } from '../../services/pacing';
import { ServiceProblem } from '../../services/problem';
import type { ReportAnswer } from '../../services/reporting/reportingApi';
import { withRetries } from '../../services/retry';
import { outcomeOf } from '../../rakuten/outcome';
import { ImportAccount } from './ImportAccount';
import type { Decode, Decoding, ReportOutput, ReportPart } from './reportOutput';
import type { ReportPlan } from './reportPlan';

/** One import on its way. */
interface ImportRun {
	readonly context: IExecuteFunctions;
	readonly plan: ReportPlan;
	readonly output: ReportOutput;
	readonly account: ImportAccount;
	/** Parts lost one after another, down to single days, without one that came. */
	failedDays: number;
}

const outageDays = 2;

/** Waits start from the gap between requests, but never from less than this. */
const leastGapSeconds = 0.2;

/** The longest wait that is waited when Rakuten asks for it; beyond it the import says so and ends. */
const longestWaitSeconds = 600;

/**
 * Imports a range: cut into windows, each asked for all networks or for one after another, oldest
 * first (a preview: newest first, until one has rows). A part that keeps failing for its size is
 * halved, down to one day. A part that can't be had at all stops the import, or is written down as
 * missing; its rows never count in part.
 */
export async function importReport(
	context: IExecuteFunctions,
	plan: ReportPlan,
	output: ReportOutput,
): Promise<ImportAccount> {
	const account = new ImportAccount(plan);
	const run: ImportRun = { context, plan, output, account, failedDays: 0 };
	const windows = splitIntoWindows(plan.range, plan.daysPerRequest);
	if (plan.previewOnly) windows.reverse();
	for (const window of windows) {
		account.startWindow();
		for (const network of plan.networks) {
			await importPart(run, { window, network });
		}
		if (plan.previewOnly && account.kept > 0) break;
	}
	return account;
}

async function importPart(run: ImportRun, part: ReportPart): Promise<void> {
	const { context, plan, account } = run;
	// Days that fail one after another are an outage, not a size: no use in ever smaller parts.
	const isOutage = run.failedDays >= outageDays;
	const halves = isOutage ? undefined : halve(part.window);
	const { token, secondsBetweenRequests } = plan.connection;
	const outcome = await outcomeOf(
		withRetries(
			{
				// A large part is soon asked for in halves; a day can only be tried again.
				retriesAfter: ({ remedy }) =>
					isOutage ? 0 : Math.min(plan.maxRetries, remedy === 'smaller' && halves ? 1 : Infinity),
				firstWaitSeconds: () => 2 * Math.max(secondsBetweenRequests, leastGapSeconds),
				longestWaitSeconds,
				paceKey: paceKey(token),
				signal: context.getExecutionCancelSignal(),
				onRetry: () => account.retries++,
			},
			async () => await takePart(run, part),
		),
	);
	if (outcome.ok) {
		run.failedDays = 0;
		return;
	}
	const problem = outcome.cause;
	if (!(problem instanceof ServiceProblem)) throw problem;
	if (problem.remedy === 'smaller' && halves) {
		account.halved++;
		for (const window of halves) {
			await importPart(run, { ...part, window });
		}
		return;
	}
	if (!plan.continueOnMissing || concernsAll(problem)) throw account.stoppedBy(problem, part);
	run.failedDays++;
	account.missingPart(part, problem);
}

/** A refused token or report is refused for every part; a refused filter may be one network's. */
const concernsAll = (problem: ServiceProblem) =>
	problem.remedy === 'never' && problem.problemName !== 'badRequest';

async function takePart(run: ImportRun, part: ReportPart): Promise<void> {
	const { context, plan, output, account } = run;
	account.requests++;
	const answer = await openReport(
		context,
		plan.connection,
		{
			reportKey: plan.reportKey,
			language: plan.language,
			startDate: part.window.from,
			endDate: part.window.to,
			networks: part.network ? [part.network.id] : [],
			timeZone: plan.zone,
			dateType: plan.dateType,
		},
		{ timeoutSeconds: plan.timeoutSeconds, longestWaitSeconds },
	);
	const totals = new ReportTotals();
	const rejected: RejectedRow[] = [];
	const decode: Decode = (from, sink) =>
		decodeAnswer(plan, part, from, {
			row: (row) => {
				totals.add(row);
				sink.row(row);
			},
			rejected: (row) => {
				if (plan.stopAtFirstRejected) throw firstRejected(row, part);
				rejected.push(row);
			},
		});
	const decoded = await output.take(answer, decode);
	account.tookPart(part, decoded, totals.list(), rejected);
}

/** Reads one answer, as the plan has it, into a sink. */
export async function* decodeAnswer(
	plan: ReportPlan,
	part: ReportPart,
	answer: ReportAnswer,
	sink: RowSink,
): Decoding {
	const decoder = new ReportDecoder(
		{
			zone: plan.zone,
			dateType: plan.dateType,
			network: part.network,
			currencies: plan.currencies,
			siteId: plan.connection.siteId,
			siteName: plan.connection.siteName,
			fieldNames: plan.fieldNames,
			lineIdFrom: plan.lineIdFrom,
		},
		sink,
	);
	let checked = plan.requiredColumns.length === 0;
	for await (const chunk of answer.bytes) {
		decoder.write(chunk);
		if (!checked && decoder.columns.length > 0) {
			requireColumns(plan, decoder.columns);
			checked = true;
		}
		yield;
	}
	const decoded = decoder.end();
	if (decoded.words) throw textInsteadOfData(decoded.words, [plan.connection.token]);
	if (decoded.incomplete) throw truncated(incompleteText[decoded.incomplete]);
	if (!checked && decoded.columns.length > 0) requireColumns(plan, decoded.columns);
	return decoded;
}

const incompleteText: Record<NonNullable<DecodedReport['incomplete']>, string> = {
	noHeader: 'it is empty, without even a header.',
	noLastLineEnd: 'its last line does not end.',
	openQuote: 'it ends in the middle of a quoted value.',
};

function requireColumns(plan: ReportPlan, columns: readonly ReportColumn[]): void {
	const header = columns.map((column) => column.header);
	const { missing } = checkColumns(header, plan.requiredColumns);
	if (missing.length === 0) return;
	throw new RakutenProblem(
		'missingColumns',
		`The report "${plan.reportKey}" lacks ${missing.length === 1 ? 'a required column' : `${missing.length} required columns`}: ${missing.join(', ')}`,
		howToAddColumns(missing),
	);
}

function firstRejected(row: RejectedRow, part: ReportPart): RakutenProblem {
	return new RakutenProblem(
		'rejectedRow',
		`Line ${row.line} of the report for ${part.window.from} to ${part.window.to} can't be read: ${row.reason}`,
		"Switch 'Stop at First Rejected Row' off to get such rows on the second output instead.",
	);
}
