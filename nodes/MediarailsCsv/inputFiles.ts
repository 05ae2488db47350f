import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

/** A file of an item, with the name of its field. */
export interface InputFile {
	readonly field: string;
	readonly binary: IBinaryData;
}

/** Fields within fields are looked into so far: n8n can keep files among an item's other values. */
const deepest = 3;

/** The files of an item: those in the named fields, or all where no field is named. */
export function filesOf(item: INodeExecutionData, fields: readonly string[]): InputFile[] {
	if (fields.length === 0) {
		const files = Object.entries(item.binary ?? {}).map(([field, binary]) => ({ field, binary }));
		return [...files, ...filesWithin(item.json, '', deepest)];
	}
	return fields.flatMap((field) => {
		const value = item.binary?.[field] ?? valueAt(item.json, field);
		const listed = Array.isArray(value) ? (value as unknown[]) : [value];
		return listed.filter(isFile).map((binary) => ({ field, binary }));
	});
}

/** The names in the field 'Input Binary Field'. */
export const readFieldNames = (text: string): string[] =>
	text
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');

function filesWithin(value: unknown, path: string, depth: number): InputFile[] {
	if (typeof value !== 'object' || value === null || depth === 0) return [];
	return Object.entries(value).flatMap(([name, inner]) => {
		const field = path === '' ? name : `${path}.${name}`;
		return isFile(inner) ? [{ field, binary: inner }] : filesWithin(inner, field, depth - 1);
	});
}

function valueAt(json: IDataObject, path: string): unknown {
	if (Object.hasOwn(json, path)) return json[path];
	let value: unknown = json;
	for (const name of path.split('.')) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
			return undefined;
		value = (value as IDataObject)[name];
	}
	return value;
}

/** A form also lists a file by name and size; only what has content is a file. */
function isFile(value: unknown): value is IBinaryData {
	if (typeof value !== 'object' || value === null || !('mimeType' in value)) return false;
	const { id, data } = value as { id?: unknown; data?: unknown };
	return typeof id === 'string' || typeof data === 'string';
}
