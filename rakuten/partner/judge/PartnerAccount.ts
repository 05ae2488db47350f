import { ownCopy } from '../../csv/KeptTexts';
import { findingName } from '../read/findings';
import type { Finding, FindingKind } from '../read/findings';

/** A row with warnings, as the summary lists it. */
export interface RowWithWarnings {
	readonly file: string;
	readonly line: number;
	readonly siteId: string;
	readonly name: string;
	readonly Warnings: readonly string[];
}

/** A rejected row, as the summary lists it. */
export interface RejectedPublisher {
	readonly file: string;
	readonly line: number;
	/** As in the file, if it is not usable. */
	readonly siteId: string;
	readonly name: string;
	readonly reasons: readonly string[];
}

/** Publishers written from one export only: how many, and the first of them by name. */
export interface OneSided {
	publishers: number;
	readonly list: Array<{ siteId: string; name: string }>;
}

/**
 * Why a publisher is written from one of two joined exports: only the leading one has it, only the
 * one whose rows are joined to its rows, or both have it but the row of one is rejected.
 */
export type OnlySide = 'onlyInMain' | 'onlyInOther' | 'otherRejected';

/** How many rows had a kind of finding. */
export interface FindingCount {
	readonly kind: FindingKind;
	readonly name: string;
	readonly rows: number;
}

/**
 * What happened to each row that was read. It is kept or rejected; a kept row is written, or is
 * part of one that is: joined to the other export's row, or a repetition. So `read = kept +
 * rejected` and `kept = ready + joined + repeated`.
 */
export class PartnerAccount {
	ready = 0;
	joined = 0;
	repeated = 0;
	rejected = 0;
	/** Kept rows with at least one warning. */
	withWarnings = 0;
	blankLines = 0;
	readonly onlyInMain: OneSided = { publishers: 0, list: [] };
	readonly onlyInOther: OneSided = { publishers: 0, list: [] };
	readonly otherRejected: OneSided = { publishers: 0, list: [] };
	/** The first rows with warnings. */
	readonly listed: RowWithWarnings[] = [];
	/** The first rejected rows. */
	readonly listedRejected: RejectedPublisher[] = [];
	private readonly warningCounts = new Map<FindingKind, number>();
	private readonly rejectedCounts = new Map<FindingKind, number>();
	private readonly rejectedBySource: number[] = [];

	constructor(private readonly listedRows: number) {}

	get kept(): number {
		return this.ready + this.joined + this.repeated;
	}

	get read(): number {
		return this.kept + this.rejected;
	}

	rejectedIn(source: number): number {
		return this.rejectedBySource[source] ?? 0;
	}

	/** `source`: the number of the file that `row` is in. */
	reject(
		source: number,
		row: Omit<RejectedPublisher, 'reasons'>,
		reasons: readonly Finding[],
	): void {
		this.rejected++;
		this.rejectedBySource[source] = this.rejectedIn(source) + 1;
		count(this.rejectedCounts, reasons);
		if (this.listedRejected.length < this.listedRows) {
			this.listedRejected.push({
				...ownRow(row),
				reasons: reasons.map(({ text }) => ownCopy(text)),
			});
		}
	}

	/** Notes the warnings of a kept row. */
	warn(row: Omit<RowWithWarnings, 'Warnings'>, warnings: readonly Finding[]): void {
		if (warnings.length === 0) return;
		this.withWarnings++;
		count(this.warningCounts, warnings);
		if (this.listed.length < this.listedRows) {
			this.listed.push({ ...ownRow(row), Warnings: warnings.map(({ text }) => ownCopy(text)) });
		}
	}

	oneSided(side: OnlySide, { siteId, name }: { siteId: string; name: string }): void {
		const { list } = this[side];
		this[side].publishers++;
		if (list.length < this.listedRows) {
			list.push({ siteId: ownCopy(siteId), name: ownCopy(name) });
		}
	}

	/** Rejected rows by reason, the most frequent first; a row with two reasons counts for both. */
	get rejectedByReason(): FindingCount[] {
		return sorted(this.rejectedCounts);
	}

	get warningsByKind(): FindingCount[] {
		return sorted(this.warningCounts);
	}
}

/** A row that does not keep its file's text in memory. */
const ownRow = ({ file, line, siteId, name }: Omit<RejectedPublisher, 'reasons'>) => ({
	file,
	line,
	siteId: ownCopy(siteId),
	name: ownCopy(name),
});

function count(counts: Map<FindingKind, number>, findings: readonly Finding[]): void {
	for (const kind of new Set(findings.map((each) => each.kind))) {
		counts.set(kind, (counts.get(kind) ?? 0) + 1);
	}
}

const sorted = (counts: ReadonlyMap<FindingKind, number>): FindingCount[] =>
	[...counts]
		.map(([kind, rows]) => ({ kind, name: findingName(kind), rows }))
		.sort((a, b) => b.rows - a.rows || a.name.localeCompare(b.name));
