import type { FindingKind } from './findings';
import type { OutputDateFormat } from './joinDate';
import type { RowField } from './partnerColumns';

/** What the user wants of a conversion. */
export interface ConversionSettings {
	/** Of rows that name none themselves; may be empty only where they do. */
	readonly brand: string;
	readonly network: string;
	/** What sends a row to the rejected ones. */
	readonly rejects: ReadonlySet<FindingKind>;
	readonly outputDates: OutputDateFormat;
	/** Other names for the columns of the import. */
	readonly renamed: ReadonlyMap<RowField, string>;
	/** Columns with the same value in every row that has none of its own. */
	readonly fixedColumns: ReadonlyArray<{ name: string; value: string }>;
	/** Other columns of the source to pass on. */
	readonly fileColumns: ReadonlyArray<{ header: string; name: string }>;
	/** Whether cells like formulas get an apostrophe in the import, and in the file of rejected rows. */
	readonly harmlessReady: boolean;
	readonly harmlessRejected: boolean;
	/** Days since 1970-01-01: later join dates are unlikely. */
	readonly today: number;
	/** How many rows with warnings, and publishers in one export only, are listed. */
	readonly listedRows: number;
}
