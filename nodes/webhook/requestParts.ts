import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { eventFields, otherSpellings } from '../../rakuten/line/eventLine';

/** Values of a request by name, as they came: of any type. */
export type RequestValues = Readonly<Record<string, unknown>>;

/** A request, taken apart. */
interface RequestParts {
	readonly query: RequestValues;
	readonly body: RequestValues;
	/** The number of entries of the body; 0 where it has no named values. */
	readonly transactions: number;
	/** A body without named values. */
	readonly rest: unknown;
}

/**
 * The values in a request's query and in its body, which may be JSON, a form or a multipart form.
 * A list of one entry is that entry, also under `data`, and so is JSON that came as plain text. Of
 * several entries none is read; anything but named values counts as empty.
 */
export function requestParts(context: IWebhookFunctions): RequestParts {
	const { query, body: whole, headers } = context.getRequestObject();
	const isMultipart = /^multipart\/form-data\b/i.test(String(headers['content-type'] ?? ''));
	// n8n puts the fields of a multipart form beside its files.
	const sent: unknown = isMultipart ? (whole as { data?: unknown } | undefined)?.data : whole;
	const entries = entriesIn(parsed(sent));
	const [entry] = entries.length === 1 ? entries : [{}];
	const hasValues = Object.keys(entry).length > 0;
	const isNothing = sent === undefined || sent === null || sent === '' || isEmptyObject(sent);
	return {
		query: valuesOf(query),
		body: entry,
		transactions: entries.length,
		rest: hasValues || isNothing ? undefined : sent,
	};
}

const isEmptyObject = (sent: unknown) =>
	typeof sent === 'object' && sent !== null && Object.keys(sent).length === 0;

/** A single postback is never longer. */
const longestText = 1_000_000;

/** JSON that came under another content type. */
function parsed(sent: unknown): unknown {
	const text = Buffer.isBuffer(sent) ? sent.toString('utf8') : sent;
	if (typeof text !== 'string' || text.length > longestText) return sent;
	if (!/^[\uFEFF\s]{0,100}[[{]/.test(text)) return sent;
	try {
		return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
	} catch {
		return sent;
	}
}

/** How deep an entry may be wrapped. */
const deepestEnvelope = 3;

/**
 * The records in a list, or in the one list or record of an envelope: something without fields of
 * its own. The value itself where it is a record of another kind.
 */
function entriesIn(sent: unknown, depth = 0): RequestValues[] {
	if (Array.isArray(sent)) {
		return sent.length === 1 && depth < deepestEnvelope
			? entriesIn(sent[0], depth + 1)
			: sent.map(valuesOf).filter(isFilled);
	}
	const values = valuesOf(sent);
	if (!isFilled(values)) return [];
	const isEnvelope = !Object.keys(values).some((name) => transactionFields.has(name.trim()));
	const inner = isEnvelope && depth < deepestEnvelope ? Object.values(values).filter(isNested) : [];
	if (inner.length !== 1) return [values];
	const entries = entriesIn(inner[0], depth + 1);
	return entries.length > 0 ? entries : [values];
}

const transactionFields: ReadonlySet<string> = new Set([
	...eventFields,
	...Object.values(otherSpellings),
]);

const isFilled = (values: RequestValues) => Object.keys(values).length > 0;

const isNested = (value: unknown) =>
	Array.isArray(value) ? value.some((each) => isFilled(valuesOf(each))) : isFilled(valuesOf(value));

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
 * @param isWhole nested values as JSON, which is a text however deep they are
 */
export function flatValue(value: unknown, shown: Shown, isWhole = false): IDataObject[string] {
	if (Array.isArray(value)) {
		return value.slice(0, mostRepeats).map((each) => plain(each, shown, isWhole));
	}
	return plain(value, shown, isWhole);
}

/** The most characters of a nested value or body that are kept. */
const longestNested = 20_000;

/** A nested value as JSON, or a text as it is; cut off where it is long. */
export function nestedText(value: unknown): string {
	const text = Buffer.isBuffer(value) ? value.toString('utf8') : value;
	if (typeof text === 'string') return bounded(text);
	try {
		return bounded(JSON.stringify(text) ?? '');
	} catch {
		// Too deep.
		return '[nested value]';
	}
}

const bounded = (text: string) =>
	text.length > longestNested ? `${text.slice(0, longestNested)}…` : text;

function plain(value: unknown, shown: Shown, isWhole: boolean): string | number | boolean | null {
	if (typeof value === 'string') return shown(value);
	if (typeof value === 'boolean') return value;
	// JSON knows no other numbers, and no minus zero.
	if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : String(value);
	if (value === null || value === undefined) return null;
	return isWhole ? shown(nestedText(value)) : '[nested value]';
}
