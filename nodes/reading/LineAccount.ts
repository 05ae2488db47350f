import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { withFields } from '../../rakuten/line/fieldOrder';
import { leftOut } from '../../rakuten/line/lineFilter';
import { isWithin } from '../../rakuten/line/sourcePlan';
import type { ReportSide } from '../../rakuten/line/sourcePlan';
import type { LineSource, SourcedLine } from '../../rakuten/line/sourcedLine';
import type { TransactionPlan } from './transactionPlan';
import { KeyCounter } from '../../rakuten/report/KeyCounter';
import { countText } from '../../rakuten/countText';

/** Lines of one source: read = kept + leftOut + elsewhere + rejected, unless the limit was reached. */
interface Count {
	read: number;
	kept: number;
	/** By a filter. */
	leftOut: number;
	/** Of other sites. */
	otherSites: number;
	/** Outside of the range, or on the other source's side. */
	elsewhere: number;
	rejected: number;
}

/** The lines of one run, where they came from, and what happened to the rest. */
export class LineAccount {
	readonly items: INodeExecutionData[] = [];
	readonly rejected: INodeExecutionData[] = [];
	/** Whether the report says which site a line belongs to. */
	sitesUnknown = false;
	/** Whether Rakuten refused the transaction dates that it was to have, so that the report has them. */
	isOlderRefused = false;
	private readonly counts: Record<LineSource, Count> = { events: noLines(), report: noLines() };
	/** Lines of the first day after the cut, which the report might have on its other side. */
	private readonly nearCut = new Set<string>();

	private readonly lineIds = new KeyCounter();
	/** Lines of the Events API that came under the ID of another one. */
	private sameIds = 0;

	constructor(private readonly plan: TransactionPlan) {}

	/** Nothing more needs to be read. */
	get isFull(): boolean {
		return this.items.length >= this.plan.limit;
	}

	/** Takes a line that was read, or leaves it out. */
	take(read: SourcedLine, raw: Readonly<Record<string, unknown>>): void {
		const line = read.source === 'events' ? this.numbered(read) : read;
		const count = this.counts[line.source];
		const { dateType, report } = this.plan.sources;
		count.read++;
		const date = dateType === 'process' ? line.processDate : line.transactionDate;
		if (report && (date === null || line.processDate === null)) {
			const lacking = line.processDate === null ? 'Process Date' : 'Transaction Date';
			return this.reject(
				line.source,
				`${lacking} is missing, so this line can't be assigned to the report or the Events API`,
				raw,
			);
		}
		if (this.nearCut.has(line.lineId) || (report && !this.isOnItsSide(line, report, date!))) {
			count.elsewhere++;
			return;
		}
		const reason = leftOut(line, this.plan.filter);
		if (reason) {
			count[reason === 'site' ? 'otherSites' : 'leftOut']++;
			return;
		}
		if (this.isFull) return;
		if (report && line.source === 'events' && line.processDate!.startsWith(report.cutDay)) {
			this.nearCut.add(line.lineId);
		}
		count.kept++;
		const json: IDataObject = withFields(line, this.plan.fields);
		if (this.plan.includeRaw) json.raw = raw as IDataObject;
		this.items.push({ json });
	}

	/** Equal records came once; what still has the ID of another line gets a number, as in reports. */
	private numbered(line: SourcedLine): SourcedLine {
		if (line.transactionId === null) return line;
		const occurrence = this.lineIds.count(line.lineId);
		if (occurrence === 1) return line;
		this.sameIds++;
		return { ...line, lineId: `${line.lineId}#${occurrence}` };
	}

	/** Whether the line's source is the one for it. The Events API has answered for its window itself. */
	private isOnItsSide({ source, processDate }: SourcedLine, { cutDay }: ReportSide, date: string) {
		const isLate = processDate!.slice(0, cutDay.length) >= cutDay;
		return isLate === (source === 'events') && isWithin(date, this.plan.sources.window);
	}

	/** Notes a record that can't be read; it has been counted as read. */
	reject(source: LineSource, reason: string, values: Readonly<Record<string, unknown>>): void {
		this.counts[source].rejected++;
		const json: IDataObject = {
			type: 'rejectedRecord',
			source,
			reason,
			values: values as IDataObject,
		};
		this.rejected.push({ json });
	}

	/** A record of the Events API that can't be read. */
	rejectEvent(reason: string, values: Readonly<Record<string, unknown>>): void {
		this.counts.events.read++;
		this.reject('events', reason, values);
	}

	/** Rows of the report that couldn't be read at all. */
	rejectRows(items: readonly INodeExecutionData[]): void {
		this.counts.report.read += items.length;
		this.counts.report.rejected += items.length;
		for (const { json } of items) this.rejected.push({ json: { ...json, source: 'report' } });
	}

	/** One or two sentences for the node's panel. */
	message(): string {
		const { window, dateType, report } = this.plan.sources;
		const { events, report: older } = this.counts;
		const total = events.kept + older.kept;
		const parts = [
			`${countText(total, 'line')} by ${dateType} date, ${window.from} to ${window.to}${this.isFull ? ' (as many as the limit allows)' : ''}.`,
		];
		if (report) {
			parts.push(
				`${events.kept} from the Events API, recorded from ${report.cutDay} (UTC) on; ${older.kept} from the report, recorded before.`,
			);
		}
		const out = events.leftOut + older.leftOut;
		if (out > 0) parts.push(`${countText(out, 'line')} left out by the filters.`);
		const others = events.otherSites + older.otherSites;
		if (others > 0) parts.push(`${countText(others, 'line')} of other sites left out.`);
		const bad = events.rejected + older.rejected;
		if (bad > 0)
			parts.push(`${countText(bad, 'line')} could not be read: see the output Rejected.`);
		return parts.join(' ');
	}

	/** What the user should know about the lines that came. */
	advice(): string[] {
		const advice: string[] = [];
		if (this.isOlderRefused) {
			advice.push(
				'Rakuten refuses transaction dates more than 30 days back for this account, so older lines come from the report.',
			);
		}
		if (this.sitesUnknown && this.counts.report.kept > 0) {
			advice.push(
				'The report does not say which site a line belongs to: if the account has other sites, their older lines are included. Add the column "Site ID" to the saved report.',
			);
		}
		if (this.sameIds > 0) {
			advice.push(
				`${countText(this.sameIds, 'line')} came under the transaction ID of another line that differs. Both are in the output; the later one's line ID ends in #2 or higher. Compare them: one may be a correction of the other.`,
			);
		}
		return advice;
	}
}

const noLines = (): Count => ({
	read: 0,
	kept: 0,
	leftOut: 0,
	otherSites: 0,
	elsewhere: 0,
	rejected: 0,
});
