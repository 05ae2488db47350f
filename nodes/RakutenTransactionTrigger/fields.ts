import { changed, shownWhen } from '../kit/fields/field';
import { choice, collection, text, wholeNumber } from '../kit/fields/fields';
import { reportField } from '../reading/reportField';

export const source = choice('source', {
	label: 'Source',
	fixed: true,
	default: 'events',
	description: 'Where to get new transaction lines from',
	choices: [
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
});

export const report = shownWhen(
	changed(reportField, {
		description:
			'A report with order lines: with a Transaction ID, or with MID, Order ID, SKU and both dates and times. It is read once in each poll. If it takes longer than a few minutes, use a Schedule Trigger with Report > Get instead.',
	}),
	{ source: ['report'] },
);

export const eventFlag = choice('eventFlag', {
	label: 'Lines',
	default: 'both',
	description:
		"Some advertisers report an order immediately as an early event (is_event Y), on which no commission is paid, and later as the transaction itself (is_event N), with another line ID. Others report only transactions, and some only early events. If you use both, add up only the amounts of lines whose 'isEvent' is false.",
	choices: [
		{
			name: 'Early Events Only',
			value: 'events',
			description: 'Without lines that are a transaction (is_event N)',
		},
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
	],
	displayOptions: { show: { source: ['events'] } },
});

export const advertiserIds = text('advertiserIds', {
	label: 'Advertiser IDs',
	placeholder: 'e.g. 45904, 38502',
	description:
		'Only lines of these advertisers (MID), separated by commas. Leave empty for all advertisers. A line that names no advertiser is always included.',
});

export const startFrom = choice('startFrom', {
	label: 'Start From',
	default: 'now',
	description:
		'Where the trigger begins when its workflow is published for the first time. Later it always continues where it stopped, however long it was unpublished.',
	choices: [
		{
			name: 'Now',
			value: 'now',
			description: 'Lines that are already visible when the trigger starts are left out',
		},
		{
			name: 'Some Hours Back',
			value: 'hoursBack',
			description: 'The second poll brings lines from that far back',
		},
	],
});

export const hoursBack = wholeNumber('hoursBack', {
	label: 'Hours Back',
	default: 24,
	min: 1,
	max: 100_000,
	description:
		'How far back to begin: 24 brings what Rakuten recorded in the 24 hours before the trigger started. The Events API reaches back 694 hours; a report is read from the beginning of that day.',
	displayOptions: { show: { startFrom: ['hoursBack'] } },
});

export const options = collection(
	'options',
	{
		label: 'Options',
		placeholder: 'Add option',
		description: 'Additional options',
	},
	[
		wholeNumber('mostLines', {
			label: 'Maximum Lines per Poll',
			default: 1000,
			min: 1,
			max: 10_000,
			description: 'The most lines that one execution gets. The rest comes with the next poll.',
		}),
		wholeNumber('silenceHours', {
			label: 'Notice After Silent Hours',
			default: 24,
			min: 0,
			max: 100_000,
			description:
				"After how many hours without a new line to send a notice on the output 'Notices', once until a line arrives again. 0 means never.",
		}),
		wholeNumber('overlapDays', {
			label: 'Overlap in Days',
			default: 3,
			min: 1,
			max: 60,
			description:
				'How many days before the last poll to read again, for lines that appear in the report later than their process date. Lines that already came do not come again.',
			displayOptions: { show: { '/source': ['report'] } },
		}),
		wholeNumber('overlapMinutes', {
			label: 'Overlap in Minutes',
			default: 30,
			min: 1,
			max: 10_080,
			description:
				'How many minutes before the last poll to read again, for lines that appear later than their process date. Lines that already came do not come again.',
			displayOptions: { show: { '/source': ['events'] } },
		}),
	],
);

/** The fields of the node, in the order a user meets them; n8n puts its Poll Times before them. */
export const fields = [source, report, eventFlag, advertiserIds, startFrom, hoursBack, options];
