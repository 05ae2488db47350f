import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Network } from '../../rakuten/network/networks';
import { RakutenProblem } from '../../rakuten/problem';
import type { ReportColumn } from '../../rakuten/report/columnNames';
import type { DecodedReport } from '../../rakuten/report/ReportDecoder';
import { ReportTotals } from '../../rakuten/report/ReportTotals';
import type { ReportTotal } from '../../rakuten/report/ReportTotals';
import type { KeyCounter } from '../../rakuten/report/KeyCounter';
import type { IdentityKind } from '../../rakuten/report/lineIdentity';
import type { RejectedRow } from '../../rakuten/line/reportRow';
import { countText } from '../../rakuten/countText';
import { previewRows } from './reportRequest';
import type { ReportPart, ReportRequest } from './reportRequest';

/** What an import did, requested, kept, rejected and missed; the counts always add up. */
export class ImportAccount {
	requests = 0;
	retries = 0;
	halved = 0;
	read = 0;
	kept = 0;
	totalRows = 0;
	/** Values of kept rows that could not be read and are null. */
	private unreadable = 0;
	/** Kept rows from which an empty value that was too many has been removed. */
	private realigned = 0;
	identity: IdentityKind | undefined;
	/** Line IDs that came in more than one answer: stored by ID, both become one row. */
	repeatedLines = 0;
	private keys: KeyCounter | undefined;
	/** Of the last answer that had a header. */
	columns: readonly ReportColumn[] = [];
	private readonly startedAt = Date.now();
	private readonly totals = new ReportTotals();
	private readonly rejectedRows: Array<{ part: ReportPart; row: RejectedRow }> = [];
	private readonly missing: Array<{ part: ReportPart; problem: RakutenProblem }> = [];
	private readonly taken: ReportPart[] = [];
	/** Networks of which at least one part was read. */
	private readonly rowsByNetwork = new Map<Network, number>();
	/** Parts before this one were empty and are not what a preview shows. */
	private previewFrom = 0;

	constructor(private readonly plan: ReportRequest) {}

	get rejected(): number {
		return this.rejectedRows.length;
	}

	tookPart(
		part: ReportPart,
		decoded: DecodedReport,
		totals: readonly ReportTotal[],
		rejected: readonly RejectedRow[],
	): void {
		requireSameColumns(this.columns, decoded.columns);
		this.taken.push(part);
		this.unreadable += decoded.unreadable;
		this.realigned += decoded.realigned;
		this.read += decoded.read;
		this.kept += decoded.kept;
		this.totalRows += decoded.totalRows;
		// An answer that only says it is empty has no header to read columns from.
		if (decoded.columns.length > 0) {
			this.identity = decoded.identity;
			this.columns = decoded.columns;
		}
		if (decoded.keys) {
			if (this.keys) this.repeatedLines += this.keys.addAll(decoded.keys);
			else this.keys = decoded.keys;
		}
		this.totals.addAll(totals);
		for (const row of rejected) this.rejectedRows.push({ part, row });
		if (part.network) {
			const before = this.rowsByNetwork.get(part.network) ?? 0;
			this.rowsByNetwork.set(part.network, before + decoded.read);
		}
	}

	/** The next window of a preview begins: what was read before it was empty. */
	startWindow(): void {
		this.previewFrom = this.taken.length;
	}

	missingPart(part: ReportPart, problem: RakutenProblem): void {
		this.missing.push({ part, problem });
	}

	/** The problem that stops an import: which part, why, what had been read by then. */
	stoppedBy(problem: RakutenProblem, part: ReportPart): RakutenProblem {
		const { range, networks } = this.plan;
		const isAll = part.window.from === range.from && part.window.to === range.to;
		if (isAll && networks.length === 1) return problem;
		const done =
			this.taken.length === 0 ? 'nothing' : listed(this.taken.map((each) => partText(each)));
		return new RakutenProblem(
			problem.problemName,
			`${problem.message}: ${partText(part)} could not be read`,
			`${problem.description} Read before it stopped: ${done}. Missing: ${partText(part)} and everything after it. To continue without such a part, set 'If a Part Can't Be Read' to Continue.`,
		);
	}

