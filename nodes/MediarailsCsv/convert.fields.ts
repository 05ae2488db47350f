import { DateTime } from 'luxon';
import type { IExecuteFunctions } from 'n8n-workflow';

import { dayNumberOf } from '../../rakuten/date/calendar';
import { findingKinds, rejectedByDefault } from '../../rakuten/partner/read/findings';
import { mediarailsColumns, uploadPlace } from '../../rakuten/partner/read/partnerColumns';
import { sourceColumnNames } from '../../rakuten/partner/read/sourceLayouts';
import { changed } from '../kit/fields/field';
import {
	choice,
	choices,
	collection,
	notice,
	rows,
	text,
	toggle,
	wholeNumber,
} from '../kit/fields/fields';
import { itemFields } from '../kit/fields/readFields';
import type { MediarailsPlan } from './mediarailsPlan';

const introduction = notice(
	'notice',
	`Pass this node the CSV that the Rakuten dashboard exports under Publishers > Publisher Overview, the one under Publishers > My Publishers, or both. Upload the resulting file in Mediarails: ${uploadPlace}.`,
);

/** The brand of an item; each brand gets its own output. */
export const brand = text('brand', {
	label: 'Brand',
	required: true,
	placeholder: 'e.g. Acme Shoes',
	description:
		'The name of the brand in Mediarails. An expression can give each file or item its own brand; each brand gets its own output.',
});

const network = text('network', {
	label: 'Network',
	default: 'LinkShare',
	required: true,
	description: "Mediarails' name for Rakuten's network",
});

/** Names of fields with files; none for all of them. */
export const binaryField = text('binaryField', {
	label: 'Input Binary Field',
	placeholder: 'e.g. data',
	hint: 'The name of the input binary field that holds the file',
	description:
		"Leave empty to use every file of an item, or the items' own fields if they have no files. Separate several names with commas.",
});

const joinDateFormat = choice('joinDateFormat', {
	label: 'Join Date Format',
	default: 'detect',
	description:
		'How the export writes join dates. Dates that can be read in only one way are always accepted.',
	choices: [
		{
			name: 'Day/Month/Year',
			value: 'dmy',
			description: '21/02/2020, as outside of the United States',
		},
		{
			name: 'Detect',
			value: 'detect',
			description:
				'From the dates of the whole file. Stops and asks if every date can be read in two ways.',
		},
		{ name: 'ISO (Year-Month-Day)', value: 'iso', description: 'Only 2020-02-21' },
		{ name: 'Month/Day/Year', value: 'mdy', description: '2/21/2020, as in the United States' },
		{
			name: 'Spreadsheet Serial Number',
			value: 'serial',
			description: '43882, as in a spreadsheet whose date column was formatted as plain numbers',
		},
	],
});

const output = choice('output', {
	label: 'Output',
	default: 'csv',
	description: 'What to pass to the next node',
	choices: [
		{ name: 'CSV File', value: 'csv', description: 'Ready to upload in Mediarails' },
		{ name: 'Items', value: 'items', description: 'One item for each publisher' },
	],
});

const outputField = text('outputField', {
	label: 'Put Output File in Field',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
	description:
		"In n8n's filesystem mode a file of any size is written piece by piece. Where n8n keeps binary data in memory or in its database, memory must hold the file.",
	displayOptions: { show: { output: ['csv'] } },
});

const column = text('column', {
	label: 'Column',
	placeholder: 'e.g. Country',
	description: 'The name of the column in Mediarails',
});

const header = text('header', {
	label: 'Header in the File',
	placeholder: 'e.g. Business Model',
	description: 'The name of the column in the export',
});

/** Choices of columns, in alphabetical order. */
const columnChoices = <F extends string>(columns: ReadonlyArray<{ field: F; name: string }>) =>
	columns
		.map(({ field, name }) => ({ name, value: field }))
		.sort((a, b) => a.name.localeCompare(b.name));

const row = { label: 'Column', name: 'columns' };
const placeholder = 'Add Column';

