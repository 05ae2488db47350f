import type { ReportColumn } from './columnNames';

/** A cell after reading: text and exact amounts are strings, counts are numbers, blank is null. */
export type Cell = string | number | null;

/** Texts that stand for "no value" in reports (observed in public connectors). */
export function isBlank(text: string): boolean {
	if (text === '') return true;
	const first = text.charCodeAt(0);
	// Only n, N, < and white space can begin one: spares nearly every cell the rest.
	if (first !== 0x6e && first !== 0x4e && first !== 0x3c && first > 0x20 && first < 0x80)
		return false;
	return /^\s*(null|<none>)?\s*$/i.test(text);
}

/** Position of the column with this normalized name in the report, or -1. */
export const positionOf = (columns: readonly ReportColumn[], name: string) =>
	columns.findIndex((column) => column.known?.name === name);
