import { DateTime } from 'luxon';
import type { IExecuteFunctions } from 'n8n-workflow';

import { resolveDateRange } from '../../../../rakuten/date/dateRange';
import { timeZones } from '../../../../rakuten/date/timeZones';
import { networkById, networks } from '../../../../rakuten/network/networks';
import type { Network } from '../../../../rakuten/network/networks';
import { knownColumns } from '../../../../rakuten/report/columns';
import { RakutenProblem } from '../../../../rakuten/problem';
import type { ReportingConnection } from '../../../../services/reporting/reportingConnection';
import type { ValueOf } from '../../../kit/fields/field';
import {
	choice,
	choices,
	collection,
	moment,
	plainText,
	rows,
	text,
	toggle,
	wholeNumber,
} from '../../../kit/fields/fields';
import { itemFields } from '../../../kit/fields/readFields';
import { simplifyFields } from '../../../kit/simplifyFields';
import { chosenReport, reportField } from '../../../reading/reportField';
import { usualZone } from '../../../reading/reportRequest';
import type { ReportRequest } from '../../../reading/reportRequest';
import { daysPerRequest, maxRetries, timeout } from '../../../reading/requestFields';
import {
	columnsRequired,
	requiredColumnList,
	requiredColumns,
} from '../../../reading/requiredColumnsFields';

const networkChoices = [...networks]
	.sort((a, b) => a.country.localeCompare(b.country))
	.map(({ id, country }) => ({ name: country, value: id }));

const dateRange = choice('dateRange', {
	label: 'Date Range',
	default: 'last30Days',
	description:
		'Which days to read, including the first and the last. Ranges that count back end today.',
	choices: [
		{ name: 'Custom', value: 'custom' },
		{ name: 'Last 12 Months', value: 'last12Months' },
		{ name: 'Last 30 Days', value: 'last30Days' },
		{ name: 'Last 7 Days', value: 'last7Days' },
		{ name: 'Last 90 Days', value: 'last90Days' },
		{ name: 'Last Month', value: 'lastMonth' },
		{ name: 'This Month', value: 'thisMonth' },
	],
});

const startDate = moment('startDate', {
	label: 'Start Date',
	required: true,
	description: 'First day to read. A time of day is ignored.',
	displayOptions: { show: { dateRange: ['custom'] } },
});

const endDate = moment('endDate', {
	label: 'End Date',
	required: true,
	description: 'Last day to read. A time of day is ignored.',
	displayOptions: { show: { dateRange: ['custom'] } },
});

const dateType = choice('dateType', {
	label: 'Date Type',
	default: 'transaction',
	description: "Which of a line's two dates the range applies to",
	choices: [
		{
			name: "As in the Credential's Get API URL",
			value: 'credential',
			description:
				'The date type chosen when the URL was copied, or the transaction date if none was',
		},
		{
			name: 'Process Date',
			value: 'process',
			description:
				'When Rakuten recorded the line: refunds appear on the day they were recorded. Use it to keep stored data up to date.',
		},
		{
			name: 'Transaction Date',
			value: 'transaction',
			description: 'When the customer ordered: refunds appear next to their orders',
		},
	],
});

const networkChoice = choice('networks', {
	label: 'Networks',
	default: 'all',
	description: 'Rakuten has one network for each country. Each advertiser belongs to one.',
	choices: [
		{
			name: 'All Networks in My Account',
			value: 'all',
			description:
				'One request covers all networks. A row names its network only if the report has the Network column.',
		},
		{
			name: "As in the Credential's Get API URL",
			value: 'credential',
			description: 'The networks chosen when the URL was copied, or all if none were',
		},
		{
			name: 'Selected Networks',
			value: 'selected',
			description: 'Requested one by one. Every row names its network and country.',
		},
	],
});

/** An expression may name networks that are not in the list, by their numbers. */
const selectedNetworks = {
	...choices('selectedNetworks', {
		label: 'Selected Networks',
		required: true,
		default: [],
		description:
			'The countries of the networks to read. With an expression, you can use the numbers of others.',
		choices: networkChoices,
		displayOptions: { show: { networks: ['selected'] } },
	}),
	read: (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]),
};

/** An agent gets items with fields of known names. */
const notForAgents = { hide: { '@tool': [true] } };

