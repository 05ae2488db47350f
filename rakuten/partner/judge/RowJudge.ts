import { contentHash } from '../../hash/contentHash';
import type { ConversionSettings } from '../read/conversionSettings';
import type { Finding } from '../read/findings';
import { findDifferences, isFromOther, joinRows } from './joinRows';
import type { PartnerRow } from '../read/partnerRowReader';
import { slotOf } from '../read/rowSlots';
import type { PartnerSource } from '../read/partnerSource';
import type { ReadRowsOf, RowOrigin } from '../read/sourceRows';
import type { SourcePair } from './pairSources';
import type { OnlySide } from './PartnerAccount';
import { PublisherIndex } from './PublisherIndex';
import { findInValues } from './rowFindings';
import { RowStore } from './RowStore';
import type { StoredRow } from './RowStore';

/** What happens to a row; see PartnerAccount. */
export type Fate =
	| {
			readonly is: 'ready';
			readonly row: StoredRow;
			readonly warnings: readonly Finding[];
			/** Where the row of the other export is that was joined to it. */
			readonly joined?: RowOrigin;
	  }
	| { readonly is: 'joined' | 'repeated'; readonly warnings: readonly Finding[] }
	| { readonly is: 'rejected'; readonly reasons: readonly Finding[] };

/** The first slot holds the Site ID, which rows that are compared have in common. */
const comparedFrom = 1;

/** What a judge decides on. */
export interface JudgedSources {
	readonly sources: readonly PartnerSource[];
	readonly pair: SourcePair;
	readonly rows: ReadRowsOf;
}

/**
 * Decides what happens to rows. There is no judge before all rows have been remembered. `fates`
 * goes over all rows, the leading sources first, and joins; `rejected` comes after it.
 */
export class RowJudge {
	private readonly leading = new PublisherIndex({ hasNotes: false });
	/** Its notes say where the row is stored, counted from 1. */
	private readonly joining = new PublisherIndex({ hasNotes: true });
	/** Rows of all sources are numbered consecutively: the number of rows before each source. */
	private readonly linesBefore: number[] = [];
	private readonly stored = new RowStore();
	private readonly isJoining: readonly boolean[];
	private readonly joiningName: string;

	private constructor(
		private readonly judged: JudgedSources,
		private readonly settings: ConversionSettings,
	) {
		const { sources, pair } = judged;
		this.isJoining = sources.map((_, at) => pair.other.includes(at));
		this.joiningName = pair.other.length > 0 ? sources[pair.other[0]].header.layoutName : '';
	}

	/** First pass: remembers all rows. */
	static async remembering(judged: JudgedSources, settings: ConversionSettings): Promise<RowJudge> {
		const judge = new RowJudge(judged, settings);
		let lastPlace = 0;
		for (const source of judged.sources.keys()) {
			judge.linesBefore.push(lastPlace);
			const pass = judged.rows(source, (row, origin) => {
				lastPlace = judge.placeOf(origin);
				judge.remember(row, origin);
			});
			while (!(await pass.next()).done);
		}
		return judge;
	}

	/** Second pass: passes on what happens to each row. Returns how many lines were blank. */
	async *fates(
		onFate: (fate: Fate, row: PartnerRow, origin: RowOrigin) => void,
	): AsyncGenerator<void, number> {
		const { pair, rows } = this.judged;
		let blankLines = 0;
		for (const source of [...pair.main, ...pair.other]) {
			const end = yield* rows(source, (row, origin) => {
				onFate(this.fateOf(row, origin), row, origin);
			});
			blankLines += end.blankLines;
		}
		return blankLines;
	}

	/** Third pass, over one source: hands on its rejected rows. */
	async *rejected(
		source: number,
		onRow: (reasons: readonly Finding[], origin: RowOrigin, cells: readonly string[]) => void,
	): AsyncGenerator<void> {
		yield* this.judged.rows(source, (row, origin, cells) => {
			const fate = this.fateOf(row, origin);
			if (fate.is === 'rejected') onRow(fate.reasons, origin, cells);
		});
	}

	/** Why a publisher that is not joined is written from one of two joined exports. */
	onlySideOf(siteId: string, source: number): OnlySide | undefined {
		if (this.joiningName === '') return undefined;
		const isOther = this.isJoining[source];
		if ((isOther ? this.leading : this.joining).get(siteId)) return 'otherRejected';
		return isOther ? 'onlyInOther' : 'onlyInMain';
	}

