import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { builtInReports, reportName, usualReportKey } from '../../rakuten/report/builtInReports';
import { readReportKey } from '../../rakuten/report/getApiUrl';
import type { Field } from '../kit/fields/field';
import type { ReportingConnection } from '../../services/reporting/reportingConnection';

/**
 * The report of the pasted Get API URL, or Signature Orders for a token alone. Which one it is shows
 * when it is read: the label stays the same, whatever the credential.
 */
const ofCredential = { name: 'Report of the Credential', value: 'credential' };

/** What the field 'Report' holds. */
export interface ReportChoice {
	readonly mode: string;
	readonly value: unknown;
}

const description =
	"The report to read, named as under Reports > Reporting in the dashboard. Report of the Credential is the report of the credential's Get API URL, or Signature Orders if the credential has a token without its URL.";

/** The field that picks a report: from the list, or a saved report by its key. */
export const reportField: Field<ReportChoice, 'report'> = {
	name: 'report',
	property: {
		displayName: 'Report',
		name: 'report',
		type: 'resourceLocator',
		default: {
			mode: 'list',
			value: ofCredential.value,
			cachedResultName: ofCredential.name,
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

/** Fills the list: the credential's own report first, then Rakuten's built-in ones. */
async function searchReports(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = (filter ?? '').trim().toLowerCase();
	const all = [ofCredential, ...builtInReports.map(({ key, name }) => ({ name, value: key }))];
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
	/** What hints and messages call it. */
	readonly reportName: string;
	readonly language: string;
}

/**
 * The report that the field names.
 *
 * @throws RakutenProblem if a URL or token was pasted into the field
 */
export function chosenReport(
	{ mode, value }: ReportChoice,
	{ getApiUrl }: ReportingConnection,
): ChosenReport {
	const reportKey =
		mode === 'list' && value === ofCredential.value
			? (getApiUrl?.reportKey ?? usualReportKey)
			: readReportKey(String(value ?? ''));
	// English headers and number forms, whatever language the URL was copied in.
	return { reportKey, reportName: reportName(reportKey), language: 'en' };
}
