import type { IPollFunctions } from 'n8n-workflow';

import { dayText, millisecondsPerDay } from '../../rakuten/date/calendar';
import type { DayWindow } from '../../rakuten/date/windows';
import type { PolledLine } from '../../rakuten/polling/GivenOut';
import type { TooMuch, WindowLines } from '../../rakuten/polling/pollLines';
import type { ItemFields } from '../../rakuten/polling/pollState';
import type { LineWindow } from '../../rakuten/polling/sweep';
import { RakutenProblem } from '../../rakuten/problem';
import { howToAddColumns } from '../../rakuten/report/requiredColumns';
import { readEventLine } from '../../rakuten/line/eventLine';
import { mayBeWanted } from '../../rakuten/line/lineFilter';
import type { TriggerFilter } from '../../rakuten/line/lineFilter';
import type { RejectedRow, ReportRow } from '../../rakuten/line/reportRow';
import { readRows } from '../reading/readRows';
import { createRequest } from '../reading/reportRequest';
import type { ChosenReport } from '../reading/reportField';
import { outcomeOf } from '../../rakuten/outcome';
import { ServiceProblem } from '../../services/problem';
import { openReport } from '../../services/reporting/reportingApi';
import type { ReportingConnection } from '../../services/reporting/reportingConnection';
import { mostLinesInWindow, newest, tooManyLines } from './pollSource';
import type { PollSource, PollTime } from './pollSource';

/** Lines of a report, by process date: one request for each window. */
export class ReportSource implements PollSource {
	constructor(
		private readonly context: IPollFunctions,
		private readonly connection: ReportingConnection,
		private readonly report: ChosenReport,
		private readonly filter: TriggerFilter,
		private readonly time: PollTime,
	) {}

	readonly read = async (window: LineWindow): Promise<WindowLines | TooMuch> => {
		const outcome = await outcomeOf(this.rows(daysOf(window)));
		if (outcome.ok) return { lines: outcome.value };
		const { cause } = outcome;
		if (cause instanceof TooLarge) return { tooMuch: cause };
		if (cause instanceof ServiceProblem && cause.remedy === 'smaller') {
			return { tooMuch: this.tooSlow(cause.message) };
		}
		throw cause;
	};

	async sample(): Promise<ItemFields[]> {
		const now = Date.now();
		const lines = await this.rows(daysOf({ from: now - 7 * millisecondsPerDay, to: now }));
		return newest(lines.filter(({ output }) => output === 'transactions').map(({ json }) => json));
	}

	private async rows(range: DayWindow): Promise<PolledLine[]> {
		const request = {
			...createRequest(this.connection, this.report, range),
			dateType: 'process' as const,
		};
		const secondsLeft = Math.max(Math.floor((this.time.endsAt - Date.now()) / 1000), 1);
		const answer = await openReport(
			this.context,
			this.connection,
			{
				...this.report,
				startDate: range.from,
				endDate: range.to,
				networks: [],
				timeZone: request.zone,
				dateType: request.dateType,
			},
			{ timeoutSeconds: secondsLeft, longestWaitSeconds: secondsLeft },
		);
		const lines: PolledLine[] = [];
		const rejectedLine = rejectedLines();
		for await (const { rows, rejected, report } of readRows(answer, request)) {
			for (const { json } of rows) {
				const advertiserId = textOf(json.advertiserId);
				if (mayBeWanted({ advertiserId, isEvent: null, siteId: null }, this.filter)) {
					lines.push(reportLine(json));
				}
			}
			for (const row of rejected) lines.push(rejectedLine(row));
			if (Date.now() > this.time.endsAt) throw this.tooSlow();
			if (lines.length > mostLinesInWindow) throw new TooLarge(tooManyLines(useReportGet));
			if (report?.identity === 'none' && report.read > 0) throw noLines(this.report);
		}
		return lines;
	}

	private tooSlow(said?: string): TooLarge {
		return new TooLarge(
			new RakutenProblem(
				'pollTooLong',
				`The report did not arrive within n8n's ${this.time.seconds}-second polling limit`,
				`No line is lost: the next poll tries again. ${useReportGet}${said === undefined ? '' : ` (${said}.)`}`,
			),
		);
	}
}

/** A problem that a request for fewer days may not have. */
class TooLarge extends RakutenProblem {
	constructor({ problemName, message, description }: RakutenProblem) {
		super(problemName, message, description);
		this.name = 'TooLarge';
	}
}

const useReportGet =
	"Choose a smaller report or a shorter 'Overlap in Days', or read it with a Schedule Trigger and Report > Get, which has no such limit.";

const noLines = ({ reportName }: ChosenReport) =>
	new RakutenProblem(
		'noLineIdentity',
		`The report "${reportName}" has no order lines that can be identified`,
		howToAddColumns(['Transaction ID']),
	);

const daysOf = ({ from, to }: LineWindow): DayWindow => ({
	from: dayText(Math.floor(from / millisecondsPerDay)),
	to: dayText(Math.floor(to / millisecondsPerDay)),
});

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);

/** The fields of the Events API, all null: a report's line has those that the report lacks as null. */
const nothing = (() => {
	const { line } = readEventLine({});
	return { ...line, lineId: null } as Readonly<Record<string, unknown>>;
})();

function reportLine(row: ReportRow): PolledLine {
	const { processDate } = row;
	const at = typeof processDate === 'string' ? Date.parse(processDate) : Number.NaN;
	return {
		id: String(row.lineId),
		at: Number.isNaN(at) ? undefined : at,
		output: 'transactions',
		json: { ...nothing, ...row, source: 'report' },
	};
}

/**
 * Makes lines of unreadable rows. They come again with each answer: equal ones in one answer differ by
 * a number.
 */
function rejectedLines(): (row: RejectedRow) => PolledLine {
	const met = new Map<string, number>();
	return ({ reason, values }) => {
		const key = JSON.stringify([reason, values]);
		const number = (met.get(key) ?? 0) + 1;
		met.set(key, number);
		return {
			id: `rejected ${number} ${key}`,
			at: undefined,
			output: 'notices',
			json: {
				type: 'unreadableLine',
				message: `A line could not be read: ${reason}`,
				reasons: [reason],
				lineId: null,
				source: 'report',
				values,
			},
		};
	};
}