const output = choice('output', {
	label: 'Output',
	default: 'items',
	description: 'What to pass to the next node',
	choices: [
		{
			name: 'CSV File',
			value: 'csv',
			description: 'One file with a header row, for large reports and spreadsheets',
		},
		{
			name: 'Items',
			value: 'items',
			description: 'One item for each row, for up to about ten thousand rows',
		},
		{
			name: 'JSON Lines File',
			value: 'jsonl',
			description: 'One file with one JSON object per line, for large reports and databases',
		},
	],
	displayOptions: notForAgents,
});

const binaryField = text('binaryField', {
	label: 'Put Output File in Field',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
	description:
		"In n8n's filesystem mode, a file of any size is written piece by piece. If n8n keeps binary data in its database, the file must fit in memory: use 'Split Every N Rows' in the options.",
	displayOptions: { show: { output: ['csv', 'jsonl'] }, ...notForAgents },
});

const columnNames = choice('columnNames', {
	label: 'Field Names',
	default: 'normalized',
	description: 'How to name the fields of a row',
	choices: [
		{
			name: "Report's Own Headers",
			value: 'report',
			description: 'As in the dashboard (Order ID, Sales, Total Commission), with unchanged texts',
		},
		{
			name: 'Simple',
			value: 'normalized',
			description:
				'The same names for every report (orderId, saleAmount, commission), typed values, ISO dates',
		},
	],
	displayOptions: notForAgents,
});

/** What a row can have beside the columns that its report happens to have. */
const derivedFields = [
	{ name: 'Country', value: 'country' },
	{ name: 'Kind', value: 'kind' },
	{ name: 'Line ID', value: 'lineId' },
	{ name: 'Order Key', value: 'orderKey' },
	{ name: 'Site Name', value: 'siteName' },
];

const simplify = simplifyFields(
	[
		...knownColumns
			.filter(({ type }) => type !== 'time')
			.map(({ header, name }) => ({ name: header, value: name })),
		...derivedFields,
	],
	{ columnNames: ['normalized'] },
);

const previewOnly = toggle('previewOnly', {
	label: 'Preview Only',
	default: false,
	description:
		'Whether to read only the newest part of the range that has data, and to return 20 rows of it, with its totals per currency and network on the output Summary',
	displayOptions: notForAgents,
});

/** An expression may name networks that are not in the list, by their numbers. */
const currencyNetwork = {
	...choice('network', {
		label: 'Network',
		default: 'any',
		description: 'The network whose rows are in this currency',
		choices: [{ name: 'Any Other Network', value: 'any' }, ...networkChoices],
	}),
	read: (value: unknown): number | 'any' =>
		value === undefined || value === 'any' ? 'any' : Number(value),
};

const currencies = rows(
	'currencies',
	{
		label: 'Currencies by Network',
		placeholder: 'Add Currency',
		description:
			'Currency for rows of reports without a Currency column. It is better to add that column to the saved report.',
		row: { label: 'Currency', name: 'currency' },
	},
	[
		currencyNetwork,
		text('currency', {
			label: 'Currency',
			placeholder: 'e.g. USD',
			description: 'The three-letter currency code',
		}),
	],
);

/** An expression may give any zone of the time zone database. */
const timeZone = {
	...choice('timeZone', {
		label: 'Time Zone',
		default: '',
		description:
			'Time zone of the days and times. Use one time zone for each table: in another time zone the same sale has different times, and therefore a different line ID.',
		choices: [
			{
				name: "As in the Credential's Get API URL",
				value: '',
				description: 'GMT if the URL has none',
			},
			...timeZones.map(({ name, value }) => ({ name, value })),
		],
	}),
	read: plainText,
};

const options = collection(
	'options',
	{
		label: 'Options',
		placeholder: 'Add option',
		description: 'Settings for large imports, currencies, and what to do when something is wrong',
	},
	[
		currencies,
		daysPerRequest,
		choice('onWindowFailure', {
			label: "If a Part Can't Be Read",
			default: 'stop',
			description: "What to do when part of the range can't be read after all retries",
			choices: [
				{
					name: 'Continue',
					value: 'continue',
					description: 'Each missing range becomes an item of the output Rejected',
				},
				{
					name: 'Stop',
					value: 'stop',
					description: 'The message names what was read and what is missing',
				},
			],
		}),
		choice('lineIdFrom', {
			label: 'Line ID From',
			default: 'automatic',
			description:
				'What the stable ID of a line is made from. Never change this for a table that already holds rows.',
			choices: [
				{
					name: 'Automatic',
					value: 'automatic',
					description: 'The Transaction ID if the report has it, otherwise the order line columns',
				},
				{
					name: 'Order Line Columns',
					value: 'orderLine',
					description:
						'MID, Order ID, SKU and both dates and times. For tables filled before the report had a Transaction ID.',
				},
			],
		}),
		requiredColumnList,
		requiredColumns,
		maxRetries,
		wholeNumber('splitEveryRows', {
			label: 'Split Every N Rows',
			default: 0,
			min: 0,
			description: 'How many rows one file may hold, 0 for one file. Only for files.',
		}),
		toggle('stopAtFirstRejected', {
			label: 'Stop at First Rejected Row',
			default: false,
			description:
				"Whether to stop when a row can't be read, instead of passing it to the output Rejected",
		}),
		timeZone,
		timeout,
	],
);

