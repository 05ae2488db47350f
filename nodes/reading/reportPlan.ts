import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { resolveDateRange } from '../../rakuten/date/dateRange';
import type { DayWindow } from '../../rakuten/date/windows';
import { networkById } from '../../rakuten/network/networks';
import type { Network } from '../../rakuten/network/networks';
import { RakutenProblem } from '../../rakuten/problem';
import { columnPresets, readColumnList } from '../../rakuten/report/requiredColumns';
import { oneOf, wholeNumber } from '../kit/fieldValue';
import type { ReportingConnection } from '../../services/reporting/reportingConnection';
import { readReport } from './reportField';
import type { ChosenReport } from './reportField';

/** Rows of a preview. */
export const previewRows = 20;

/** Everything that one run of Report > Get is to do, read from the node's fields. */
export interface ReportPlan {
	readonly connection: ReportingConnection;
	readonly reportKey: string;
	readonly language: string;
	readonly range: DayWindow;
	readonly dateType: 'transaction' | 'process';
	readonly zone: string;
	/** Asked for one by one; a single `undefined` is one request for all networks. */
	readonly networks: ReadonlyArray<Network | undefined>;
	readonly output: 'items' | 'csv' | 'jsonl';
	readonly binaryField: string;
	readonly fieldNames: 'normalized' | 'report';
	readonly previewOnly: boolean;
	readonly daysPerRequest: number;
	readonly maxRetries: number;
	readonly timeoutSeconds: number;
	readonly continueOnMissing: boolean;
	readonly stopAtFirstRejected: boolean;
	readonly splitEveryRows: number;
	readonly summaryItem: boolean;
	readonly summaryItemWhenEmpty: boolean;
	readonly lineIdFrom: 'automatic' | 'orderLine';
	readonly currencies: ReadonlyMap<number | 'any', string>;
	readonly requiredColumns: readonly string[];
}

/** What a plan has where nobody chose otherwise. */
const defaults = {
	daysPerRequest: 31,
	maxRetries: 3,
	timeoutSeconds: 300,
	splitEveryRows: 0,
	binaryField: 'data',
	timeZone: 'GMT',
} as const;

/** Reads the fields of one item; throws a RakutenProblem where they don't make sense together. */
export function readReportPlan(
	context: IExecuteFunctions,
	itemIndex: number,
	connection: ReportingConnection,
): ReportPlan {
	const field = <T>(name: string, fallback?: T) =>
		context.getNodeParameter(name, itemIndex, fallback) as T;
	const options = field<IDataObject>('options', {});
	const url = connection.getApiUrl;
	const zone = String(options.timeZone || (url?.timeZone ?? defaults.timeZone));
	const choice = <T extends string>(name: string, label: string, choices: readonly T[]) =>
		oneOf(field(name), label, choices);
	const option = <T extends string>(name: string, label: string, choices: readonly T[]) =>
		oneOf(options[name] ?? choices[0], label, choices);
	const dateType = choice('dateType', 'Date Type', ['transaction', 'process', 'credential']);
	return {
		connection,
		...readReport(context, itemIndex, connection),
		zone,
		range: resolveDateRange({
			preset: field('dateRange'),
			startDate: dayText(field('startDate', '')),
			endDate: dayText(field('endDate', '')),
			now: DateTime.utc(),
			zone,
		}),
		dateType: dateType === 'credential' ? (url?.dateType ?? 'transaction') : dateType,
		networks: readNetworks(
			choice('networks', 'Networks', ['all', 'selected', 'credential']),
			field<unknown>('selectedNetworks', []),
			url?.networks ?? [],
		),
		output: choice('output', 'Output', ['items', 'csv', 'jsonl']),
		binaryField: field('binaryField', defaults.binaryField),
		fieldNames: choice('columnNames', 'Field Names', ['normalized', 'report']),
		previewOnly: field('previewOnly', false),
		daysPerRequest: wholeNumber(
			options.daysPerRequest ?? defaults.daysPerRequest,
			'Days per Request',
			1,
		),
		maxRetries: wholeNumber(options.maxRetries ?? defaults.maxRetries, 'Retries', 0),
		timeoutSeconds: wholeNumber(options.timeout ?? defaults.timeoutSeconds, 'Timeout', 1),
		continueOnMissing:
			option('onWindowFailure', "If a Part Can't Be Read", ['stop', 'continue']) === 'continue',
		stopAtFirstRejected: options.stopAtFirstRejected === true,
		splitEveryRows: wholeNumber(
			options.splitEveryRows ?? defaults.splitEveryRows,
			'Split Every N Rows',
			0,
		),
		summaryItem: options.summaryItem === true,
		summaryItemWhenEmpty: options.summaryItemWhenEmpty === true,
		lineIdFrom: option('lineIdFrom', 'Line ID From', ['automatic', 'orderLine']),
		currencies: readCurrencies(options.currencies as IDataObject | undefined),
		requiredColumns: readRequiredColumns(
			String(options.requiredColumns ?? 'none'),
			String(options.requiredColumnList ?? ''),
		),
	};
}

