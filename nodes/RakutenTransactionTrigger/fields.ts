import type { INodeProperties } from 'n8n-workflow';

import { reportField } from '../reading/reportField';
import { options } from './optionFields';

/** The fields of the node, in the order a user meets them; n8n puts its Poll Times before them. */
export const fields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		noDataExpression: true,
		default: 'events',
		options: [
			{
				name: 'Events API',
				value: 'events',
				description:
					'Lines minutes after Rakuten recorded them, for the last 29 days. Needs an application of the developer portal.',
			},
			{
				name: 'Report',
				value: 'report',
				description:
					'Lines as soon as a report shows them. Needs a report token, and a report that arrives within a few minutes.',
			},
		],
		description: 'Where new transaction lines are looked for',
	},
	{
		...reportField,
		description:
			'A report with order lines: with a Transaction ID, or with MID, Order ID, SKU and both dates and times. It is read once in each poll. For one that takes longer than a few minutes use a Schedule Trigger with Report > Get instead.',
		displayOptions: { show: { source: ['report'] } },
	},
	{
		displayName: 'Lines',
		name: 'eventFlag',
		type: 'options',
		default: 'both',
		options: [
			{
				name: 'Transactions and Early Events',
				value: 'both',
				description: 'Everything, is_event Y and N',
			},
			{
				name: 'Transactions Only',
				value: 'transactions',
				description: 'Without lines that are an early event (is_event Y)',
			},
			{
				name: 'Early Events Only',
				value: 'events',
				description: 'Without lines that are a transaction (is_event N)',
			},
		],
		displayOptions: { show: { source: ['events'] } },
		description:
			"Some advertisers report an order at once as an early event (is_event Y), which no commission is paid on, and later as the transaction itself (is_event N), under another line ID. Others report transactions only, and some early events only. With both kinds, add up amounts of lines whose 'isEvent' is false only.",
	},
	{
		displayName: 'Advertiser IDs',
		name: 'advertiserIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 45904, 38502',
		description:
			'Which advertisers (MID) to take lines of, separated by commas. Empty for all of them. A line that names no advertiser always comes through.',
	},
	{
		displayName: 'Start From',
		name: 'startFrom',
		type: 'options',
		default: 'now',
		options: [
			{
				name: 'Now',
				value: 'now',
				description: 'Lines that can be seen already when the trigger starts are left out',
			},
			{
				name: 'Some Hours Back',
				value: 'hoursBack',
				description: 'The second poll brings lines from that far back',
			},
		],
		description:
			'What the trigger begins with when its workflow is published for the first time. Later it always goes on where it ended, however long it was unpublished.',
	},
	{
		displayName: 'Hours Back',
		name: 'hoursBack',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 24,
		displayOptions: { show: { startFrom: ['hoursBack'] } },
		description:
			'How far back to begin: 24 brings what Rakuten recorded in the 24 hours before the trigger was started. The Events API reaches back 694 hours; a report is read from the beginning of that day.',
	},
	options,
];
