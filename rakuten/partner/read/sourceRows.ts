import type { ConversionSettings } from './conversionSettings';
import { partnerRowReader } from './partnerRowReader';
import type { PartnerRow } from './partnerRowReader';
import type { PartnerSource, SourceEnd } from './partnerSource';

/** Where a row is: the number of its source, and the line. */
export interface RowOrigin {
	readonly source: number;
	readonly line: number;
}

/** Reads the rows of one of several sources, from its beginning each time; the cells are lent. */
export interface ReadRowsOf {
	(
		source: number,
		onRow: (row: PartnerRow, origin: RowOrigin, cells: readonly string[]) => void,
	): AsyncGenerator<void, SourceEnd>;
}

/** @param placesOf in which cell of a source the value of each slot is; -1 for none */
export function sourceRows(
	sources: readonly PartnerSource[],
	placesOf: (source: number) => readonly number[],
	settings: ConversionSettings,
): ReadRowsOf {
	const readers = sources.map((source, at) => partnerRowReader(source, placesOf(at), settings));
	return (source, onRow) => {
		const read = readers[source];
		return sources[source].read((cells, line, strayQuote) =>
			onRow(read(cells, strayQuote), { source, line }, cells),
		);
	};
}