	private remember(row: PartnerRow, origin: RowOrigin): void {
		const { siteId, slots } = row;
		if (siteId === undefined) return;
		const reasons = this.rejecting(row.findings);
		// A row that is rejected for itself never counts as equal to one that is not.
		const content = [...slots, ...reasons.map(({ kind }) => kind)];
		// Nobody has two mailboxes whose names differ in case only.
		content[slotOf.email] = content[slotOf.email].toLowerCase();
		const index = this.indexOf(origin.source);
		let note = 0;
		if (this.isJoining[origin.source] && reasons.length === 0 && !index.get(siteId)) {
			note = this.stored.add(row) + 1;
		}
		index.add(siteId, contentHash(content, comparedFrom), this.placeOf(origin), note);
	}

	private fateOf(row: PartnerRow, origin: RowOrigin): Fate {
		const { siteId } = row;
		if (siteId === undefined) return this.alone(row, row.findings);
		const known = this.indexOf(origin.source).get(siteId)!;
		const isFirst = known.place === this.placeOf(origin);
		const { isTorn } = known;
		const isJoined = isFirst && known.isMarked('joined');
		const differs = isFirst && known.isMarked('differs');
		const findings = [...row.findings];
		const first = this.placeText(known.place, origin.source);
		if (isTorn) findings.push(this.torn(siteId, isFirst, first));
		if (isJoined) return { is: 'joined', warnings: findings };
		if (differs) findings.push(differsText);
		const repeats: Finding[] =
			isFirst || isTorn
				? []
				: [{ kind: 'repeatedRow', text: `Repeats ${first}; it is written once` }];
		const all = [...findings, ...repeats];
		const fate = this.isJoining[origin.source] ? this.alone(row, all) : this.joined(row, all);
		return fate.is === 'ready' && repeats.length > 0 ? { is: 'repeated', warnings: all } : fate;
	}

	/** A row by itself. */
	private alone(row: PartnerRow, own: readonly Finding[]): Fate {
		const findings = [...own, ...findInValues(row.slots, row.day, this.settings)];
		const reasons = this.rejecting(findings);
		if (reasons.length > 0) return { is: 'rejected', reasons };
		return { is: 'ready', row, warnings: findings };
	}

	/** A row of a leading source, with what the other export knows of the publisher. */
	private joined(row: PartnerRow, own: readonly Finding[]): Fate {
		const found = this.joiningRowOf(row.siteId!);
		if (!found) return this.alone(row, own);
		const { other, origin } = found;
		const both = joinRows(row, other);
		const inValues = findInValues(both.slots, both.day, this.settings);
		const ofOther = inValues.filter(({ field }) => isFromOther(field, row, other));
		// The other row's values are not taken: that row will be rejected, not this one.
		if (this.rejecting(ofOther).length > 0) return this.alone(row, own);
		const differences = findDifferences(row, other, this.joiningName);
		const warnings = [...own, ...inValues, ...differences];
		const reasons = this.rejecting(warnings);
		if (reasons.length > 0) {
			if (this.rejecting(differences).length > 0) this.joining.mark(row.siteId!, 'differs');
			return { is: 'rejected', reasons };
		}
		this.joining.mark(row.siteId!, 'joined');
		return { is: 'ready', row: both, warnings, joined: origin };
	}

	private joiningRowOf(siteId: string): { other: StoredRow; origin: RowOrigin } | undefined {
		const known = this.joining.get(siteId);
		if (!known || known.note === 0) return undefined;
		if (known.isTorn && this.settings.rejects.has('sameSiteId')) return undefined;
		return { other: this.stored.get(known.note - 1), origin: this.originOf(known.place) };
	}

	private torn(siteId: string, isFirst: boolean, first: string): Finding {
		const text = isFirst
			? `Site ID ${siteId} is also in a row below, with other values`
			: `Site ID ${siteId} is also in ${first}, with other values`;
		return { kind: 'sameSiteId', text };
	}

	/** Names the file too where it is another. */
	private placeText(place: number, here: number): string {
		const { source, line } = this.originOf(place);
		return source === here ? `line ${line}` : `line ${line} of ${this.judged.sources[source].name}`;
	}

	private placeOf({ source, line }: RowOrigin): number {
		return this.linesBefore[source] + line;
	}

	private originOf(place: number): RowOrigin {
		let source = this.linesBefore.length - 1;
		while (!(this.linesBefore[source] < place)) source--;
		return { source, line: place - this.linesBefore[source] };
	}

	private indexOf(source: number): PublisherIndex {
		return this.isJoining[source] ? this.joining : this.leading;
	}

	private rejecting(findings: readonly Finding[]): Finding[] {
		return findings.filter(({ kind }) => this.settings.rejects.has(kind));
	}
}

const differsText: Finding = {
	kind: 'exportsDiffer',
	text: 'The row with this Site ID in the Publisher Overview has other values',
};
