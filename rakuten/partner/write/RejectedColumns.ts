import type { ConversionSettings } from '../read/conversionSettings';
import type { Finding } from '../read/findings';
import { makeHarmless, undoHarmless } from '../read/formulaCells';
import { joinDateFormatNames, namedFormat } from '../read/joinDate';
import { ownColumns } from '../read/ownColumns';
import type { PartnerSource } from '../read/partnerSource';

/**
 * A file of rejected rows: why and from which line, how the join date is written where that must be
 * known, then the columns of the source with all their values. Corrected, it is read like any
 * other source; that is why a few dates that could be read in two ways bring their format along.
 */
export class RejectedColumns {
	readonly names: readonly string[];
	private readonly isOwn: boolean;
	private readonly formatPlace: number | undefined;
	private readonly hasFormat: boolean;

	constructor(
		private readonly source: PartnerSource,
		private readonly settings: ConversionSettings,
	) {
		const { header, dateFormat } = source;
		const isKnown = settings.outputDates !== 'asIs' && dateFormat !== 'iso';
		this.formatPlace = header.own?.dateFormat;
		this.isOwn = header.own !== undefined;
		this.hasFormat = header.placeOf.has('joinDate') && (this.formatPlace !== undefined || isKnown);
		this.names = [
			ownColumns.reason,
			ownColumns.line,
			...(this.hasFormat ? [ownColumns.dateFormat] : []),
			...this.withoutOwn(header.names),
		];
	}

	/** The values of a row; more than there are names where the row had more cells than columns. */
	valuesOf(cells: readonly string[], line: number, reasons: readonly Finding[]): string[] {
		const { harmlessRejected } = this.settings;
		const read = this.isOwn && harmlessRejected ? cells.map(undoHarmless) : cells;
		const values = this.withoutOwn(read);
		return [
			reasons.map(({ text }) => text).join('; '),
			String(line),
			...(this.hasFormat ? [this.formatOf(cells)] : []),
			...(harmlessRejected ? values.map(makeHarmless) : values),
		];
	}

	private formatOf(cells: readonly string[]): string {
		const declared = this.formatPlace === undefined ? '' : (cells[this.formatPlace] ?? '');
		return joinDateFormatNames[namedFormat(declared) ?? this.source.dateFormat];
	}

	private withoutOwn(cells: readonly string[]): readonly string[] {
		const own = this.source.header.own?.all;
		return own ? cells.filter((_, at) => !own.has(at)) : cells;
	}
}
