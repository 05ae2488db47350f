import { RakutenProblem } from '../../problem';
import type { ConversionSettings } from '../read/conversionSettings';
import { nearestName } from '../read/nearestName';
import { mediarailsColumns, plainName } from '../read/partnerColumns';
import type { RowField } from '../read/partnerColumns';
import type { PartnerSource } from '../read/partnerSource';
import { slotFields, slotOf } from '../read/rowSlots';
import type { SourceHeader } from '../read/sourceHeader';

/** A column of the import: the first of its slots that has a value, or its constant. */
interface ImportColumn {
	readonly name: string;
	readonly slots: number[];
	constant: string;
}

/**
 * The columns of the import file: those of Mediarails that any source can fill, Network and Brand,
 * the other columns of a file that came back from Mediarails, and what the user added. A column
 * that is named twice is one, and a row's own value comes before a fixed one.
 */
export class ImportColumns {
	private readonly columns: ImportColumn[] = [];
	/** Keys of the columns in the slots after those of slotFields; see keysOf. */
	private readonly passedOn: string[] = [];
	/** By source: in which cell the value of each slot is; -1 for none. */
	private readonly places: ReadonlyArray<readonly number[]>;

	constructor(sources: readonly PartnerSource[], settings: ConversionSettings) {
		for (const { field, name } of mediarailsColumns) {
			const isAlways = field === 'network' || field === 'brand';
			if (!isAlways && !sources.some(({ header }) => header.placeOf.has(field))) continue;
			const column = this.column(settings.renamed.get(field) || name);
			column.slots.push(slotOf[field]);
		}
		for (const { header } of sources) {
			if (header.kind !== 'mediarails') continue;
			const keys = keysOf(header);
			for (const at of header.others) this.carry(keys[at]!, header.names[at]);
		}
		for (const { header, name } of settings.fileColumns) {
			requireColumn(header, sources);
			this.column(name || header).slots.push(this.slot(firstKey(header)));
		}
		for (const { name, value } of settings.fixedColumns) this.column(name).constant = value;
		this.fill(settings, 'network', settings.network);
		this.fill(settings, 'brand', settings.brand);
		this.places = sources.map((source) => this.placesIn(source));
	}

	get names(): string[] {
		return this.columns.map(({ name }) => name);
	}

	/** In which cell of a source the value of each slot is; -1 for none. */
	placesOf(source: number): readonly number[] {
		return this.places[source];
	}

	/** The row as the import has it. */
	valuesOf(slots: readonly string[], writtenDate: string): string[] {
		return this.columns.map((column) => {
			for (const slot of column.slots) {
				const value = slot === slotOf.joinDate ? writtenDate : slots[slot];
				if (value !== '') return value;
			}
			return column.constant;
		});
	}

	private column(name: string): ImportColumn {
		const plain = plainName(name) || name;
		const known = this.columns.find((each) => (plainName(each.name) || each.name) === plain);
		if (known) return known;
		const column = { name, slots: [], constant: '' };
		this.columns.push(column);
		return column;
	}

	/** A column that came with a file from Mediarails stays a column of its own, whatever its name. */
	private carry(key: string, name: string): void {
		if (this.passedOn.includes(key)) return;
		this.columns.push({ name, slots: [this.slot(key)], constant: '' });
	}

	private slot(key: string): number {
		let at = this.passedOn.indexOf(key);
		if (at < 0) at = this.passedOn.push(key) - 1;
		return slotFields.length + at;
	}

	/** Network and Brand are constants too, unless the user fixed such a column to another value. */
	private fill(settings: ConversionSettings, field: RowField, value: string): void {
		const column = this.columns.find(({ slots }) => slots.includes(slotOf[field]))!;
		if (!settings.fixedColumns.some(({ name }) => this.column(name) === column)) {
			column.constant = value;
		}
	}

	private placesIn({ header }: PartnerSource): number[] {
		const fields = slotFields.map((field) => header.placeOf.get(field) ?? -1);
		const keys = keysOf(header);
		return [...fields, ...this.passedOn.map((key) => keys.indexOf(key))];
	}
}

const firstKey = (header: string) => `1 ${plainName(header) || header}`;

/** Keys for the columns of a source: their plain names, numbered where they repeat. */
function keysOf({ names, own }: SourceHeader): Array<string | undefined> {
	const met = new Map<string, number>();
	return names.map((name, at) => {
		if (own?.all.has(at)) return undefined;
		const plain = plainName(name) || name;
		const number = (met.get(plain) ?? 0) + 1;
		met.set(plain, number);
		return `${number} ${plain}`;
	});
}

function requireColumn(header: string, sources: readonly PartnerSource[]): void {
	const names = sources.flatMap((source) => source.header.names);
	if (names.some((name) => plainName(name) === plainName(header))) return;
	const nearest = nearestName(header, names);
	throw new RakutenProblem(
		'unknownFileColumn',
		`'Add Columns From the File' names a column that the file does not have: ${header || '(empty)'}`,
		`${nearest === undefined ? '' : `The nearest is "${nearest}". `}The file has: ${names.slice(0, 40).join(', ')}.`,
	);
}
