import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { dayNumberOf } from '../../rakuten/date/calendar';
import type { ConversionSettings } from '../../rakuten/partner/read/conversionSettings';
import type { ReadingSettings } from '../../rakuten/partner/read/FileSurvey';
import {
	findingKinds,
	isFindingKind,
	rejectedByDefault,
} from '../../rakuten/partner/read/findings';
import type { FindingKind } from '../../rakuten/partner/read/findings';
import { mediarailsColumns } from '../../rakuten/partner/read/partnerColumns';
import type { RowField } from '../../rakuten/partner/read/partnerColumns';
import { sourceColumnNames } from '../../rakuten/partner/read/sourceLayouts';
import { RakutenProblem } from '../../rakuten/problem';
import { oneOf, plainText, wholeNumber } from '../kit/fieldValue';

/** Everything that the conversion of one brand is to do, read from the node's fields. */
export interface MediarailsPlan {
	readonly reading: ReadingSettings;
	readonly conversion: ConversionSettings;
	readonly output: 'csv' | 'items';
	readonly rejectedAs: 'csv' | 'items';
	readonly outputField: string;
	/** Without number and extension; one is made where the user gave none. */
	readonly fileName: string;
	/** The day the run began, in the workflow's time zone: for the names of files. */
	readonly day: string;
	readonly byteOrderMark: boolean;
	readonly splitEveryRows: number;
	readonly summaryItem: boolean;
}

/** Reads the fields as they are for one item; throws a RakutenProblem where they make no sense. */
export function readMediarailsPlan(
	context: IExecuteFunctions,
	itemIndex: number,
	brand: string,
): MediarailsPlan {
	const field = <T>(name: string, fallback?: T) =>
		context.getNodeParameter(name, itemIndex, fallback) as T;
	const options = field<IDataObject>('options', {});
	const rows = (name: string) =>
		((options[name] as IDataObject | undefined)?.columns ?? []) as IDataObject[];
	const day = DateTime.now().setZone(context.getTimezone()).toISODate()!;
	const output = oneOf(field('output'), 'Output', ['csv', 'items']);
	const rejectedAs = oneOf(options.rejectedAs ?? 'same', 'Rejected Rows As', [
		'same',
		'csv',
		'items',
	]);
	const outputDates = oneOf(options.outputDateFormat ?? 'iso', 'Output Date Format', [
		'iso',
		'asIs',
		'dmy',
		'mdy',
	]);
	const fields: RowField[] = mediarailsColumns.map((column) => column.field);
	return {
		reading: {
			encoding: oneOf(options.encoding ?? 'detect', 'Encoding of the File', [
				'detect',
				'utf-8',
				'utf-16le',
				'utf-16be',
				'windows-1252',
			]),
			delimiter: oneOf(options.delimiter ?? 'detect', 'Delimiter of the File', [
				'detect',
				',',
				';',
				'\t',
			]),
			joinDates: oneOf(field('joinDateFormat'), 'Join Date Format', [
				'detect',
				'mdy',
				'dmy',
				'iso',
				'serial',
			]),
			renamed: new Map(
				rows('sourceColumns').map((row) => [
					oneOf(
						row.field,
						'Columns in the File',
						sourceColumnNames.map((column) => column.field),
					),
					plainText(row.header),
				]),
			),
			needsDateFormat: outputDates !== 'asIs',
		},
		conversion: {
			brand,
			network: plainText(field('network', 'LinkShare')),
			rejects: new Set(readFindingKinds(options.rejectRowsWith ?? [...rejectedByDefault])),
			outputDates,
			renamed: new Map(
				rows('renamedColumns').map((row) => [
					oneOf(row.field, 'Rename Columns', fields),
					plainText(row.name),
				]),
			),
			fixedColumns: rows('fixedColumns')
				.map((row) => ({ name: plainText(row.column), value: plainText(row.value) }))
				.filter(({ name }) => name !== ''),
			fileColumns: rows('fileColumns').map((row) => ({
				header: plainText(row.header),
				name: plainText(row.column),
			})),
			harmlessReady: options.harmlessReady === true,
			harmlessRejected: options.harmlessRejected !== false,
			today: dayNumberOf(day)!,
			listedRows: wholeNumber(options.listedRows ?? 100, 'Rows Listed in Summary', 0),
		},
		output,
		rejectedAs: rejectedAs === 'same' ? output : rejectedAs,
		outputField: field('outputField', 'data') || 'data',
		fileName: plainText(options.fileName),
		day,
		byteOrderMark: options.byteOrderMark === true,
		splitEveryRows: wholeNumber(options.splitEveryRows ?? 0, 'Split Every N Rows', 0),
		summaryItem: options.summaryItem === true,
	};
}

function readFindingKinds(value: unknown): FindingKind[] {
	const list: unknown[] = Array.isArray(value) ? value : [value];
	const unknown = list.find((each) => !isFindingKind(each));
	if (unknown === undefined) return list as FindingKind[];
	throw new RakutenProblem(
		'unknownChoice',
		`'Reject Rows With' holds a value that is not one of its choices: ${String(unknown).slice(0, 60)}`,
		`An expression may give ${findingKinds.map((kind) => kind.value).join(', ')}.`,
	);
}
