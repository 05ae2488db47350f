import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { blankOffset } from '../../rakuten/postback/fillUrl';
import { ownParameters } from '../../rakuten/postback/ownUrl';
import { eventFields, otherSpellings } from '../../rakuten/line/eventLine';
import { passedOnHeader } from '../../services/passOn';
import { flatValue, nestedText, requestParts } from './requestParts';
import type { RequestValues } from './requestParts';

/** A postback, taken apart. Its values are as they came: of any type. */
export interface Hit {
	/** The sample that was asked for. */
	readonly sample: unknown;
	/** The fields of a transaction that came, by their names. */
	readonly fields: Readonly<Record<string, unknown>>;
	/** How many transactions the body holds; only one is read. */
	readonly transactions: number;
	/** Whether its fields came in the URL alone, as Rakuten sends them. */
	readonly isByUrl: boolean;
	/** Whether another n8n has passed it on to us. */
	readonly wasPassedOn: boolean;
}

const fieldNames = [...eventFields, ...Object.values(otherSpellings)];

/** Takes a request apart: GET with a query, or POST with JSON or a form, and perhaps a query. */
export function readHit(context: IWebhookFunctions): Hit {
	const { query, body, transactions } = requestParts(context);
	const [inQuery, inBody] = [fieldsIn(query), fieldsIn(body)];
	return {
		sample: Object.hasOwn(query, 'sample') ? query.sample : undefined,
		fields: withPluses({ ...inQuery, ...inBody }),
		transactions,
		isByUrl: Object.keys(inBody).length === 0,
		wasPassedOn: context.getHeaderData()[passedOnHeader] !== undefined,
	};
}

/** A name may have blanks around it: Rakuten's own example of a URL has one before a parameter. */
function fieldsIn(values: RequestValues): Record<string, unknown> {
	const trimmed = new Map<string, unknown>();
	for (const [name, value] of Object.entries(values)) {
		const plain = name.trim();
		if (plain === name || !trimmed.has(plain)) trimmed.set(plain, value);
	}
	return Object.fromEntries(
		fieldNames.filter((name) => trimmed.has(name)).map((name) => [name, trimmed.get(name)]),
	);
}

/** Dates show whether pluses of this hit have become blanks. */
const dateFields = ['process_date', 'transaction_date', 'order_auto_lock_date'] as const;

/** What is written without blanks, by those who choose it or by Rakuten. */
const unspacedFields = ['etransaction_id', 'order_id', 'u1', 'sku_number'] as const;

/**
 * A sender that does not encode its values makes a blank of each plus. Where a date of the hit has
 * lost the plus of its offset, the blanks of its IDs were pluses too.
 */
function withPluses(fields: Record<string, unknown>): Record<string, unknown> {
	const isUnencoded = dateFields.some((name) => {
		const value = fields[name];
		return typeof value === 'string' && blankOffset.test(value.trim());
	});
	if (!isUnencoded) return fields;
	const restored = { ...fields };
	for (const name of unspacedFields) {
		const value = restored[name];
		if (typeof value === 'string') restored[name] = value.replaceAll(' ', '+');
	}
	return restored;
}

/**
 * All values that came, under their own names, without what is ours alone. A relay may send our
 * whole URL along, so the key is removed from every value and name.
 *
 * @param isWhole nested values too, as JSON; otherwise they are only named
 */
export function rawValues(
	context: IWebhookFunctions,
	key: string | undefined,
	isWhole = false,
): IDataObject {
	const { query, body, rest } = requestParts(context);
	const shown = (text: string) => (key === undefined ? text : text.replaceAll(key, '***'));
	const raw: IDataObject = {};
	for (const source of [query, body]) {
		for (const [name, value] of Object.entries(source)) {
			if (!hidden.has(name)) raw[shown(name)] = flatValue(value, shown, isWhole);
		}
	}
	if (isWhole && rest !== undefined) raw.body = shown(nestedText(rest));
	return raw;
}

/** Our own parameters, and a name that would change an object instead of adding to it. */
const hidden: ReadonlySet<string> = new Set([...ownParameters, 'sample', '__proto__']);