const options = collection(
	'options',
	{
		label: 'Options',
		placeholder: 'Add option',
		description: 'More columns, other formats, and what is rejected',
	},
	[
		rows(
			'fileColumns',
			{
				label: 'Add Columns From the File',
				placeholder,
				description: 'Other columns of the export to pass on, for example for custom fields',
				row,
			},
			[
				header,
				changed(column, {
					placeholder: 'e.g. Business Model',
					description: 'The name of the column in Mediarails. Leave empty for the same name.',
				}),
			],
		),
		rows(
			'fixedColumns',
			{
				label: 'Add Columns With a Fixed Value',
				placeholder,
				description:
					'Columns such as Country or Currency that are the same for every row. If a row already has a value in a column with this name, that value is kept.',
				row,
			},
			[
				column,
				text('value', {
					label: 'Value',
					placeholder: 'e.g. United States',
					description: 'What every row has in this column',
				}),
			],
		),
		toggle('byteOrderMark', {
			label: 'Begin File With Byte Order Mark',
			default: false,
			description:
				'Whether the Import-Ready file begins with the mark by which spreadsheets recognize UTF-8. The Rejected file always does.',
		}),
		rows(
			'sourceColumns',
			{
				label: 'Columns in the File',
				placeholder,
				description:
					'The names of columns in your export, if they differ from those the node expects',
				row,
			},
			[
				choice('field', {
					label: 'Column',
					default: 'siteId',
					description: 'The column that the node looks for',
					choices: columnChoices(sourceColumnNames),
				}),
				changed(header, {
					placeholder: 'e.g. Date of Joining',
					description:
						'The name of the column in the file. Leave empty if the file has no such column.',
				}),
			],
		),
		choice('delimiter', {
			label: 'Delimiter of the File',
			default: 'detect',
			description: 'What separates the values of a row',
			choices: [
				{ name: 'Comma', value: ',' },
				{ name: 'Detect', value: 'detect' },
				{ name: 'Pipe', value: '|' },
				{ name: 'Semicolon', value: ';' },
				{ name: 'Tab', value: '\t' },
			],
		}),
		choice('encoding', {
			label: 'Encoding of the File',
			default: 'detect',
			description: 'How letters are written as bytes. Change it if names look garbled.',
			choices: [
				{
					name: 'Detect',
					value: 'detect',
					description:
						'From the byte order mark. Without one: UTF-16 if every other byte is zero, UTF-8 if most letters beyond A to Z fit, otherwise Windows-1252.',
				},
				{ name: 'Mac Roman (Western European, Old Macs)', value: 'macintosh' },
				{ name: 'Shift JIS (Japanese)', value: 'shift_jis' },
				{ name: 'UTF-16 Big Endian', value: 'utf-16be' },
				{ name: 'UTF-16 Little Endian', value: 'utf-16le' },
				{ name: 'UTF-8', value: 'utf-8' },
				{ name: 'Windows-1250 (Central European)', value: 'windows-1250' },
				{ name: 'Windows-1251 (Cyrillic)', value: 'windows-1251' },
				{ name: 'Windows-1252 (Western European)', value: 'windows-1252' },
			],
		}),
		text('fileName', {
			label: 'File Name',
			placeholder: 'e.g. acme-partners',
			description:
				'Name of the Import-Ready file without its extension. Leave empty for a name made from brand and date.',
		}),
		toggle('harmlessReady', {
			label: 'Make Formulas Harmless in Import-Ready File',
			default: false,
			description:
				'Whether to put an apostrophe before values that a spreadsheet would treat as a formula. Mediarails, which reads this file, would get the apostrophe too.',
		}),
		toggle('harmlessRejected', {
			label: 'Make Formulas Harmless in Rejected File',
			default: true,
			description:
				'Whether to put an apostrophe before values that a spreadsheet would treat as a formula, and to remove it when the file is read again',
		}),
		choice('outputDateFormat', {
			label: 'Output Date Format',
			default: 'iso',
			description: 'How dates are written in the column Network Date Accepted',
			choices: [
				{ name: 'As in the File', value: 'asIs', description: 'No date is changed' },
				{ name: 'DD/MM/YYYY', value: 'dmy' },
				{ name: 'MM/DD/YYYY', value: 'mdy' },
				{ name: 'YYYY-MM-DD', value: 'iso', description: 'Can be read in only one way' },
			],
		}),
		choices('rejectRowsWith', {
			label: 'Reject Rows With',
			default: rejectedByDefault,
			description: 'What sends a row to the output Rejected. Everything else is a warning.',
			choices: findingKinds
				.map(({ name, value, description }) => ({ name, value, description }))
				.sort((a, b) => a.name.localeCompare(b.name)),
		}),
		choice('rejectedAs', {
			label: 'Rejected Rows As',
			default: 'same',
			description: 'What to return on the output Rejected',
			choices: [
				{ name: "As in 'Output'", value: 'same' },
				{
					name: 'CSV File',
					value: 'csv',
					description: 'To correct in a spreadsheet and pass to this node again',
				},
				{ name: 'Items', value: 'items', description: 'For a table or an email' },
			],
		}),
		rows(
			'renamedColumns',
			{
				label: 'Rename Columns',
				placeholder,
				description: 'Other names for the columns of the Import-Ready file',
				row,
			},
			[
				choice('field', {
					label: 'Column',
					default: 'siteId',
					description: 'The name of the column without this option',
					choices: columnChoices(mediarailsColumns),
				}),
				text('name', {
					label: 'New Name',
					placeholder: 'e.g. Partner ID',
					description: 'The new name of the column',
				}),
			],
		),
		wholeNumber('listedRows', {
			label: 'Rows Listed in Summary',
			default: 100,
			min: 0,
			description:
				'How many rows with warnings, how many rejected rows, and how many publishers found in only one export the summary lists. Its counts are always complete.',
		}),
		wholeNumber('splitEveryRows', {
			label: 'Split Every N Rows',
			default: 0,
			min: 0,
			description: 'How many rows one Import-Ready file may hold, 0 for one file',
		}),
	],
);

