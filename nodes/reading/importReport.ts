import type { IExecuteFunctions } from 'n8n-workflow';

import { halve, splitIntoWindows } from '../../rakuten/date/windows';
import { RakutenProblem } from '../../rakuten/problem';
import type { DecodedReport } from '../../rakuten/report/ReportDecoder';
import { ReportTotals } from '../../rakuten/report/ReportTotals';
import type { RejectedRow } from '../../rakuten/line/reportRow';
import { openReport } from '../../services/reporting/reportingApi';
import { paceKey } from '../../services/pacing';
import { ServiceProblem } from '../../services/problem';
import { withRetries } from '../../services/retry';
import { outcomeOf } from '../../rakuten/outcome';
import { ImportAccount } from './ImportAccount';
import { readRows } from './readRows';
import type { ReportOutput } from './reportOutput';
import type { ReportPart, ReportRequest } from './reportRequest';

/** One import on its way. */
interface ImportRun {
	readonly context: IExecuteFunctions;
	readonly plan: ReportRequest;
	readonly output: ReportOutput;
	readonly account: ImportAccount;
	/** Parts lost one after another, down to single days, without one that succeeded. */
	failedDays: number;
}

const outageDays = 2;

/** Waits start from the gap between requests, but never from less than this. */
const leastGapSeconds = 0.2;

/** The longest wait if Rakuten asks for one; beyond it, the import says so and ends. */
const longestWaitSeconds = 600;

/**
 * Imports a range: split into windows, each requested for all networks or for one after another,
 * oldest first (a preview: newest first, until one has rows). A part that keeps failing because of
 * its size is halved, down to one day. A part that can't be read at all stops the import, or is
 * recorded as missing; its rows never count in part.
 */
export async function importReport(
	context: IExecuteFunctions,
	plan: ReportRequest,
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
	// Days that fail one after another are an outage, not a size: ever smaller parts would not
	// help.
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
	const allRejected: RejectedRow[] = [];
	let report: DecodedReport | undefined;
	async function* batches() {
		for await (const batch of readRows(answer, plan, part.network)) {
			const { rows, rejected } = batch;
			if (plan.stopAtFirstRejected && rejected.length > 0) throw firstRejected(rejected[0], part);
			for (const row of rejected) allRejected.push(row);
			for (const row of rows) totals.add(row);
			report = batch.report;
			yield rows;
		}
	}
	await output.take(batches(), answer.toStream);
	account.tookPart(part, report!, totals.list(), allRejected);
}

function firstRejected(row: RejectedRow, part: ReportPart): RakutenProblem {
	return new RakutenProblem(
		'rejectedRow',
		`Line ${row.line} of the report for ${part.window.from} to ${part.window.to} can't be read: ${row.reason}`,
		"Turn off 'Stop at First Rejected Row' to get such rows on the output Rejected instead.",
	);
}
