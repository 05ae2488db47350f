import { createHash } from 'node:crypto';

import { millisecondsPerDay } from '../date/calendar';
import { readWrittenDate } from '../date/dateForms';
import { parseAmount } from '../money/decimal';
import { readEventText } from './eventText';
import { lineKind } from './lineKind';
import type { LineKind } from './lineKind';
import type { CurrencySource } from './reportRow';

/** The names the Events API and postback macros use. */
export const eventFields = [
	'etransaction_id',
	'advertiser_id',
	'sid',
	'order_id',
	'offer_id',
	'sku_number',
	'sale_amount',
	'quantity',
	'commissions',
	'process_date',
	'transaction_date',
	'transaction_type',
	'product_name',
	'u1',
	'currency',
	'is_event',
	'commissions_list_id',
] as const;

export type EventField = (typeof eventFields)[number];

/**
 * One transaction line as the Events API and the postback tell it; same names as report rows where
 * they mean the same. One order has a line for each article; a correction is a line of its own.
 */
export interface EventLine {
	/**
	 * Stable id of the line: storing it twice under this id is harmless. `etransaction_id`, which is
	 * taken to be the Transaction ID of reports; for a line without one `h:` and a hash of its fields.
	 */
	lineId: string;
	/** `<advertiser id>:<order id>`: lines and corrections of one order share it. */
	orderKey: string | null;
	/** Null where neither an amount nor a quantity says. */
	kind: LineKind | null;
	transactionId: string | null;
	siteId: string | null;
	advertiserId: string | null;
	orderId: string | null;
	offerId: string | null;
	sku: string | null;
	productName: string | null;
	quantity: number | null;
	/** Exact decimals, with as many places as were sent; negative on corrections. */
	saleAmount: string | null;
	/** The base commission, as exact decimals: without tiers, bonuses and later adjustments. */
	commission: string | null;
	currency: string | null;
	currencySource: Extract<CurrencySource, 'event'> | null;
	/** ISO UTC, `2023-05-21T06:58:45.000Z`. */
	transactionDate: string | null;
	/** ISO UTC. */
	processDate: string | null;
	/** `realtime` or `batch`. */
	transactionType: string | null;
	/**
	 * True for an early event, which no commission is paid on; it may be followed by the transaction
	 * itself (false), under another `lineId`.
	 */
	isEvent: boolean | null;
	u1: string | null;
	commissionListId: string | null;
}

export type EventReading = {
	line: EventLine;
	/** A sentence for each field that could not be read, and is null for that; [] when all is well. */
	unreadable: readonly string[];
};

/**
 * Reads the fields of an event, whether they came from the Events API (numbers, dates such as `Wed
 * Apr 15 2020 21:20:27 GMT+0000 (UTC)`) or from a postback (texts, `2023-05-21T06:58:45.000+0000`,
 * the plus perhaps a blank). Missing fields, blank ones, `null` and macros that were not filled in
 * are null. Dates without an offset are GMT, as all of Rakuten's are. Never throws, whatever the
 * values; fields of other names are ignored.
 */
export function readEventLine(fields: Readonly<Record<string, unknown>>): EventReading {
	const unreadable: string[] = [];

	function text(name: string): string | null {
		const reading = readEventText(Object.hasOwn(fields, name) ? fields[name] : undefined);
		if (reading.unreadable) unreadable.push(`${name} ${reading.unreadable}`);
		return reading.text;
	}

	function read<T>(name: EventField, form: Form<T>): T | null {
		const written = text(name);
		if (written === null) return null;
		const value = written.length <= longestForm ? form.read(written) : undefined;
		if (value === undefined) unreadable.push(`${name} ${quote(written)} is not ${form.name}`);
		return value ?? null;
	}

	const transactionId = text('etransaction_id');
	const advertiserId = text('advertiser_id');
	const orderId = text('order_id');
	const saleAmount = read('sale_amount', amount);
	const commission = read('commissions', amount);
	const quantity = read('quantity', count);
	const currency = read('currency', currencyCode);
	const line: EventLine = {
		lineId: transactionId ?? '',
		orderKey: advertiserId === null || orderId === null ? null : `${advertiserId}:${orderId}`,
		kind: kindOf(saleAmount, commission, quantity),
		transactionId,
		siteId: text('sid'),
		advertiserId,
		orderId,
		offerId: text('offer_id'),
		sku: text('sku_number'),
		productName: text('product_name'),
		quantity,
		saleAmount,
		commission,
		currency,
		currencySource: currency === null ? null : 'event',
		transactionDate: read('transaction_date', moment),
		processDate: read('process_date', moment),
		transactionType: text('transaction_type'),
		isEvent: read('is_event', flag),
		u1: text('u1'),
		// Both spellings have been seen.
		commissionListId: text('commissions_list_id') ?? text('commission_list_id'),
	};
	if (transactionId === null) line.lineId = hashOf(line, unreadable);
	return { line, unreadable };
}

/** How the text of a field becomes its value; undefined for a text that is not in this form. */
interface Form<T> {
	/** With its article, to stand after "is not". */
	readonly name: string;
	read(text: string): T | undefined;
}

/** No amount, date, count, flag or currency is longer; hostile texts are not searched. */
const longestForm = 80;

const amount: Form<string> = { name: 'an amount', read: parseAmount };

const count: Form<number> = {
	name: 'a number',
	read: (text) => {
		const digits = parseAmount(text);
		const value = Number(digits);
		return digits !== undefined && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : undefined;
	},
};

const currencyCode: Form<string> = {
	name: 'a currency',
	read: (text) => (/^[a-z]{3}$/i.test(text) ? text.toUpperCase() : undefined),
};

const moment: Form<string> = {
	name: 'a date',
	read: (text) => {
		const date = readWrittenDate(text);
		if (!date) return undefined;
		const minutesEast = date.offset ?? 0;
		const instant = date.day * millisecondsPerDay + (date.time ?? 0) - minutesEast * 60_000;
		return new Date(instant).toISOString();
	},
};

/** `"Y"` and `"N"` as sent; booleans as the API's own description has them. */
const flags = new Map([
	...['y', 'yes', 'true', '1'].map((text) => [text, true] as const),
	...['n', 'no', 'false', '0'].map((text) => [text, false] as const),
]);

const flag: Form<boolean> = { name: 'Y or N', read: (text) => flags.get(text.toLowerCase()) };

/** An amount that did not come says nothing, unlike one of zero. */
function kindOf(
	saleAmount: string | null,
	commission: string | null,
	quantity: number | null,
): LineKind | null {
	const known = saleAmount !== null || commission !== null || (quantity ?? 0) < 0;
	return known ? lineKind(saleAmount, commission ?? undefined, quantity) : null;
}

const quote = (text: string) => `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;

/**
 * From the values as read, so that a repeat has the same id however its values were encoded; what
 * could not be read stands in `unreadable`.
 */
function hashOf(line: EventLine, unreadable: readonly string[]): string {
	const key = JSON.stringify([Object.values(line), unreadable]);
	return `h:${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}
