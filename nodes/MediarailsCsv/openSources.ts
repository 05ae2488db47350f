import type { IExecuteFunctions } from 'n8n-workflow';

import { CsvSource } from '../../rakuten/partner/read/CsvSource';
import { emptyFile } from '../../rakuten/partner/read/foreignFile';
import type { PartnerSource } from '../../rakuten/partner/read/partnerSource';
import { recordSources } from '../../rakuten/partner/read/recordSources';
import { RakutenProblem } from '../../rakuten/problem';
import type { BinaryStore } from '../kit/BinaryStore';
import { itemFields } from '../kit/fields/readFields';
import { binaryField } from './convert.fields';
import { filesOf, readFieldNames } from './inputFiles';
import type { InputFile } from './inputFiles';
import type { MediarailsPlan } from './mediarailsPlan';

/** A source, and the input item it came with; undefined where each of its rows is an item. */
export interface OpenedSource {
	readonly source: PartnerSource;
	readonly item: number | undefined;
}

export interface OpenedInput {
	readonly sources: readonly OpenedSource[];
	/** What was skipped, in sentences. */
	readonly notes: readonly string[];
}

/**
 * The publishers of some items: each file is a source; where no item has one, the items are rows.
 * Throws a RakutenProblem where there are none, or a source is not what it should be.
 */
export async function openSources(
	context: IExecuteFunctions,
	items: readonly number[],
	plan: MediarailsPlan,
	store: BinaryStore,
): Promise<OpenedInput> {
	const input = context.getInputData();
	const fields = readFieldNames(itemFields(context, items[0])(binaryField));
	const files: Array<InputFile & { item: number }> = [];
	const rows: number[] = [];
	for (const item of items) {
		const found = filesOf(input[item], fields);
		for (const file of found) files.push({ ...file, item });
		if (found.length === 0) rows.push(item);
	}
	if (files.length === 0 && fields.length > 0) throw noFile(fields);
	if (files.length === 0) {
		const records = rows.map((item) => ({ values: input[item].json, line: item + 1 }));
		const sources = recordSources('The input', records, plan.reading);
		return { sources: sources.map((source) => ({ source, item: undefined })), notes: [] };
	}
	// A form sends a file without content for a field that was left empty.
	const full = files.filter(({ binary }) => binary.bytes !== 0);
	if (full.length === 0) throw emptyFile(`"${files[0].field}"`);
	const opened: OpenedSource[] = [];
	const notes: string[] = [];
	for (const { binary, field, item } of full) {
		const name = `"${binary.fileName || field}"`;
		const source = await CsvSource.survey(name, () => store.read(binary), plan.reading);
		opened.push({ source, item });
		const { linesAboveHeader, header } = source.file;
		if (linesAboveHeader > 0) {
			notes.push(`${linesAboveHeader} lines above the header of ${name} were skipped.`);
		}
		for (const column of header.doubled) {
			notes.push(`${name} has more than one column "${column}"; only the first is read.`);
		}
	}
	if (full.length < files.length) notes.push('An empty file was skipped.');
	if (rows.length > 0) notes.push('Items without a file were skipped, because others have one.');
	return { sources: opened, notes };
}

const noFile = (fields: readonly string[]) =>
	new RakutenProblem(
		'noFile',
		`No item has a file in the field '${fields.join("' or '")}'`,
		"Find the name of its field on the Binary tab of the input, and enter it in 'Input Binary Field'. If that is empty, the node uses every file of an item.",
	);
