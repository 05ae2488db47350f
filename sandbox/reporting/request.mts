import type { Selection } from '../account/account.mts';
import { KNOWN_NETWORK_IDS } from '../account/networks.mts';
import { dateText, dayNumber, isZone } from '../account/zones.mts';
import { decoded } from '../host/query.mts';
import { LANGUAGES, type Language } from './languages.mts';

/** What a report is asked with, once every filter is understood. */
export interface ReportRequest {
	language: Language;
	selection: Selection;
	/** Days asked for, both ends included. */
	days: number;
	summary: boolean;
	dateSeparator: '/' | '-';
}

/**
 * Reads the filters of a report, as the facts name them. Parameters nobody knows are passed over.
 * @param today the host's day, `YYYY-MM-DD`, for `date_range`
 * @returns the request, or what is wrong with it
 */
export function readRequest(
	language: string,
	query: ReadonlyArray<readonly [string, string]>,
	today: string,
): ReportRequest | { errors: string[] } {
	const errors: string[] = [];
	const all = (name: string) =>
		query.filter(([key]) => key === name).map(([, raw]) => decoded(raw));
	const one = <T extends string>(name: string, values: readonly T[], byDefault: T): T => {
		const [value = byDefault] = all(name);
		if (values.includes(value as T)) return value as T;
		errors.push(`${name} must be one of: ${values.join(', ')}`);
		return byDefault;
	};

	const zone = all('tz')[0] ?? 'GMT';
	if (!isZone(zone)) errors.push('tz is not a known time zone');
	const networks = all('network').map(Number);
	if (networks.some((id) => !KNOWN_NETWORK_IDS.includes(id))) {
		errors.push('network is not a known network id');
	}
	const known = LANGUAGES.find((code) => code === language);
	if (!known) errors.push('language is not supported');
	const range = readRange(
		one('date_range', ['custom', 'this-month', 'last-7-days', 'last-30-days'], 'custom'),
		all('start_date')[0],
		all('end_date')[0],
		dayNumber(today)!,
	);
	if (typeof range === 'string') errors.push(range);
	const summary = one('include_summary', ['Y', 'N'], 'N') === 'Y';
	const dateType = one('date_type', ['transaction', 'process'], 'transaction');
	const format = one('date_format', ['m/d/yy', 'm-d-yy'], 'm/d/yy');

	if (errors.length > 0 || typeof range === 'string' || !known) return { errors };
	return {
		language: known,
		selection: {
			from: dateText(range.from),
			to: dateText(range.to),
			dateType,
			zone,
			networks: networks.length > 0 ? networks : undefined,
		},
		days: range.to - range.from + 1,
		summary,
		dateSeparator: format === 'm-d-yy' ? '-' : '/',
	};
}

function readRange(
	preset: string,
	start: string | undefined,
	end: string | undefined,
	today: number,
): { from: number; to: number } | string {
	if (preset === 'this-month')
		return { from: dayNumber(`${dateText(today).slice(0, 7)}-01`)!, to: today };
	if (preset === 'last-7-days') return { from: today - 6, to: today };
	if (preset === 'last-30-days') return { from: today - 29, to: today };
	const from = dayNumber(start ?? '');
	const to = dayNumber(end ?? '');
	if (from === undefined) return 'start_date must be a date like YYYY-MM-DD';
	if (to === undefined) return 'end_date must be a date like YYYY-MM-DD';
	return from > to ? 'start_date must not be after end_date' : { from, to };
}
