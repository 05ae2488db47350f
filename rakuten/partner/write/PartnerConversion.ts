import type { ConversionSettings } from '../read/conversionSettings';
import { makeHarmless } from '../read/formulaCells';
import { slotOf } from '../read/rowSlots';
import { ImportColumns } from './ImportColumns';
import { pairSources } from '../judge/pairSources';
import type { SourcePair } from '../judge/pairSources';
import { PartnerAccount } from '../judge/PartnerAccount';
import { partnerRowReader } from '../read/partnerRowReader';
import type { PartnerRow, PartnerRowReader } from '../read/partnerRowReader';
import type { PartnerSource } from '../read/partnerSource';
import { RejectedColumns } from './RejectedColumns';
import { requireBrand } from '../judge/requireBrand';
import { RowJudge } from '../judge/RowJudge';
import type { RowOrigin } from '../judge/RowJudge';

export type { RowOrigin } from '../judge/RowJudge';

/** Takes a row of the import; `joined`: where the other export's row of it stands. */
export interface ReadyHandler {
	(values: readonly string[], origin: RowOrigin, joined: RowOrigin | undefined): void;
}

/** Takes a rejected row, in the order of `rejectedColumns`. */
export interface RejectedHandler {
	(values: readonly string[], origin: RowOrigin): void;
}

/**
 * Turns the publishers of one brand into Mediarails' import, in passes over their sources, each a
 * piece at a time, so that memory holds an index of the Site IDs (and, where exports are joined, the
 * rows of one of them as bytes) and never the rows:
 * 1. `prepare` looks at all rows: only then is it known which stand against each other.
 * 2. `ready` decides on every row, counts it, and hands on those of the import.
 * 3. `rejected` hands on the rejected rows of one source.
 */
export class PartnerConversion {
	readonly account: PartnerAccount;
	private readonly columns: ImportColumns;
	private readonly pair: SourcePair;
	private readonly judge: RowJudge;
	private readonly readers: readonly PartnerRowReader[];
	private readonly rejectedAs: readonly RejectedColumns[];

	/**
	 * Throws a RakutenProblem where the sources do not go together, a column is not there, or rows
	 * would have no brand.
	 */
	constructor(
		private readonly sources: readonly PartnerSource[],
		private readonly settings: ConversionSettings,
	) {
		requireBrand(settings.brand, sources);
		this.account = new PartnerAccount(settings.listedRows);
		this.pair = pairSources(sources);
		this.columns = new ImportColumns(sources, settings);
		this.judge = new RowJudge(sources, this.pair, settings);
		this.readers = sources.map((source, at) =>
			partnerRowReader(source, this.columns.placesOf(at), settings),
		);
		this.rejectedAs = sources.map((source) => new RejectedColumns(source, settings));
	}

	/** Whether the sources are two exports of the same publishers. */
	get isJoin(): boolean {
		return this.pair.other.length > 0;
	}

	/** What the exports that are joined are called: the leading one, then the other. */
	get joinedNames(): readonly string[] {
		return [this.pair.main, this.pair.other].map(
			([source]) => this.sources[source]?.header.layoutName ?? '',
		);
	}

	get readyColumns(): string[] {
		return this.columns.names;
	}

	rejectedColumns(source: number): readonly string[] {
		return this.rejectedAs[source].names;
	}

	/** First pass. */
	async *prepare(): AsyncGenerator<void> {
		for (const source of this.sources.keys()) {
			yield* this.rows(source, (row, line) => this.judge.remember(row, { source, line }));
		}
	}

	/** Second pass: hands on the rows of the import and makes the account. */
	async *ready(onRow: ReadyHandler): AsyncGenerator<void> {
		const { account, columns, settings } = this;
		for (const source of [...this.pair.main, ...this.pair.other]) {
			yield* this.rows(
				source,
				(row, line) => {
					const origin = { source, line };
					const fate = this.judge.fateOf(row, origin);
					if (fate.is === 'rejected') {
						account.reject(source, fate.reasons);
						return;
					}
					account[fate.is]++;
					account.warn(this.described(row, origin), fate.warnings);
					if (fate.is !== 'ready') return;
					this.noteOneSided(row, source);
					const values = columns.valuesOf(fate.row.slots, fate.row.writtenDate);
					const written = settings.harmlessReady ? values.map(makeHarmless) : values;
					onRow(written, origin, fate.joined);
				},
				(blankLines) => {
					account.blankLines += blankLines;
				},
			);
		}
	}

	/** Third pass, over one source: hands on its rejected rows. */
	async *rejected(source: number, onRow: RejectedHandler): AsyncGenerator<void> {
		if (this.account.rejectedIn(source) === 0) return;
		yield* this.rows(source, (row, line, cells) => {
			const fate = this.judge.fateOf(row, { source, line });
			if (fate.is !== 'rejected') return;
			onRow(this.rejectedAs[source].valuesOf(cells, line, fate.reasons), { source, line });
		});
	}

	private async *rows(
		source: number,
		onRow: (row: PartnerRow, line: number, cells: readonly string[]) => void,
		onEnd?: (blankLines: number) => void,
	): AsyncGenerator<void> {
		const read = this.readers[source];
		const { blankLines } = yield* this.sources[source].read((cells, line) => {
			onRow(read(cells), line, cells);
		});
		onEnd?.(blankLines);
	}

	private noteOneSided({ siteId, slots }: PartnerRow, source: number): void {
		if (!this.isJoin || siteId === undefined || !this.judge.isOneSided(siteId, source)) return;
		const { onlyInMain, onlyInOther } = this.account;
		const side = this.pair.other.includes(source) ? onlyInOther : onlyInMain;
		this.account.oneSided(side, siteId, slots[slotOf.name]);
	}

	private described({ slots }: PartnerRow, { source, line }: RowOrigin) {
		const file = this.sources[source].name;
		return { file, line, siteId: slots[slotOf.siteId], name: slots[slotOf.name] };
	}
}
