import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { ownParameters } from '../../rakuten/postback/ownUrl';
import { eventFields } from '../../rakuten/line/eventLine';
import { passedOnHeader } from '../../services/passOn';

/** A request to the trigger's URL, taken apart. Its values are as they came: of any type. */
export interface Hit {
	/** The key that came along. */
	readonly key: unknown;
	/** The sample that was asked for. */
	readonly sample: unknown;
	/** The fields of a transaction that came, by their names. */
	readonly fields: Readonly<Record<string, unknown>>;
	/** Whether another n8n has passed it on to us. */
	readonly wasPassedOn: boolean;
}

const fieldNames = [...eventFields, 'commission_list_id'];

/** Takes a request apart: GET with a query, or POST with JSON or a form, and perhaps a query. */
export function readHit(context: IWebhookFunctions): Hit {
	const { query, body } = partsOf(context);
	const fields: Record<string, unknown> = {};
	for (const name of fieldNames) {
		const source = Object.hasOwn(body, name) ? body : query;
		if (Object.hasOwn(source, name)) fields[name] = source[name];
	}
	return {
		key: ownValue(query, 'key'),
		sample: ownValue(query, 'sample'),
		fields,
		wasPassedOn: context.getHeaderData()[passedOnHeader] !== undefined,
	};
}

/**
 * All values that came, under their own names, without what is ours alone. A relay may send our
 * whole URL along, so that the key is taken out of any of them.
 */
export function rawValues(context: IWebhookFunctions, key: string | undefined): IDataObject {
	const { query, body } = partsOf(context);
	const shown = (text: string) => (key === undefined ? text : text.replaceAll(key, '***'));
	const raw: IDataObject = {};
	for (const source of [query, body]) {
		for (const [name, value] of Object.entries(source)) {
			if (!hidden.has(name)) raw[shown(name)] = flat(value, shown);
		}
	}
	return raw;
}

/** Our own parameters, and a name that would change an object instead of adding to it. */
const hidden: ReadonlySet<string> = new Set([...ownParameters, 'sample', '__proto__']);

type Values = Readonly<Record<string, unknown>>;

function partsOf(context: IWebhookFunctions): { query: Values; body: Values } {
	const { query, body, headers } = context.getRequestObject();
	const isMultipart = /^multipart\/form-data\b/i.test(String(headers['content-type'] ?? ''));
	// n8n puts the fields of a multipart form beside its files.
	const sent: unknown = isMultipart ? (body as { data?: unknown } | undefined)?.data : body;
	return { query: valuesOf(query), body: valuesOf(sent) };
}

const valuesOf = (source: unknown): Values =>
	typeof source === 'object' &&
	source !== null &&
	!Array.isArray(source) &&
	!Buffer.isBuffer(source)
		? (source as Values)
		: {};

const ownValue = (source: Values, name: string) =>
	Object.hasOwn(source, name) ? source[name] : undefined;

/** Nested values are named only: their depth has no bound, and saving an execution goes into it. */
function flat(value: unknown, shown: Shown): IDataObject[string] {
	if (Array.isArray(value)) return value.slice(0, mostRepeats).map((each) => plain(each, shown));
	return plain(value, shown);
}

type Shown = (text: string) => string;

const mostRepeats = 100;

function plain(value: unknown, shown: Shown): string | number | boolean | null {
	if (typeof value === 'string') return shown(value);
	if (typeof value === 'boolean') return value;
	// JSON knows no other numbers, and no minus zero.
	if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : String(value);
	return value === null || value === undefined ? null : '[nested value]';
}
