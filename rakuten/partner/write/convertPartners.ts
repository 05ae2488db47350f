import { pairSources } from '../judge/pairSources';
import { PartnerAccount } from '../judge/PartnerAccount';
import { requireBrand } from '../judge/requireBrand';
import { RowJudge } from '../judge/RowJudge';
import type { ConversionSettings } from '../read/conversionSettings';
import { makeHarmless } from '../read/formulaCells';
import type { PartnerSource } from '../read/partnerSource';
import { slotOf } from '../read/rowSlots';
import { sourceRows } from '../read/sourceRows';
import type { RowOrigin } from '../read/sourceRows';
import { ImportColumns } from './ImportColumns';
import { RejectedColumns } from './RejectedColumns';

export type { RowOrigin } from '../read/sourceRows';

/** Takes a row of the import; `joined`: where the other export's row of the same publisher is. */
export interface ReadyHandler {
	(values: readonly string[], origin: RowOrigin, joined: RowOrigin | undefined): void;
}

/** Takes a rejected row. It has more values than columns where the row had more cells. */
export interface RejectedHandler {
	(values: readonly string[], origin: RowOrigin): void;
}

/** Rows to be written: their columns, and a run over them, a piece at a time. */
export interface PartnerTable<Handler> {
	readonly columns: readonly string[];
	/** To be run once, to its end. */
	rows(onRow: Handler): AsyncGenerator<void>;
}

/** Writes down what a conversion produces, and says what it has written. */
export interface PartnerOutput<Written> {
	/** The import. */
	ready(table: PartnerTable<ReadyHandler>): Promise<Written>;
	/** The rejected rows of one source, by its number. */
	rejected(table: PartnerTable<RejectedHandler>, source: number): Promise<Written>;
}

/** A conversion that is complete. */
export interface PartnerConversion<Written> {
	readonly ready: Written;
	/** By source. */
	readonly rejected: readonly Written[];
	readonly account: PartnerAccount;
	/** What the joined exports are called; undefined where none were joined. */
	readonly joinedNames: { readonly main: string; readonly other: string } | undefined;
}

/**
 * Turns the publishers of one brand into Mediarails' import, in three passes over their sources, a
 * piece at a time: it remembers all rows, as only then it is known which contradict each other; it
 * hands on the rows of the import; then the rejected rows of each source. Memory holds an index of
 * the Site IDs (and, where exports are joined, the rows of one of them as bytes), never the rows.
 *
 * Throws a RakutenProblem where the sources can't be combined, a column is missing, or rows would
 * have no brand.
 */
export async function convertPartners<Written>(
	sources: readonly PartnerSource[],
	settings: ConversionSettings,
	output: PartnerOutput<Written>,
): Promise<PartnerConversion<Written>> {
	requireBrand(settings.brand, sources);
	const pair = pairSources(sources);
	const columns = new ImportColumns(sources, settings);
	const rows = sourceRows(sources, (source) => columns.placesOf(source), settings);
	const judge = await RowJudge.remembering({ sources, pair, rows }, settings);
	const account = new PartnerAccount(settings.listedRows);

	async function* readyRows(onRow: ReadyHandler): AsyncGenerator<void> {
		account.blankLines = yield* judge.fates((fate, { siteId, slots }, origin) => {
			const { source, line } = origin;
			const publisher = { siteId: slots[slotOf.siteId], name: slots[slotOf.name] };
			const row = { file: sources[source].name, line, ...publisher };
			if (fate.is === 'rejected') {
				account.reject(source, row, fate.reasons);
				return;
			}
			account[fate.is]++;
			account.warn(row, fate.warnings);
			if (fate.is !== 'ready') return;
			const isAlone = siteId !== undefined && fate.joined === undefined;
			const side = isAlone ? judge.onlySideOf(siteId, source) : undefined;
			if (side) account.oneSided(side, publisher);
			const values = columns.valuesOf(fate.row.slots, fate.row.writtenDate);
			onRow(settings.harmlessReady ? values.map(makeHarmless) : values, origin, fate.joined);
		});
	}

	const ready = await output.ready({ columns: columns.names, rows: readyRows });
	const rejected: Written[] = [];
	for (const [at, source] of sources.entries()) {
		const rejectedAs = new RejectedColumns(source, settings);
		async function* rejectedRows(onRow: RejectedHandler): AsyncGenerator<void> {
			if (account.rejectedIn(at) === 0) return;
			yield* judge.rejected(at, (reasons, origin, cells) =>
				onRow(rejectedAs.valuesOf(cells, origin.line, reasons), origin),
			);
		}
		rejected.push(await output.rejected({ columns: rejectedAs.names, rows: rejectedRows }, at));
	}
	const [main, other] = [pair.main, pair.other].map(([first]) => sources[first]?.header.layoutName);
	return {
		ready,
		rejected,
		account,
		joinedNames: other === undefined ? undefined : { main, other },
	};
}
