import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

/** Values of a request by name, as they came: of any type. */
export type RequestValues = Readonly<Record<string, unknown>>;

/**
 * The values in a request's query and in its body, which may be JSON, a form or a multipart form.
 * Anything but named values counts as empty.
 */
export function requestParts(context: IWebhookFunctions): {
	query: RequestValues;
	body: RequestValues;
} {
	const { query, body, headers } = context.getRequestObject();
	const isMultipart = /^multipart\/form-data\b/i.test(String(headers['content-type'] ?? ''));
	// n8n puts the fields of a multipart form beside its files.
	const sent: unknown = isMultipart ? (body as { data?: unknown } | undefined)?.data : body;
	return { query: valuesOf(query), body: valuesOf(sent) };
}

const valuesOf = (source: unknown): RequestValues =>
	typeof source === 'object' &&
	source !== null &&
	!Array.isArray(source) &&
	!Buffer.isBuffer(source)
		? (source as RequestValues)
		: {};

type Shown = (text: string) => string;

const mostRepeats = 100;

/**
 * A value of a request for an item. Nested values are only named: their depth has no bound, and n8n
 * follows it to the end when it saves the execution.
 *
 * @param shown what is shown of each text, such as without a secret
 */
export function flatValue(value: unknown, shown: Shown): IDataObject[string] {
	if (Array.isArray(value)) return value.slice(0, mostRepeats).map((each) => plain(each, shown));
	return plain(value, shown);
}

function plain(value: unknown, shown: Shown): string | number | boolean | null {
	if (typeof value === 'string') return shown(value);
	if (typeof value === 'boolean') return value;
	// JSON knows no other numbers, and no minus zero.
	if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : String(value);
	return value === null || value === undefined ? null : '[nested value]';
}
