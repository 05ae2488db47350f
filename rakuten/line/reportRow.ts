import type { LineKind } from './lineKind';

/**
 * Where a currency came from: the report's own column, the user's setting by network, or an event.
 */
export type CurrencySource = 'report' | 'setting' | 'event';

/**
 * One row of a report as this package returns it. Money is an exact decimal string, counts are
 * numbers, instants are ISO 8601 in the zone the report was requested in, a date without a time
 * column is `YYYY-MM-DD`. Columns of the report that are not listed here follow under their own
 * names.
 */
export interface ReportRow {
	/** Stable ID of the line: storing it twice by this ID is harmless. Null for aggregates. */
	lineId: string | null;
	/** `<advertiser id>:<order id>`: the same for all lines and corrections of one order. */
	orderKey: string | null;
	kind: LineKind | null;
	/** For rows without a line ID: the day whose stored rows these replace. */
	replaceByDate?: string | null;
	currency: string | null;
	currencySource: CurrencySource | null;
	network: string | null;
	networkId: number | string | null;
	country: string | null;
	siteId?: string;
	siteName?: string;
	[column: string]: string | number | null | undefined;
}

/** A row that could not be read: nothing is dropped silently. */
export interface RejectedRow {
	/** 1-based physical line in Rakuten's answer on which the row starts. */
	line: number;
	/** What is wrong with it, in a sentence. */
	reason: string;
	/**
	 * The row's values by header; values beyond the header's length are named `extra 1` and so on.
	 */
	values: Record<string, string>;
}
