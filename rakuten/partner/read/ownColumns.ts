import { plainName } from './partnerColumns';

/** The columns that a file of rejected rows has before the row's own values. */
export const ownColumns = {
	reason: 'Failure Reason',
	file: 'Source File',
	line: 'Line Number',
	dateFormat: 'Join Date Format',
} as const;

/** Where a file that was made by this package, and perhaps corrected since, has these columns. */
export interface OwnColumnPlaces {
	readonly all: ReadonlySet<number>;
	/** The column that says how the row's join date is written. */
	readonly dateFormat: number | undefined;
}

/**
 * Finds them. Undefined for any other file: a reason without a line number, for example, is a
 * column of Mediarails' own report, which is carried through.
 */
export function findOwnColumns(header: readonly string[]): OwnColumnPlaces | undefined {
	const plain = header.map(plainName);
	const placeOf = (name: string) => plain.indexOf(plainName(name));
	if (placeOf(ownColumns.reason) < 0 || placeOf(ownColumns.line) < 0) return undefined;
	const places = Object.values(ownColumns).map(placeOf);
	const dateFormat = placeOf(ownColumns.dateFormat);
	return {
		all: new Set(places.filter((place) => place >= 0)),
		dateFormat: dateFormat < 0 ? undefined : dateFormat,
	};
}
