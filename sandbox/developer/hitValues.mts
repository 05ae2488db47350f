import { MACRO_NAMES, type EventFields } from './eventFields.mts';

/** The values of one record's macros, by name; every one a text, `''` where there is none. */
export type HitValues = ReadonlyMap<string, string>;

/** What a hit says for each field: the same as the Events API, with every value as a text. */
export function hitValuesOf(fields: EventFields): HitValues {
	const names = MACRO_NAMES.filter((name) => fields[name] !== undefined || !isLock(name));
	return new Map(names.map((name) => [name, textOf(name, fields)]));
}

/** Where nothing is told of locks, their macros are not known either, and stay as they are. */
function isLock(name: string): boolean {
	return name === 'lock_status' || name === 'order_auto_lock_date';
}

function textOf(name: keyof EventFields, fields: EventFields): string {
	if (name === 'process_date' || name === 'transaction_date') return hitDate(fields[name]);
	if (name === 'order_auto_lock_date') {
		return fields.order_auto_lock_date === undefined ? '' : hitDate(fields.order_auto_lock_date);
	}
	if (name === 'is_event') return fields.is_event ? 'Y' : 'N';
	return String(fields[name] ?? '');
}

/** As hits have it, unlike the Events API: `2023-05-21T06:58:45.000+0000`. */
function hitDate(instant: number): string {
	return new Date(instant * 1000).toISOString().replace('Z', '+0000');
}
