import type { INodeProperties } from 'n8n-workflow';

import { reportField } from '../../../reading/reportField';

/** The currencies that the Events API takes as a filter (OpenAPI file). */
export const eventCurrencies = ['AUD', 'BRL', 'CAD', 'EUR', 'GBP', 'JPY', 'USD'] as const;

/** The fields of Transaction > Get Many. */
export const getManyFields: INodeProperties[] = [
	{
		displayName: 'Date Type',
		name: 'lineDate',
		type: 'options',
		default: 'process',
		description: "Which of a line's two dates the range is about",
		options: [
			{
				name: 'Process Date (when Rakuten Recorded It; Shows Refunds)',
				value: 'process',
				description: 'New lines and new refunds. Use it to keep stored data up to date.',
			},
			{
				name: 'Transaction Date (when the Customer Ordered)',
				value: 'transaction',
				description: 'Refunds appear beside their orders. Use it to look at results.',
			},
		],
	},
	{
		displayName: 'Date Range',
		name: 'timeRange',
		type: 'options',
		default: 'last7Days',
		description:
			'Which time to read, in UTC. The Events API reaches back 29 days; for what is older see Continue From a Report.',
		options: [
			{ name: 'Custom', value: 'custom' },
			{ name: 'Last 12 Months', value: 'last12Months' },
			{ name: 'Last 24 Hours', value: 'last24Hours' },
			{ name: 'Last 7 Days', value: 'last7Days' },
			{ name: 'Last 90 Days', value: 'last90Days' },
			{ name: 'Last Month', value: 'lastMonth' },
			{ name: 'This Month', value: 'thisMonth' },
		],
	},
	{
		displayName: 'Start',
		name: 'start',
		type: 'dateTime',
		default: '',
		required: true,
		description:
			'First moment to read, in UTC unless it names an offset; a day means its beginning',
		displayOptions: { show: { timeRange: ['custom'] } },
	},
	{
		displayName: 'End',
		name: 'end',
		type: 'dateTime',
		default: '',
		required: true,
		description:
			'Last moment to read, in UTC unless it names an offset; a day without a time means its end',
		displayOptions: { show: { timeRange: ['custom'] } },
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
	{
		displayName: 'Continue From a Report',
		name: 'continueFromReport',
		type: 'boolean',
		default: false,
		description:
			'Whether to read what the Events API does not reach, older than 29 days, from a report. Each line comes from one of the two, and says from which. Reports have no early events (is_event Y).',
	},
	{
		...reportField,
		default: {
			mode: 'list',
			value: 'credential',
			cachedResultName: "Report in the Credential's Get API URL",
		},
		description:
			'The report to read older lines from. It must have the columns "Transaction ID" and "Process Date"; add "Site ID" if the account has several sites.',
		displayOptions: { show: { continueFromReport: [true] } },
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		description: 'Which lines to return; all of those set must fit',
		options: [
			{
				displayName: 'Advertiser IDs',
				name: 'advertiserIds',
				type: 'string',
				default: '',
				placeholder: 'e.g. 45904, 36310',
				description:
					'Only lines of these advertisers (MID), separated by commas. Applied by this node.',
			},
			{
				displayName: 'Currency',
				name: 'currency',
				type: 'options',
				default: 'USD',
				description: 'Only lines in this currency. Applied by Rakuten.',
				options: eventCurrencies.map((code) => ({ name: code, value: code })),
			},
			{
				displayName: 'Event Flag',
				name: 'eventFlag',
				type: 'options',
				default: 'transactions',
				description:
					'Only early events or only transactions. An order can come as an event first and as a transaction later, under another line ID; some advertisers send transactions only. Applied by this node.',
				options: [
					{
						name: 'Events',
						value: 'events',
						description: 'Early notice (is_event Y); no commission is paid on it',
					},
					{
						name: 'Transactions',
						value: 'transactions',
						description: 'What commission is paid on (is_event N)',
					},
				],
			},
			{
				displayName: 'Sites',
				name: 'sites',
				type: 'options',
				default: 'credential',
				description: "Lines of which of the account's sites. Applied by this node.",
				options: [
					{
						name: 'All Sites That Come',
						value: 'all',
						description: 'Whatever Rakuten sends, also lines of other sites of the account',
					},
					{
						name: "The Credential's Site",
						value: 'credential',
						description:
							'Leave out lines that name another site; this is so without the filter too',
					},
				],
			},
			{
				displayName: 'Sub-ID (U1)',
				name: 'u1',
				type: 'string',
				default: '',
				placeholder: 'e.g. newsletter-42',
				description: 'Only lines with exactly this sub-ID. Applied by this node.',
			},
			{
				displayName: 'Transaction Type',
				name: 'transactionType',
				type: 'options',
				default: 'realtime',
				description: 'Only lines that were recorded in this way. Applied by Rakuten.',
				options: [
					{ name: 'Batch', value: 'batch', description: 'Reported by the advertiser in files' },
					{
						name: 'Real Time',
						value: 'realtime',
						description: 'Reported as they happen, within ten minutes',
					},
				],
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'What else to return',
		options: [
			{
				displayName: 'Include Raw Record',
				name: 'includeRaw',
				type: 'boolean',
				default: false,
				description:
					"Whether to add the line as its source has it under 'raw': the record of the Events API, its numbers as texts, or the row of the report",
			},
		],
	},
];
