import type { INodeProperties } from 'n8n-workflow';

import { uploadPlace } from '../../rakuten/partner/read/partnerColumns';
import { mediarailsOptions } from './mediarailsOptions';

/** The fields of the node, in the order a user thinks of them. */
export const mediarailsFields: INodeProperties[] = [
	{
		displayName: `Give this node the CSV that the Rakuten dashboard exports under Publishers > Publisher Overview, the one under Publishers > My Publishers, or both. Upload the file it makes in Mediarails: ${uploadPlace}.`,
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Brand',
		name: 'brand',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Acme Shoes',
		description:
			'The brand as it is called in Mediarails. An expression can give each file or item its own brand; each brand gets its own output.',
	},
	{
		displayName: 'Network',
		name: 'network',
		type: 'string',
		default: 'LinkShare',
		required: true,
		description: "What Mediarails calls Rakuten's network",
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryField',
		type: 'string',
		default: '',
		placeholder: 'e.g. data',
		hint: 'The name of the input binary field that holds the file',
		description:
			"Leave empty to take every file of an item, or, where items have no files, the items' own fields. Separate several names with commas.",
	},
	{
		displayName: 'Join Date Format',
		name: 'joinDateFormat',
		type: 'options',
		default: 'detect',
		description:
			'How the export writes join dates. Dates that can be read in one way only are always taken.',
		options: [
			{
				name: 'Day/Month/Year',
				value: 'dmy',
				description: '21/02/2020, as outside of the United States',
			},
			{
				name: 'Detect',
				value: 'detect',
				description: 'By the dates of the whole file; asks where every one can be read in two ways',
			},
			{ name: 'ISO (Year-Month-Day)', value: 'iso', description: '2020-02-21 and nothing else' },
			{ name: 'Month/Day/Year', value: 'mdy', description: '2/21/2020, as in the United States' },
			{
				name: 'Spreadsheet Serial Number',
				value: 'serial',
				description: '43882, as a spreadsheet leaves behind that was told to show plain numbers',
			},
		],
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		default: 'csv',
		description: 'What the next node gets',
		options: [
			{ name: 'CSV File', value: 'csv', description: 'Ready to be uploaded in Mediarails' },
			{ name: 'Items', value: 'items', description: 'One item for each publisher' },
		],
	},
	{
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the output binary field to put the file in',
		description:
			"In n8n's filesystem mode a file of any size is written piece by piece. Where n8n keeps binary data in memory or in its database, memory must hold the file.",
		displayOptions: { show: { output: ['csv'] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'More columns, other formats, and what is rejected',
		options: mediarailsOptions,
	},
];
