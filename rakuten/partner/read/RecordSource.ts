import { DateEvidence } from './DateEvidence';
import type { ReadingSettings } from './FileSurvey';
import { isEmptyRow } from './isEmptyRow';
import { namedFormat } from './joinDate';
import type { JoinDateFormat } from './joinDate';
import type { CellsHandler, PartnerSource, SourceEnd } from './partnerSource';
import type { SourceHeader } from './sourceHeader';

/** A row that is not a line of a file but a record by header; `line` numbers it. */
export interface PartnerRecord {
	readonly values: Readonly<Record<string, unknown>>;
	readonly line: number;
}

const recordsPerPiece = 1000;

/** Publishers that come as records, such as another node's items. */
export class RecordSource implements PartnerSource {
	readonly dateFormat: JoinDateFormat;

	/** Throws a RakutenProblem where the dates leave open how to read them. */
	constructor(
		readonly name: string,
		readonly header: SourceHeader,
		private readonly records: readonly PartnerRecord[],
		settings: ReadingSettings,
	) {
		this.dateFormat = settings.joinDates === 'detect' ? this.detect(settings) : settings.joinDates;
	}

	async *read(onRow: CellsHandler): AsyncGenerator<void, SourceEnd> {
		let blankLines = 0;
		for (const [index, { values, line }] of this.records.entries()) {
			const cells = this.header.names.map((name) => cellText(values, name));
			if (isEmptyRow(cells)) blankLines++;
			else onRow(cells, line, false);
			if (index % recordsPerPiece === recordsPerPiece - 1) yield;
		}
		yield;
		return { blankLines };
	}

	private detect({ needsDateFormat }: ReadingSettings): JoinDateFormat {
		const { header, records } = this;
		const evidence = new DateEvidence(this.name);
		const nameAt = (place: number | undefined) =>
			place === undefined ? undefined : header.names[place];
		const dateName = nameAt(header.placeOf.get('joinDate'));
		const formatName = nameAt(header.own?.dateFormat);
		if (dateName === undefined) return 'iso';
		for (const { values } of records) {
			const declared = formatName === undefined ? '' : cellText(values, formatName);
			evidence.add(cellText(values, dateName).trim(), namedFormat(declared));
		}
		return evidence.format(needsDateFormat);
	}
}

/** What a CSV file would hold: a list's parts separated by commas, nothing for what is not there. */
function cellText(values: PartnerRecord['values'], name: string): string {
	const value = Object.hasOwn(values, name) ? values[name] : undefined;
	if (typeof value === 'string') return value;
	if (value === undefined || value === null) return '';
	if (Array.isArray(value)) return value.map((each) => String(each ?? '')).join(', ');
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
	const date = value as { toISO?: () => string | null };
	if (typeof date.toISO === 'function') return date.toISO() ?? '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value as number);
}
