import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { ownParameters } from '../../rakuten/postback/ownUrl';
import { eventFields } from '../../rakuten/line/eventLine';
import { passedOnHeader } from '../../services/passOn';
import { flatValue, requestParts } from './requestParts';

/** A postback, taken apart. Its values are as they came: of any type. */
export interface Hit {
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
	const { query, body } = requestParts(context);
	const fields: Record<string, unknown> = {};
	for (const name of fieldNames) {
		const source = Object.hasOwn(body, name) ? body : query;
		if (Object.hasOwn(source, name)) fields[name] = source[name];
	}
	return {
		sample: Object.hasOwn(query, 'sample') ? query.sample : undefined,
		fields,
		wasPassedOn: context.getHeaderData()[passedOnHeader] !== undefined,
	};
}

/**
 * All values that came, under their own names, without what is ours alone. A relay may send our
 * whole URL along, so the key is removed from every value and name.
 */
export function rawValues(context: IWebhookFunctions, key: string | undefined): IDataObject {
	const { query, body } = requestParts(context);
	const shown = (text: string) => (key === undefined ? text : text.replaceAll(key, '***'));
	const raw: IDataObject = {};
	for (const source of [query, body]) {
		for (const [name, value] of Object.entries(source)) {
			if (!hidden.has(name)) raw[shown(name)] = flatValue(value, shown);
		}
	}
	return raw;
}

/** Our own parameters, and a name that would change an object instead of adding to it. */
const hidden: ReadonlySet<string> = new Set([...ownParameters, 'sample', '__proto__']);
