import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { RakutenProblem } from '../../rakuten/problem';
import { builtInReports } from '../../rakuten/report/builtInReports';
import { readReportKey } from '../../rakuten/report/getApiUrl';
import type { Field } from '../kit/fields/field';
import type { ReportingConnection } from '../../services/reporting/reportingConnection';

/** Stands for the report in the credential's Get API URL. */
const inCredential = 'credential';

/** What the field 'Report' holds. */
export interface ReportChoice {
	readonly mode: string;
	readonly value: unknown;
}

const description = 'The report to read, named as under Reports > Reporting in the dashboard';

/** The field that picks a report: from the list, or a saved report by its key. */
export const reportField: Field<ReportChoice, 'report'> = {
	name: 'report',
	property: {
		displayName: 'Report',
		name: 'report',
		type: 'resourceLocator',
		default: {
			mode: 'list',
			value: 'signature-orders-report',
			cachedResultName: 'Signature Orders',
		},
		required: true,
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a report…',
				typeOptions: { searchListMethod: 'searchReports', searchable: true },
			},
			{
				displayName: 'By Key',
				name: 'key',
				type: 'string',
				placeholder: 'e.g. my-earnings-report',
				hint: 'The key of a saved report: the part of its Get API URL between /reports/ and /filters. The URL itself belongs in the credential.',
			},
		],
	},
	read: (value) =>
		typeof value === 'object' && value !== null ? (value as ReportChoice) : { mode: 'key', value },
	listSearch: { searchReports },
};

/** The same field, with the report in the credential's Get API URL as its default. */
export const reportInCredential = {
	...reportField,
	property: {
		...reportField.property,
		default: {
			mode: 'list',
			value: inCredential,
			cachedResultName: "Report in the Credential's Get API URL",
		},
	},
};

/** Fills the list: the credential's own report first, then Rakuten's built-in ones. */
async function searchReports(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = (filter ?? '').trim().toLowerCase();
	const all = [
		{ name: "Report in the Credential's Get API URL", value: inCredential },
		...builtInReports.map(({ key, name }) => ({ name, value: key })),
	];
	return {
		results: all.filter(
			({ name, value }) => name.toLowerCase().includes(wanted) || value.includes(wanted),
		),
	};
}

/** The report that a request is for. */
export interface ChosenReport {
	/** As in the path, including percent-encoding. */
	readonly reportKey: string;
	readonly language: string;
}

/**
 * The report that the field names.
 *
 * @throws RakutenProblem if a URL or token was pasted into the field, or the credential names no
 * report
 */
export function chosenReport(
	{ mode, value }: ReportChoice,
	connection: ReportingConnection,
): ChosenReport {
	if (mode !== 'list' || value !== inCredential) {
		return { reportKey: readReportKey(String(value ?? '')), language: 'en' };
	}
	if (!connection.getApiUrl) {
		throw new RakutenProblem(
			'noReportInCredential',
			"The credential's 'Report Token' field contains a token without its URL, so it names no report",
			"Paste the whole Get API URL into the credential, or choose the report in the 'Report' field.",
		);
	}
	// English headers and number forms, whatever language the URL was copied in.
	return { reportKey: connection.getApiUrl.reportKey, language: 'en' };
}
