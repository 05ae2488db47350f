import { createHash } from 'node:crypto';

import { millisecondsPerDay } from '../date/calendar';
import { readWrittenDate } from '../date/dateForms';
import { parseAmount } from '../money/decimal';
import { readEventText } from './eventText';
import type { EventText } from './eventText';
import { lineKind } from './lineKind';
import type { LineKind } from './lineKind';
import type { CurrencySource } from './reportRow';

/**
 * The names that the Events API and postback macros use, in the order of our postback URLs: what
 * identifies and values a line first, texts that anybody can choose last. If a `#` in one of them
 * cuts the URL off, only what follows is lost.
 */
export const eventFields = [
	'etransaction_id',
	'is_event',
	'advertiser_id',
	'sid',
	'sale_amount',
	'commissions',
	'currency',
	'quantity',
	'process_date',
	'transaction_date',
	'transaction_type',
	'offer_id',
	'commissions_list_id',
	'lock_status',
	'order_auto_lock_date',
	'order_id',
	'u1',
	'sku_number',
	'product_name',
] as const;

/** Other spellings of fields that have been seen, by their usual names. */
export const otherSpellings: Readonly<Partial<Record<EventField, string>>> = {
	commissions_list_id: 'commission_list_id',
	offer_id: 'offer',
};

export type EventField = (typeof eventFields)[number];

/**
 * One transaction line from the Events API or a postback; it has the same names as report rows if
 * they mean the same. An order has one line for each product; a correction is a separate line.
 */
export interface EventLine {
	/**
	 * Stable ID of the line: storing it twice by this ID is harmless. It is `etransaction_id`,
	 * which is assumed to be the Transaction ID of reports; for a line without one, it is `h:` and
	 * a hash of its fields.
	 */
	lineId: string;
	/** `<advertiser id>:<order id>`: the same for all lines and corrections of one order. */
	orderKey: string | null;
	/** Null if neither an amount nor a quantity shows it. */
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
	 * True for an early event, on which no commission is paid; the transaction itself (false) may
	 * follow with a different `lineId`.
	 */
	isEvent: boolean | null;
	u1: string | null;
	commissionListId: string | null;
	/** Rakuten's word for whether the line can still change: the only sign that it is final. */
	lockStatus: string | null;
	/** ISO UTC: when the order is locked unless somebody does so earlier. */
	orderAutoLockDate: string | null;
}

export type EventReading = {
	line: EventLine;
	/** A sentence for each field that could not be read and is therefore null; [] if all could. */
	unreadable: readonly string[];
};

/**
 * Reads the fields of an event from the Events API (numbers, dates such as `Wed Apr 15 2020
 * 21:20:27 GMT+0000 (UTC)`) or from a postback (texts, `2023-05-21T06:58:45.000+0000`, the plus
 * perhaps a space). Missing or blank fields, `null` and macros that were not filled in are null.
 * Dates without an offset are GMT, as all of Rakuten's are. Never throws, whatever the values;
 * other fields are ignored.
 */
export function readEventLine(fields: Readonly<Record<string, unknown>>): EventReading {
	const unreadable: string[] = [];

	function text(name: EventField): string | null {
		const reading = readingOf(fields, name);
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
		commissionListId: text('commissions_list_id'),
		lockStatus: text('lock_status'),
		orderAutoLockDate: read('order_auto_lock_date', moment),
	};
	if (transactionId === null) line.lineId = hashOf(line, unreadable);
	return { line, unreadable };
}

/** What a field says under its usual name, or, where that is nothing, under its other spelling. */
function readingOf(fields: Readonly<Record<string, unknown>>, name: EventField): EventText {
	const own = readEventText(Object.hasOwn(fields, name) ? fields[name] : undefined);
	const other = otherSpellings[name];
	const isNothing = own.text === null && own.unreadable === undefined;
	return isNothing && other !== undefined && Object.hasOwn(fields, other)
		? readEventText(fields[other])
		: own;
}

/** How a field's text becomes its value; undefined for a text that does not have this form. */
interface Form<T> {
	/** With its article, to follow "is not". */
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

/** `"Y"` and `"N"` as sent; booleans as in the API's own description. */
const flags = new Map([
	...['y', 'yes', 'true', '1'].map((text) => [text, true] as const),
	...['n', 'no', 'false', '0'].map((text) => [text, false] as const),
]);

const flag: Form<boolean> = { name: 'Y or N', read: (text) => flags.get(text.toLowerCase()) };

/** A missing amount says nothing, unlike an amount of zero. */
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
 * From the values as read, so that a repeat has the same ID however its values were encoded; values
 * that could not be read are in `unreadable`. Without what may change while a line stays the same.
 */
function hashOf(line: EventLine, unreadable: readonly string[]): string {
	const lasting = Object.entries(line)
		.filter(([name]) => name !== 'lockStatus' && name !== 'orderAutoLockDate')
		.map(([, value]) => value as unknown);
	const key = JSON.stringify([lasting, unreadable]);
	return `h:${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}
