import { MACRO_NAMES, type EventFields } from './eventFields.mts';

/** The values of one record's macros, by name; every one a text, `''` where there is none. */
export type HitValues = ReadonlyMap<string, string>;

/** What a hit says for each field: the same as the Events API, with every value as a text. */
export function hitValuesOf(fields: EventFields): HitValues {
	return new Map(MACRO_NAMES.map((name) => [name, textOf(name, fields)]));
}

function textOf(name: keyof EventFields, fields: EventFields): string {
	if (name === 'process_date' || name === 'transaction_date') return hitDate(fields[name]);
	if (name === 'is_event') return fields.is_event ? 'Y' : 'N';
	return String(fields[name] ?? '');
}

/** As hits have it, unlike the Events API: `2023-05-21T06:58:45.000+0000`. */
function hitDate(instant: number): string {
	return new Date(instant * 1000).toISOString().replace('Z', '+0000');
}
