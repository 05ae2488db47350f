import { readIds, readList } from '../../rakuten/postback/eventRules';
import type { EventRule } from '../../rakuten/postback/eventRules';
import { orDefault } from '../kit/fields/field';
import type { ValueOf } from '../kit/fields/field';
import { choice, rows, text } from '../kit/fields/fields';

/** The user's own names for events, and the events they do not want. */
export const eventRulesField = rows(
	'eventRules',
	{
		label: 'Event Rules',
		placeholder: 'Add Rule',
		description:
			'Give events your own names, or discard some. The first rule that matches counts. An event that matches no rule is a Purchase (with a commission), a Lead (without one) or a Correction (with a negative one).',
		row: { label: 'Rule', name: 'rules' },
		sortable: true,
	},
	[
		text('advertiserIds', {
			label: 'Advertiser IDs',
			placeholder: 'e.g. 45904, 38502',
			description: 'Which advertisers (MID) the rule applies to. Leave empty for all of them.',
		}),
		orDefault(
			choice('amount', {
				label: 'Amount',
				default: 'any',
				description:
					'The commission, or the sale amount if there is no commission. Events with any negative amount or quantity are corrections.',
				choices: [
					{ name: 'Any', value: 'any' },
					{ name: 'Above Zero', value: 'positive' },
					{ name: 'Zero', value: 'zero' },
					{ name: 'Below Zero', value: 'negative', description: 'Corrections' },
				],
			}),
		),
		orDefault(
			choice('eventFlag', {
				label: 'Early Event',
				default: 'any',
				description:
					'Some advertisers report an order immediately as an early event (is_event Y), on which no commission is paid, and later as the transaction itself (is_event N), with another ID. Both come through unless a rule discards one of them.',
				choices: [
					{ name: 'Yes or No', value: 'any' },
					{ name: 'Only Early Events', value: 'Y', description: 'With is_event Y' },
					{ name: 'Only Transactions', value: 'N', description: 'With is_event N' },
				],
			}),
		),
		text('offerIds', {
			label: 'Offer IDs',
			placeholder: 'e.g. 1262960',
			description: 'Which offers the rule applies to. Leave empty for all of them.',
		}),
		text('skus', {
			label: 'SKUs',
			placeholder: 'e.g. NEWSLETTER, TRIAL',
			description:
				"Which products the rule applies to, by the advertiser's own numbers. Leave empty for all of them.",
		}),
		orDefault(
			choice('action', {
				label: 'Then',
				default: 'name',
				description:
					"What to do with such an event. Discarded ones go to the output 'Other', with the rule as the reason.",
				choices: [
					{ name: 'Give It a Name', value: 'name' },
					{ name: 'Discard', value: 'discard' },
				],
			}),
		),
		text('eventName', {
			label: 'Then Name It',
			placeholder: 'e.g. Newsletter Sign-Up',
			description:
				'The name of such an event in your workflow. Leave empty for the usual name: Purchase, Lead or Correction.',
			displayOptions: { show: { action: ['name'] } },
		}),
	],
);

/** The rules that events are judged by, in the user's order. */
export const eventRulesOf = (stored: ValueOf<typeof eventRulesField>): EventRule[] =>
	stored.map((rule) => ({
		advertiserIds: readIds(rule.advertiserIds),
		offerIds: readIds(rule.offerIds),
		skus: readList(rule.skus),
		isEvent: rule.eventFlag === 'any' ? undefined : rule.eventFlag === 'Y',
		amount: rule.amount === 'any' ? undefined : rule.amount,
		discards: rule.action === 'discard',
		eventName: rule.eventName,
	}));
