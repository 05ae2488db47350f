import { findOwnColumns } from './ownColumns';
import type { OwnColumnPlaces } from './ownColumns';
import { plainName } from './partnerColumns';
import type { RowField } from './partnerColumns';
import { sourceLayouts } from './sourceLayouts';
import type { LayoutKind, SourceColumn, SourceLayout } from './sourceLayouts';

/** What columns are called in the user's own files; an empty name: the file has no such column. */
export type RenamedSourceColumns = ReadonlyMap<RowField, string>;

/** A recognized header: what the columns of a file are, wherever they are. */
export interface SourceHeader {
	readonly kind: LayoutKind;
	readonly layoutName: string;
	/** As in the file. */
	readonly names: readonly string[];
	readonly placeOf: ReadonlyMap<RowField, number>;
	/** Columns that mean nothing to the layout, by place. */
	readonly others: readonly number[];
	/** Names that occur more than once: only the first column of that name is read. */
	readonly doubled: readonly string[];
	/** Undefined unless the file is one of rejected rows, made by this package. */
	readonly own: OwnColumnPlaces | undefined;
}

/**
 * Recognizes a header by the columns it has; undefined where it is of no known kind. Mediarails' own
 * columns are not renamed: what comes back from there is called as it was sent.
 */
export function readSourceHeader(
	names: readonly string[],
	renamed: RenamedSourceColumns = new Map(),
): SourceHeader | undefined {
	const own = findOwnColumns(names);
	for (const layout of sourceLayouts) {
		const given = layout.kind === 'mediarails' ? new Map<RowField, string>() : renamed;
		const { placeOf, missing } = findColumns(names, layout, given, own);
		if (missing.length > 0 || !placeOf.has('siteId')) continue;
		const known = new Set(placeOf.values());
		const others = [...names.keys()].filter((at) => !known.has(at) && !own?.all.has(at));
		const { kind, name: layoutName } = layout;
		return { kind, layoutName, names, placeOf, others, doubled: doubledIn(names), own };
	}
	return undefined;
}

function doubledIn(names: readonly string[]): string[] {
	const plain = names.map(plainName);
	const repeated = names.filter((_, at) => plain[at] !== '' && plain.indexOf(plain[at]) < at);
	return [...new Set(repeated)];
}

/** Which columns of a layout a header has, and which of those it must have it lacks. */
export function findColumns(
	names: readonly string[],
	layout: SourceLayout,
	renamed: RenamedSourceColumns,
	own: OwnColumnPlaces | undefined = undefined,
): { placeOf: Map<RowField, number>; missing: SourceColumn[] } {
	const plain = names.map((name, at) => (own?.all.has(at) ? undefined : plainName(name)));
	const placeOf = new Map<RowField, number>();
	const missing: SourceColumn[] = [];
	for (const column of layout.columns) {
		const given = renamed.get(column.field);
		if (given === '') continue;
		const spellings = given === undefined ? [column.header, ...column.aliases] : [given];
		const place = spellings.map((name) => plain.indexOf(plainName(name))).find((at) => at >= 0);
		if (place !== undefined) placeOf.set(column.field, place);
		else if (column.required) missing.push(column);
	}
	return { placeOf, missing };
}