/** The plan that reads a range of a report as it is, for operations that only look at it. */
export function createPlan(
	connection: ReportingConnection,
	report: ChosenReport,
	range: DayWindow,
): ReportPlan {
	return {
		connection,
		...report,
		range,
		dateType: 'transaction',
		zone: defaults.timeZone,
		networks: [undefined],
		output: 'items',
		binaryField: defaults.binaryField,
		fieldNames: 'normalized',
		previewOnly: false,
		daysPerRequest: defaults.daysPerRequest,
		maxRetries: defaults.maxRetries,
		timeoutSeconds: defaults.timeoutSeconds,
		continueOnMissing: false,
		stopAtFirstRejected: false,
		splitEveryRows: defaults.splitEveryRows,
		summaryItem: false,
		summaryItemWhenEmpty: false,
		lineIdFrom: 'automatic',
		currencies: new Map(),
		requiredColumns: [],
	};
}

/** The columns of a preset or of the user's own list; empty for none. */
export function readRequiredColumns(choice: string, list: string): readonly string[] {
	if (choice === 'none') return [];
	oneOf(choice, 'Required Columns', ['none', 'custom', ...columnPresets.map(({ value }) => value)]);
	const preset = columnPresets.find(({ value }) => value === choice);
	if (preset) return preset.columns;
	const columns = readColumnList(list);
	if (columns.length > 0) return columns;
	throw new RakutenProblem(
		'noRequiredColumns',
		"'Required Columns' is set to a custom list, but 'Required Column List' is empty",
		'Name the columns as the dashboard does, separated by commas, or choose a preset.',
	);
}

function readNetworks(
	choice: 'all' | 'selected' | 'credential',
	selected: unknown,
	fromUrl: readonly number[],
): Array<Network | undefined> {
	if (choice === 'all' || (choice === 'credential' && fromUrl.length === 0)) return [undefined];
	const ids = choice === 'credential' ? fromUrl : Array.isArray(selected) ? selected : [selected];
	const chosen = [...new Set(ids.map(Number))].map((id): Network => {
		if (!Number.isInteger(id) || id <= 0) {
			throw new RakutenProblem(
				'unknownNetwork',
				"'Selected Networks' holds a value that is no network number",
				'Choose countries from the list, or give their network numbers, such as 1 for the United States.',
			);
		}
		return networkById(id) ?? { id, name: `Network ${id}`, country: '', countryCode: '' };
	});
	if (chosen.length > 0) return chosen;
	throw new RakutenProblem(
		'noNetworks',
		"'Networks' is set to selected networks, but none is selected",
		'Select at least one country, or set the field to All Networks in My Account.',
	);
}

function readCurrencies(option: IDataObject | undefined): Map<number | 'any', string> {
	const currencies = new Map<number | 'any', string>();
	for (const entry of (option?.currency ?? []) as IDataObject[]) {
		const currency = String(entry.currency ?? '')
			.trim()
			.toUpperCase();
		if (!/^[A-Z]{3}$/.test(currency)) {
			throw new RakutenProblem(
				'unknownCurrency',
				"'Currencies by Network' holds a currency that is no three-letter code",
				'Use codes such as USD, GBP or EUR.',
			);
		}
		currencies.set(entry.network === 'any' ? 'any' : Number(entry.network), currency);
	}
	return currencies;
}

/** A date field holds a text, or a date object where an expression made it. */
function dayText(value: unknown): string {
	if (value instanceof Date) return DateTime.fromJSDate(value).toISO() ?? '';
	const date = value as { toISO?: () => string | null } | null | undefined;
	return typeof date?.toISO === 'function' ? (date.toISO() ?? '') : String(value ?? '');
}