	/** Items of the output Rejected: rejected rows and missing ranges. */
	rejectedItems(): INodeExecutionData[] {
		const items: IDataObject[] = this.rejectedRows.map(({ part, row }) => ({
			type: 'rejectedRow',
			line: row.line,
			reason: row.reason,
			values: row.values,
			...partFields(part),
		}));
		for (const { part, problem } of this.missing) {
			items.push({
				type: 'missingRange',
				...partFields(part),
				reason: `${problem.message}. ${problem.description}`,
			});
		}
		return items.map((json) => ({ json }));
	}

	/** The item of the output Summary. */
	summary(): IDataObject {
		const { plan } = this;
		const totals = this.totals.list();
		return {
			type: 'summary',
			message: this.message(),
			totals: totals as unknown as IDataObject[],
			read: this.read,
			kept: this.kept,
			rejected: this.rejected,
			missing: this.missing.map(({ part }) => partFields(part)),
			emptyNetworks: this.emptyNetworks(),
			report: plan.reportKey,
			reportName: plan.reportName,
			...this.coveredDays(),
			dateType: plan.dateType,
			timeZone: plan.zone,
			networks: this.networkNames(),
			requests: this.requests,
			retries: this.retries,
			halved: this.halved,
			minutes: this.minutes(),
			totalRowsSkipped: this.totalRows,
			repeatedLines: this.repeatedLines,
		};
	}

	/** One or two sentences for the node's panel. */
	message(): string {
		const { plan } = this;
		const { from, to } = this.coveredDays();
		const where = `${plan.reportName}, ${from} to ${to}, ${this.networkNames().join(', ')}, by ${plan.dateType} date, ${plan.zone}`;
		const parts = [
			this.read === 0
				? `The report has no rows (${where}).`
				: plan.previewOnly
					? `Preview: ${countText(Math.min(this.kept, previewRows), 'row')} of ${this.kept} (${where}). Their totals are on the output Summary.`
					: `${countText(this.kept, 'row')} kept of ${this.read} read (${where}).`,
			`${countText(this.requests, 'request')}, ${countText(this.retries, 'retry', 'retries')}, ${this.duration()}.`,
		];
		if (this.rejected > 0) {
			parts.push(`${countText(this.rejected, 'row')} could not be read: see the output Rejected.`);
		}
		if (this.missing.length > 0) {
			parts.push(
				`Missing: ${listed(this.missing.map(({ part }) => partText(part)))}: see the output Rejected.`,
			);
		}
		const empty = this.emptyNetworks();
		if (empty.length > 0 && this.read > 0) parts.push(`No rows for ${empty.join(', ')}.`);
		return parts.join(' ');
	}

	/** What the user should know about the rows, each with what to do. */
	advice(): string[] {
		const unknown = this.columns.filter(({ known }) => known === undefined);
		const hasMoney = this.columns.some(
			({ name }) => name === 'saleAmount' || name === 'commission',
		);
		if (this.kept > 0 && !hasMoney && unknown.length > 0) {
			return [
				`Neither Sales nor Total Commission was found, so the rows have no money. These headers were not understood: ${listed(unknown.map(({ header }) => header.slice(0, 60)))}. Headers are requested in English, and understood in no other language: check in the dashboard that the saved report has the columns "Sales" and "Total Commission".`,
			];
		}
		const advice: string[] = [];
		if (this.unreadable > 0) {
			advice.push(
				`${countText(this.unreadable, 'value')} could not be read and ${this.unreadable === 1 ? 'is' : 'are'} null; no line depends on them. The field 'unreadable' of a row has their texts (with Simplify off).`,
			);
		}
		if (this.realigned > 0) {
			advice.push(
				`${countText(this.realigned, 'row')} had an empty value too many, which has been removed: in exactly one way all values fit their columns. Compare the total with the dashboard.`,
			);
		}
		if (this.totals.list().some((total) => total.currency === null && total.rows > 0)) {
			advice.push(
				'Some rows have no currency, so they are not added up. Save the report with the column "Currency" too, or set \'Currencies by Network\' in the options.',
			);
		}
		if (this.repeatedLines > 0) {
			advice.push(
				`${countText(this.repeatedLines, 'line')} came in more than one answer under the same line ID. Stored by line ID, each is one row, but the totals count it each time. Compare the total with the dashboard; if it differs, set 'Line ID From' to Order Line Columns, or ask for all networks at once.`,
			);
		}
		if (this.kept > 0 && this.identity === 'none') {
			advice.push(
				`The rows of this report have no line ID: it has no Transaction ID and lacks some of MID, Order ID, SKU and both dates and times. ${this.useWithoutLineId()}`,
			);
		}
		return advice;
	}