/** The fields of the node, in the order a user thinks of them. */
export const convertFields = [
	introduction,
	brand,
	network,
	binaryField,
	joinDateFormat,
	output,
	outputField,
	options,
];

/** Reads the fields of one item; throws a RakutenProblem if they don't make sense together. */
export function readMediarailsPlan(
	context: IExecuteFunctions,
	itemIndex: number,
	brandName: string,
): MediarailsPlan {
	const field = itemFields(context, itemIndex);
	const option = field(options);
	const day = DateTime.now().setZone(context.getTimezone()).toISODate()!;
	const ready = field(output);
	return {
		reading: {
			encoding: option.encoding,
			delimiter: option.delimiter,
			joinDates: field(joinDateFormat),
			renamed: new Map(option.sourceColumns.map((each) => [each.field, each.header])),
			needsDateFormat: option.outputDateFormat !== 'asIs',
		},
		conversion: {
			brand: brandName,
			network: field(network),
			rejects: new Set(option.rejectRowsWith),
			outputDates: option.outputDateFormat,
			renamed: new Map(option.renamedColumns.map((each) => [each.field, each.name])),
			fixedColumns: option.fixedColumns
				.map((each) => ({ name: each.column, value: each.value }))
				.filter(({ name }) => name !== ''),
			fileColumns: option.fileColumns.map((each) => ({ header: each.header, name: each.column })),
			harmlessReady: option.harmlessReady,
			harmlessRejected: option.harmlessRejected,
			today: dayNumberOf(day)!,
			listedRows: option.listedRows,
		},
		output: ready,
		rejectedAs: option.rejectedAs === 'same' ? ready : option.rejectedAs,
		outputField: field(outputField) || 'data',
		fileName: option.fileName,
		day,
		byteOrderMark: option.byteOrderMark,
		splitEveryRows: option.splitEveryRows,
	};
}
