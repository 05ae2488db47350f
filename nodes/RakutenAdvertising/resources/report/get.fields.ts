import type { INodeProperties } from 'n8n-workflow';

import { timeZones } from '../../../../rakuten/date/timeZones';
import { networks } from '../../../../rakuten/network/networks';
import { reportField } from '../../../reading/reportField';
import { requiredColumnListField, requiredColumnsField } from './requiredColumns.fields';

const networkOptions = [...networks]
	.sort((a, b) => a.country.localeCompare(b.country))
	.map(({ id, country }) => ({ name: country, value: id }));

/** The fields of Report > Get, in the order a user thinks of them. */
export const getFields: INodeProperties[] = [
	reportField,
	{
		displayName: 'Date Range',
		name: 'dateRange',
		type: 'options',
		default: 'last30Days',
		description:
			'Which days to read, the first and the last included. The ranges that count back end today.',
		options: [
			{ name: 'Custom', value: 'custom' },
			{ name: 'Last 12 Months', value: 'last12Months' },
			{ name: 'Last 30 Days', value: 'last30Days' },
			{ name: 'Last 7 Days', value: 'last7Days' },
			{ name: 'Last 90 Days', value: 'last90Days' },
			{ name: 'Last Month', value: 'lastMonth' },
			{ name: 'This Month', value: 'thisMonth' },
		],
	},
	{
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'First day to read; a time of day is ignored',
		displayOptions: { show: { dateRange: ['custom'] } },
	},
	{
		displayName: 'End Date',
		name: 'endDate',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'Last day to read; a time of day is ignored',
		displayOptions: { show: { dateRange: ['custom'] } },
	},
	{
		displayName: 'Date Type',
		name: 'dateType',
		type: 'options',
		default: 'transaction',
		description: "Which of a line's two dates the range is about",
		options: [
			{
				name: "As in the Credential's Get API URL",
				value: 'credential',
				description: 'What was chosen when the URL was copied; else the transaction date',
			},
			{
				name: 'Process Date (when Rakuten Recorded It; Shows Refunds)',
				value: 'process',
				description:
					'Refunds appear on the day they were recorded. Use it to keep stored data up to date.',
			},
			{
				name: 'Transaction Date (when the Customer Ordered)',
				value: 'transaction',
				description: 'Refunds appear beside their orders. Use it to look at results.',
			},
		],
	},
	{
		displayName: 'Networks',
		name: 'networks',
		type: 'options',
		default: 'all',
		description: 'Rakuten has one network for each country. Each advertiser belongs to one.',
		options: [
			{
				name: 'All Networks in My Account',
				value: 'all',
				description:
					'One request covers all; a row names its network only if the report has the Network column',
			},
			{
				name: "As in the Credential's Get API URL",
				value: 'credential',
				description: 'The networks that were chosen when the URL was copied; else all',
			},
			{
				name: 'Selected Networks',
				value: 'selected',
				description: 'Asked for one by one; every row names its network and country',
			},
		],
	},
	{
		displayName: 'Selected Networks',
		name: 'selectedNetworks',
		type: 'multiOptions',
		default: [],
		required: true,
		description:
			'The countries of the networks to read. An expression may name others by their number.',
		options: networkOptions,
		displayOptions: { show: { networks: ['selected'] } },
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		default: 'items',
		description: 'What the next node gets',
		options: [
			{
				name: 'CSV File',
				value: 'csv',
				description: 'One file with a header row; for large reports and spreadsheets',
			},
			{
				name: 'Items',
				value: 'items',
				description: 'One item for each row; for up to some ten thousand rows',
			},
			{
				name: 'JSON Lines File',
				value: 'jsonl',
				description: 'One file with one JSON object a line; for large reports and databases',
			},
		],
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryField',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the output binary field to put the file in',
		description:
			"In n8n's filesystem mode a file of any size is written piece by piece. Where n8n keeps binary data in its database, memory must hold the file: use 'Split Every N Rows' in the options there.",
		displayOptions: { show: { output: ['csv', 'jsonl'] } },
	},
	{
		displayName: 'Field Names',
		name: 'columnNames',
		type: 'options',
		default: 'normalized',
		description: 'How the fields of a row are called',
		options: [
			{
				name: 'Normalized',
				value: 'normalized',
				description:
					'The same names for every report (orderId, saleAmount, commission), typed values, ISO dates',
			},
			{
				name: "The Report's Own Headers",
				value: 'report',
				description: 'As in the dashboard (Order ID, Sales, Total Commission), texts as they came',
			},
		],
	},
	{
		displayName: 'Preview Only',
		name: 'previewOnly',
		type: 'boolean',
		default: false,
		description:
			'Whether to read only the newest part of the range that has data, and to return 20 rows of it with totals per currency and network on the second output',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'Settings for large imports, currencies, and what to do when something is wrong',
		options: [
			{
				displayName: 'Currencies by Network',
				name: 'currencies',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				placeholder: 'Add Currency',
				description:
					'Currency of rows whose report has no Currency column. The better way is to add that column to the saved report.',
				options: [
					{
						displayName: 'Currency',
						name: 'currency',
						values: [
							{
								displayName: 'Network',
								name: 'network',
								type: 'options',
								default: 'any',
								description: 'The network whose rows are in this currency',
								options: [{ name: 'Any Other Network', value: 'any' }, ...networkOptions],
							},
							{
								displayName: 'Currency',
								name: 'currency',
								type: 'string',
								default: '',
								placeholder: 'e.g. USD',
								description: 'The three-letter currency code',
							},
						],
					},
				],
			},
			{
				displayName: 'Days per Request',
				name: 'daysPerRequest',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 366 },
				default: 31,
				description:
					'How many days to ask Rakuten for at once. A part that is too large for Rakuten is halved by itself.',
			},
			{
				displayName: "If a Part Can't Be Read",
				name: 'onWindowFailure',
				type: 'options',
				default: 'stop',
				description: "What to do when a part of the range can't be had even after trying again",
				options: [
					{
						name: 'Continue and Name the Missing Ranges',
						value: 'continue',
						description: 'Each missing range becomes an item of the second output',
					},
					{
						name: 'Stop',
						value: 'stop',
						description: 'The message names what had been read and what is missing',
					},
				],
			},
			{
				displayName: 'Line ID From',
				name: 'lineIdFrom',
				type: 'options',
				default: 'automatic',
				description:
					'What the stable ID of a line is made of. Never change it for a table that is already filled.',
				options: [
					{
						name: 'Order Line Columns',
						value: 'orderLine',
						description:
							'MID, Order ID, SKU and both dates and times; for tables filled before the report had a Transaction ID',
					},
					{
						name: 'Transaction ID if the Report Has It',
						value: 'automatic',
						description: 'Else the order line columns',
					},
				],
			},
			{
				displayName: 'Output a Summary Item',
				name: 'summaryItem',
				type: 'boolean',
				default: false,
				description:
					'Whether to add one item to the second output that says what was asked for, what came, and the totals',
			},
			{
				displayName: 'Output a Summary Item When Empty',
				name: 'summaryItemWhenEmpty',
				type: 'boolean',
				default: false,
				description:
					'Whether to add the summary item when there is not one row, so that the workflow goes on',
			},
			requiredColumnListField,
			requiredColumnsField,
			{
				displayName: 'Retries',
				name: 'maxRetries',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 10 },
				default: 3,
				description:
					'How often to try again after Rakuten was busy or a connection broke. Waiting times double.',
			},
			{
				displayName: 'Split Every N Rows',
				name: 'splitEveryRows',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description: 'How many rows one file may hold; 0 means one file. Only for files.',
			},
			{
				displayName: 'Stop at First Rejected Row',
				name: 'stopAtFirstRejected',
				type: 'boolean',
				default: false,
				description:
					"Whether to stop when a row can't be read, instead of passing it to the second output",
			},
			{
				displayName: 'Time Zone',
				name: 'timeZone',
				type: 'options',
				default: '',
				description:
					'Zone of the days and times. Keep one zone for one table: the same sale has other times, and with them another line ID, in another zone.',
				options: [
					{ name: "As in the Credential's Get API URL, Else GMT", value: '' },
					...timeZones.map(({ name, value }) => ({ name, value })),
				],
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 5, maxValue: 3600 },
				default: 300,
				description: 'How many seconds Rakuten may be silent. Large reports take minutes.',
			},
		],
	},
];
