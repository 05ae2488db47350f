import { mediarailsColumns } from './partnerColumns';
import type { RowField } from './partnerColumns';

/**
 * The layout of a row in memory. Its values are held in slots: first one for each of these fields,
 * then one for each other column of the source that is passed on.
 */
export const slotFields: readonly RowField[] = mediarailsColumns.map(({ field }) => field);

export const slotOf = Object.fromEntries(slotFields.map((field, slot) => [field, slot])) as Record<
	RowField,
	number
>;
