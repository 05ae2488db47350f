import { DateTime } from 'luxon';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { LineFilter } from '../../../../rakuten/line/lineFilter';
import { planSources } from '../../../../rakuten/line/sourcePlan';
import type { ReachDays } from '../../../../rakuten/line/sourcePlan';
import { resolveTimeWindow } from '../../../../rakuten/line/timeWindow';
import { changed, optional, shownWhen } from '../../../kit/fields/field';
import type { ValueOf } from '../../../kit/fields/field';
import { choice, collection, moment, text, toggle } from '../../../kit/fields/fields';
import { limit, mostResults, returnAll } from '../../../kit/fields/limitFields';
import { itemFields } from '../../../kit/fields/readFields';
import { simplifyFields } from '../../../kit/simplifyFields';
import { reportField } from '../../../reading/reportField';
import type { TransactionPlan } from '../../../reading/transactionPlan';

const lineDate = choice('lineDate', {
	label: 'Date Type',
	default: 'process',
	description: "Which of a line's two dates the range applies to",
	choices: [
		{
			name: 'Process Date',
			value: 'process',
			description:
				'When Rakuten recorded the line: new lines and new refunds. Use it to keep stored data up to date.',
		},
		{
			name: 'Transaction Date',
			value: 'transaction',
			description: 'When the customer ordered: refunds appear next to their orders',
		},
	],
});

const timeRange = choice('timeRange', {
	label: 'Date Range',
	default: 'last7Days',
	description:
		'Which period to read, in UTC. The Events API reaches back 29 days by process date and 99 by transaction date; for older lines see Continue From a Report.',
	choices: [
		{ name: 'Custom', value: 'custom' },
		{ name: 'Last 12 Months', value: 'last12Months' },
		{ name: 'Last 24 Hours', value: 'last24Hours' },
		{ name: 'Last 7 Days', value: 'last7Days' },
		{ name: 'Last 90 Days', value: 'last90Days' },
		{ name: 'Last Month', value: 'lastMonth' },
		{ name: 'This Month', value: 'thisMonth' },
	],
});

const start = moment('start', {
	label: 'Start',
	required: true,
	description:
		'First moment to read, in UTC unless it has an offset. A day without a time means its beginning.',
	displayOptions: { show: { timeRange: ['custom'] } },
});

const end = moment('end', {
	label: 'End',
	required: true,
	description:
		'Last moment to read, in UTC unless it has an offset. A day without a time means its end.',
	displayOptions: { show: { timeRange: ['custom'] } },
});

/** Whether lines that the Events API does not reach are read from a report. */
export const continueFromReport = toggle('continueFromReport', {
	label: 'Continue From a Report',
	default: false,
	description:
		'Whether to read older lines, which the Events API does not reach, from a report. Each line comes from one of the two and says which. Reports contain no early events (is_event Y).',
});

/** The report that older lines are read from. */
export const olderReport = shownWhen(
	changed(reportField, {
		description:
			'The report to read older lines from. It must have the columns "Transaction ID" and "Process Date"; add "Site ID" if the account has several sites.',
	}),
	{ continueFromReport: [true] },
);

/** The currencies that the Events API accepts as a filter (OpenAPI file). */
const eventCurrencies = ['AUD', 'BRL', 'CAD', 'EUR', 'GBP', 'JPY', 'USD'] as const;