	/** What can be done with rows that have no line ID. */
	private useWithoutLineId(): string {
		const date = this.plan.dateType === 'process' ? 'Process Date' : 'Transaction Date';
		const hasDate = this.columns.some(({ known }) => known?.header === date);
		return hasDate
			? "Replace stored rows by their 'replaceByDate' instead of matching them one by one."
			: `It has no ${date} either, so a row belongs to the whole range and 'replaceByDate' is null: use the rows as they are for this range, and replace all of them when you import it again. To store rows by day, save the report with the column "${date}" too.`;
	}

	/** The days that the counts cover: the whole range, or the part shown by a preview. */
	private coveredDays(): { from: string; to: string } {
		const last = this.taken.at(-1);
		if (!this.plan.previewOnly || !last || this.kept === 0) return this.plan.range;
		const shown = this.taken.slice(this.previewFrom);
		return {
			from: shown.map(({ window }) => window.from).sort()[0],
			to: shown
				.map(({ window }) => window.to)
				.sort()
				.at(-1)!,
		};
	}

	private minutes(): number {
		return Math.round((Date.now() - this.startedAt) / 600) / 100;
	}

	private duration(): string {
		const seconds = Math.round((Date.now() - this.startedAt) / 1000);
		return seconds < 90 ? countText(seconds, 'second') : `${Math.round(seconds / 6) / 10} minutes`;
	}

	private networkNames(): string[] {
		return this.plan.networks.map((network) => network?.name ?? 'all networks');
	}

	private emptyNetworks(): string[] {
		return [...this.rowsByNetwork]
			.filter(([, rows]) => rows === 0)
			.map(([network]) => network.name);
	}
}

/**
 * Parts of one import have the same columns: with others, the same line would get another ID.
 *
 * @throws RakutenProblem naming what changed; the order does not matter
 */
function requireSameColumns(before: readonly ReportColumn[], now: readonly ReportColumn[]): void {
	if (before.length === 0 || now.length === 0) return;
	const missingIn = (columns: readonly ReportColumn[], others: readonly ReportColumn[]) => {
		const names = new Set(columns.map(({ name }) => name));
		return others.filter(({ name }) => !names.has(name)).map(({ header }) => header);
	};
	const gone = missingIn(now, before);
	const added = missingIn(before, now);
	if (gone.length === 0 && added.length === 0) return;
	const changes = [
		...(gone.length > 0 ? [`no longer there: ${listed(gone)}`] : []),
		...(added.length > 0 ? [`new: ${listed(added)}`] : []),
	];
	throw new RakutenProblem(
		'columnsChanged',
		'The columns of the report changed while it was being imported',
		`Somebody saved the report with other columns in the meantime (${changes.join('; ')}). Import again.`,
	);
}

const partFields = ({ window, network }: ReportPart) => ({
	from: window.from,
	to: window.to,
	network: network?.name ?? null,
});

const partText = ({ window, network }: ReportPart) =>
	`${window.from} to ${window.to}${network ? ` (${network.name})` : ''}`;

/** The first few of a list that may be long. */
function listed(parts: readonly string[]): string {
	const shown = parts.slice(0, 12).join(', ');
	return parts.length > 12 ? `${shown} and ${parts.length - 12} more` : shown;
}
