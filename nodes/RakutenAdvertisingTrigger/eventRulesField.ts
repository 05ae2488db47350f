import type { INodeProperties } from 'n8n-workflow';

/** The user's own names for events, and what she does not want. */
export const eventRulesField: INodeProperties = {
	displayName: 'Event Rules',
	name: 'eventRules',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Rule',
	default: {},
	description:
		'Give events names of your own, or leave some out. The first rule that fits counts. An event that no rule fits is a Purchase (with a commission), a Lead (with none) or a Correction (with a negative one).',
	options: [
		{
			displayName: 'Rule',
			name: 'rules',
			values: [
				{
					displayName: 'Advertiser IDs',
					name: 'advertiserIds',
					type: 'string',
					default: '',
					placeholder: 'e.g. 45904, 38502',
					description: 'Which advertisers (MID) the rule is about. Empty for all of them.',
				},
				{
					displayName: 'Amount',
					name: 'amount',
					type: 'options',
					default: 'any',
					options: [
						{ name: 'Any', value: 'any' },
						{ name: 'Above Zero', value: 'positive' },
						{ name: 'Zero', value: 'zero' },
						{ name: 'Below Zero (Corrections)', value: 'negative' },
					],
					description:
						'The commission, or the sale amount where no commission came. Events with any negative amount or quantity are corrections.',
				},
				{
					displayName: 'Early Event',
					name: 'eventFlag',
					type: 'options',
					default: 'any',
					options: [
						{ name: 'Yes or No', value: 'any' },
						{ name: 'Only Early Events (Y)', value: 'Y' },
						{ name: 'Only Transactions (N)', value: 'N' },
					],
					description:
						'Some advertisers report an order at once as an early event (is_event Y), which no commission is paid on, and later as the transaction itself (is_event N), under another ID. Both come through unless a rule discards one of them.',
				},
				{
					displayName: 'Offer IDs',
					name: 'offerIds',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1262960',
					description: 'Which offers the rule is about. Empty for all of them.',
				},
				{
					displayName: 'SKUs',
					name: 'skus',
					type: 'string',
					default: '',
					placeholder: 'e.g. NEWSLETTER, TRIAL',
					description:
						"Which articles the rule is about, by the advertiser's own numbers. Empty for all of them.",
				},
				{
					displayName: 'Then',
					name: 'action',
					type: 'options',
					default: 'name',
					options: [
						{ name: 'Give It a Name', value: 'name' },
						{ name: 'Discard', value: 'discard' },
					],
					description:
						"What to do with such an event. Discarded ones go to the output 'Other', with the rule as the reason.",
				},
				{
					displayName: 'Then Name It',
					name: 'eventName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Newsletter Sign-Up',
					displayOptions: { show: { action: ['name'] } },
					description:
						'What such an event is called in your workflow. Empty for the usual name: Purchase, Lead or Correction.',
				},
			],
		},
	],
};