const filters = collection(
	'filters',
	{
		label: 'Filters',
		placeholder: 'Add filter',
		description: 'Which lines to return. A line must match every filter you add.',
	},
	[
		text('advertiserIds', {
			label: 'Advertiser IDs',
			placeholder: 'e.g. 45904, 36310',
			description:
				'Only lines of these advertisers (MID), separated by commas. Applied by this node.',
		}),
		optional(
			choice('currency', {
				label: 'Currency',
				default: 'USD',
				description: 'Only lines in this currency. Applied by Rakuten.',
				choices: eventCurrencies.map((code) => ({ name: code, value: code })),
			}),
		),
		optional(
			choice('eventFlag', {
				label: 'Event Flag',
				default: 'transactions',
				description:
					'Only early events or only transactions. An order can come as an event first and as a transaction later, under another line ID; some advertisers send transactions only. Applied by this node.',
				choices: [
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
			}),
		),
		choice('sites', {
			label: 'Sites',
			default: 'credential',
			description: "Lines of which of the account's sites. Applied by this node.",
			choices: [
				{
					name: 'All Sites',
					value: 'all',
					description: 'Whatever Rakuten sends, including lines of other sites of the account',
				},
				{
					name: "The Credential's Site",
					value: 'credential',
					description:
						'Leave out lines that name another site. The same happens without this filter.',
				},
			],
		}),
		text('u1', {
			label: 'Sub-ID (U1)',
			placeholder: 'e.g. newsletter-42',
			description: 'Only lines with exactly this sub-ID. Applied by this node.',
		}),
		optional(
			choice('transactionType', {
				label: 'Transaction Type',
				default: 'realtime',
				description: 'Only lines that were recorded in this way. Applied by Rakuten.',
				choices: [
					{ name: 'Batch', value: 'batch', description: 'Reported by the advertiser in files' },
					{
						name: 'Real Time',
						value: 'realtime',
						description: 'Reported as they happen, within ten minutes',
					},
				],
			}),
		),
	],
);

const options = collection(
	'options',
	{
		label: 'Options',
		placeholder: 'Add option',
		description: 'Additional options',
	},
	[
		toggle('includeRaw', {
			label: 'Include Raw Record',
			default: false,
			description:
				"Whether to add the line as its source sent it, under 'raw': the record of the Events API, with numbers as text, or the row of the report",
		}),
	],
);

const simplify = simplifyFields([
	{ name: 'Advertiser ID', value: 'advertiserId' },
	{ name: 'Commission', value: 'commission' },
	{ name: 'Commission List ID', value: 'commissionListId' },
	{ name: 'Currency', value: 'currency' },
	{ name: 'Early Event', value: 'isEvent' },
	{ name: 'Kind', value: 'kind' },
	{ name: 'Line ID', value: 'lineId' },
	{ name: 'Lock Status', value: 'lockStatus' },
	{ name: 'Offer ID', value: 'offerId' },
	{ name: 'Order Auto Lock Date', value: 'orderAutoLockDate' },
	{ name: 'Order ID', value: 'orderId' },
	{ name: 'Order Key', value: 'orderKey' },
	{ name: 'Process Date', value: 'processDate' },
	{ name: 'Product Name', value: 'productName' },
	{ name: 'Quantity', value: 'quantity' },
	{ name: 'Sale Amount', value: 'saleAmount' },
	{ name: 'Site ID', value: 'siteId' },
	{ name: 'SKU', value: 'sku' },
	{ name: 'Source', value: 'source' },
	{ name: 'Sub-ID (U1)', value: 'u1' },
	{ name: 'Transaction Date', value: 'transactionDate' },
	{ name: 'Transaction ID', value: 'transactionId' },
	{ name: 'Transaction Type', value: 'transactionType' },
]);

/** The fields of Transaction > Get Many, in the order a user thinks of them. */
export const getManyFields = [
	lineDate,
	timeRange,
	start,
	end,
	returnAll,
	limit,
	continueFromReport,
	olderReport,
	...simplify.fields,
	filters,
	options,
];

/**
 * Reads the fields of one item; throws a RakutenProblem if they don't make sense together.
 *
 * @param reachDays what the Events API of the account is known to answer for
 */
export function readTransactionPlan(
	context: IExecuteFunctions,
	itemIndex: number,
	siteId: string,
	reachDays: ReachDays,
): TransactionPlan {
	const field = itemFields(context, itemIndex);
	const now = DateTime.utc();
	const window = resolveTimeWindow({
		preset: field(timeRange),
		start: field(start),
		end: field(end),
		now,
	});
	return {
		sources: planSources(field(lineDate), window, {
			now,
			reachDays,
			continues: field(continueFromReport),
		}),
		filter: lineFilter(field(filters), siteId),
		limit: mostResults(field),
		fields: simplify.wanted(context, itemIndex),
		includeRaw: field(options).includeRaw,
	};
}

const lineFilter = (
	{ currency, transactionType, advertiserIds, eventFlag, u1, sites }: ValueOf<typeof filters>,
	siteId: string,
): LineFilter => ({
	currency,
	transactionType,
	advertiserIds: advertiserIds.split(/[\s,;]+/).filter((id) => id !== ''),
	isEvent: eventFlag === undefined ? undefined : eventFlag === 'events',
	u1: u1 === '' ? undefined : u1,
	siteId: sites === 'all' ? undefined : siteId,
});
