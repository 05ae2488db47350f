import type { ReportColumn } from './columnNames';

/** A cell after reading: text and exact amounts are strings, counts are numbers, blank is null. */
export type Cell = string | number | null;

/** Position of the column with this normalized name in the report, or -1. */
export const positionOf = (columns: readonly ReportColumn[], name: string) =>
	columns.findIndex((column) => column.known?.name === name);
