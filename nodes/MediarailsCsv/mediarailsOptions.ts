import type { INodeProperties } from 'n8n-workflow';

import { findingKinds, rejectedByDefault } from '../../rakuten/partner/read/findings';
import { mediarailsColumns } from '../../rakuten/partner/read/partnerColumns';
import { sourceColumnNames } from '../../rakuten/partner/read/sourceLayouts';

const columnName: INodeProperties = {
	displayName: 'Column',
	name: 'column',
	type: 'string',
	default: '',
	placeholder: 'e.g. Country',
	description: 'What the column is called in Mediarails',
};

const addedColumns: INodeProperties[] = [
	{
		displayName: 'Add Columns From the File',
		name: 'fileColumns',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Column',
		description: 'Other columns of the export to pass on, for example for custom fields',
		options: [
			{
				displayName: 'Column',
				name: 'columns',
				values: [
					{
						displayName: 'Header in the File',
						name: 'header',
						type: 'string',
						default: '',
						placeholder: 'e.g. Business Model',
						description: 'What the column is called in the export',
					},
					{
						...columnName,
						placeholder: 'e.g. Business Model',
						description: 'What the column is called in Mediarails; empty for the same name',
					},
				],
			},
		],
	},
	{
		displayName: 'Add Columns With a Fixed Value',
		name: 'fixedColumns',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Column',
		description:
			'Columns such as Country or Currency that are the same for every row. A value that the row has in a column of this name stays.',
		options: [
			{
				displayName: 'Column',
				name: 'columns',
				values: [
					columnName,
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. United States',
						description: 'What every row has in this column',
					},
				],
			},
		],
	},
];

const readingOptions: INodeProperties[] = [
	{
		displayName: 'Columns in the File',
		name: 'sourceColumns',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Column',
		description: 'What columns are called in your export, where that is not what the node expects',
		options: [
			{
				displayName: 'Column',
				name: 'columns',
				values: [
					{
						displayName: 'Column',
						name: 'field',
						type: 'options',
						default: 'siteId',
						description: 'The column that the node looks for',
						options: sourceColumnNames
							.map(({ field, name }) => ({ name, value: field }))
							.sort((a, b) => a.name.localeCompare(b.name)),
					},
					{
						displayName: 'Header in the File',
						name: 'header',
						type: 'string',
						default: '',
						placeholder: 'e.g. Date of Joining',
						description: 'What it is called in the file; empty if the file has no such column',
					},
				],
			},
		],
	},
	{
		displayName: 'Delimiter of the File',
		name: 'delimiter',
		type: 'options',
		default: 'detect',
		description: 'What stands between the values of a row',
		options: [
			{ name: 'Comma', value: ',' },
			{ name: 'Detect', value: 'detect' },
			{ name: 'Semicolon', value: ';' },
			{ name: 'Tab', value: '\t' },
		],
	},
	{
		displayName: 'Encoding of the File',
		name: 'encoding',
		type: 'options',
		default: 'detect',
		description: 'How letters are written as bytes. Change it if names come out garbled.',
		options: [
			{
				name: 'Detect',
				value: 'detect',
				description:
					'By the byte order mark; else UTF-16 where every other byte is zero, UTF-8 where all bytes fit, Windows-1252 where not',
			},
			{ name: 'UTF-16 Big Endian', value: 'utf-16be' },
			{ name: 'UTF-16 Little Endian', value: 'utf-16le' },
			{ name: 'UTF-8', value: 'utf-8' },
			{ name: 'Windows-1252 (Western European)', value: 'windows-1252' },
		],
	},
];

const writingOptions: INodeProperties[] = [
	{
		displayName: 'Begin File With Byte Order Mark',
		name: 'byteOrderMark',
		type: 'boolean',
		default: false,
		description:
			'Whether the Import-Ready file begins with the mark by which spreadsheets know UTF-8. The Rejected file always does.',
	},
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '',
		placeholder: 'e.g. acme-partners',
		description:
			'Name of the Import-Ready file without extension. Empty for one made of brand and date.',
	},
	{
		displayName: 'Make Formulas Harmless in Import-Ready File',
		name: 'harmlessReady',
		type: 'boolean',
		default: false,
		description:
			'Whether to put an apostrophe before values that a spreadsheet would take for a formula. Mediarails, which reads this file, would get the apostrophe too.',
	},
	{
		displayName: 'Make Formulas Harmless in Rejected File',
		name: 'harmlessRejected',
		type: 'boolean',
		default: true,
		description:
			'Whether to put an apostrophe before values that a spreadsheet would take for a formula, and to take it away when the file is read back',
	},
	{
		displayName: 'Output a Summary Item',
		name: 'summaryItem',
		type: 'boolean',
		default: false,
		description:
			'Whether to add one item to the output Rejected that says what was read, written, rejected and noticed. The item with a file always does.',
	},
	{
		displayName: 'Output Date Format',
		name: 'outputDateFormat',
		type: 'options',
		default: 'iso',
		description: 'How dates are written in the column Network Date Accepted',
		options: [
			{ name: 'As in the File', value: 'asIs', description: 'No date is changed' },
			{ name: 'DD/MM/YYYY', value: 'dmy' },
			{ name: 'MM/DD/YYYY', value: 'mdy' },
			{ name: 'YYYY-MM-DD', value: 'iso', description: 'Can be read in one way only' },
		],
	},
	{
		displayName: 'Reject Rows With',
		name: 'rejectRowsWith',
		type: 'multiOptions',
		default: [...rejectedByDefault],
		description: 'What sends a row to the output Rejected. Everything else is a warning.',
		options: findingKinds
			.map(({ name, value, description }) => ({ name, value, description }))
			.sort((a, b) => a.name.localeCompare(b.name)),
	},
	{
		displayName: 'Rejected Rows As',
		name: 'rejectedAs',
		type: 'options',
		default: 'same',
		description: 'What the output Rejected gives',
		options: [
			{ name: "As in 'Output'", value: 'same' },
			{
				name: 'CSV File',
				value: 'csv',
				description: 'To be corrected in a spreadsheet and given to this node again',
			},
			{ name: 'Items', value: 'items', description: 'For a table or an e-mail' },
		],
	},
	{
		displayName: 'Rename Columns',
		name: 'renamedColumns',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Column',
		description: 'Other names for the columns of the Import-Ready file',
		options: [
			{
				displayName: 'Column',
				name: 'columns',
				values: [
					{
						displayName: 'Column',
						name: 'field',
						type: 'options',
						default: 'siteId',
						description: 'The column as it is called without this option',
						options: mediarailsColumns
							.map(({ field, name }) => ({ name, value: field }))
							.sort((a, b) => a.name.localeCompare(b.name)),
					},
					{
						displayName: 'New Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. Partner ID',
						description: 'What it is to be called',
					},
				],
			},
		],
	},
	{
		displayName: 'Rows Listed in Summary',
		name: 'listedRows',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 100,
		description:
			'How many rows with warnings, and publishers in one export only, the summary lists. Their counts are always whole.',
	},
	{
		displayName: 'Split Every N Rows',
		name: 'splitEveryRows',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'How many rows one Import-Ready file may hold; 0 means one file',
	},
];

/** The entries of the field Options, in the order of the alphabet. */
export const mediarailsOptions: INodeProperties[] = [
	...addedColumns,
	...readingOptions,
	...writingOptions,
].sort((a, b) => a.displayName.localeCompare(b.displayName));