/** The fields of Report > Get, in the order a user thinks of them. */
export const getFields = [
	reportField,
	dateRange,
	startDate,
	endDate,
	dateType,
	networkChoice,
	selectedNetworks,
	output,
	binaryField,
	columnNames,
	...simplify.fields,
	previewOnly,
	options,
];

/** Everything that one run of Report > Get is to do, read from the node's fields. */
export interface ReportPlan extends ReportRequest {
	readonly output: 'items' | 'csv' | 'jsonl';
	readonly binaryField: string;
	readonly splitEveryRows: number;
}

/** Reads the fields of one item; throws a RakutenProblem where they don't make sense together. */
export function readReportPlan(
	context: IExecuteFunctions,
	itemIndex: number,
	connection: ReportingConnection,
): ReportPlan {
	const field = itemFields(context, itemIndex);
	const option = field(options);
	const url = connection.getApiUrl;
	const zone = option.timeZone || (url?.timeZone ?? usualZone);
	const dates = field(dateType);
	return {
		connection,
		...chosenReport(field(reportField), connection),
		zone,
		range: resolveDateRange({
			preset: field(dateRange),
			startDate: field(startDate),
			endDate: field(endDate),
			now: DateTime.utc(),
			zone,
		}),
		dateType: dates === 'credential' ? (url?.dateType ?? 'transaction') : dates,
		networks: networksOf(field(networkChoice), field(selectedNetworks), url?.networks ?? []),
		output: field(output),
		binaryField: field(binaryField),
		fieldNames: field(columnNames),
		fields: simplify.wanted(context, itemIndex),
		previewOnly: field(previewOnly),
		daysPerRequest: option.daysPerRequest,
		maxRetries: option.maxRetries,
		timeoutSeconds: option.timeout,
		continueOnMissing: option.onWindowFailure === 'continue',
		stopAtFirstRejected: option.stopAtFirstRejected,
		splitEveryRows: option.splitEveryRows,
		lineIdFrom: option.lineIdFrom,
		currencies: currenciesOf(option.currencies),
		requiredColumns: columnsRequired(option.requiredColumns, option.requiredColumnList),
	};
}

function networksOf(
	chosen: ValueOf<typeof networkChoice>,
	selected: readonly unknown[],
	fromUrl: readonly number[],
): Array<Network | undefined> {
	if (chosen === 'all' || (chosen === 'credential' && fromUrl.length === 0)) return [undefined];
	const ids = chosen === 'credential' ? fromUrl : selected;
	const found = [...new Set(ids.map(Number))].map((id): Network => {
		if (!Number.isInteger(id) || id <= 0) {
			throw new RakutenProblem(
				'unknownNetwork',
				"'Selected Networks' holds a value that is not a network number",
				'Choose countries from the list, or give their network numbers, such as 1 for the United States.',
			);
		}
		return networkById(id) ?? { id, name: `Network ${id}`, country: '', countryCode: '' };
	});
	if (found.length > 0) return found;
	throw new RakutenProblem(
		'noNetworks',
		"'Networks' is set to selected networks, but none is selected",
		'Select at least one country, or set the field to All Networks in My Account.',
	);
}

function currenciesOf(entries: ValueOf<typeof currencies>): Map<number | 'any', string> {
	const byNetwork = new Map<number | 'any', string>();
	for (const { network, currency } of entries) {
		const code = currency.toUpperCase();
		if (!/^[A-Z]{3}$/.test(code)) {
			throw new RakutenProblem(
				'unknownCurrency',
				"'Currencies by Network' holds a currency that is not a three-letter code",
				'Use codes such as USD, GBP or EUR.',
			);
		}
		byNetwork.set(network, code);
	}
	return byNetwork;
}
