/** What is requested from the reporting API in one request. */
export interface ReportQuery {
	/** Two letters; `en` unless other column names are wanted. */
	readonly language: string;
	/** As in the path of a Get API URL. */
	readonly reportKey: string;
	/** First and last day, YYYY-MM-DD, both included, in the time zone. */
	readonly startDate: string;
	readonly endDate: string;
	/** Network IDs; an empty list requests every network of the account at once. */
	readonly networks: readonly number[];
	/** Such as `GMT` or `America/New_York`. */
	readonly timeZone: string;
	readonly dateType: 'transaction' | 'process';
}

/** The path of a report. The key is used unchanged, because it is kept as in a path. */
export function reportPath({
	language,
	reportKey,
}: Pick<ReportQuery, 'language' | 'reportKey'>): string {
	return `/${encodeURIComponent(language)}/reports/${reportKey}/filters`;
}

/**
 * The query of a request without its token, which only the credential adds. Values are not encoded
 * yet; a list is sent as the same parameter several times, the only form that has been seen for
 * networks. A summary is never requested, because it would precede the table.
 */
export function reportQuery(
	request: Omit<ReportQuery, 'language' | 'reportKey'>,
): Record<string, string | string[]> {
	return {
		start_date: request.startDate,
		end_date: request.endDate,
		include_summary: 'N',
		...(request.networks.length > 0 ? { network: request.networks.map(String) } : {}),
		tz: request.timeZone,
		date_type: request.dateType,
		// Otherwise an account's own setting might decide which of two numbers is the month.
		date_format: 'm/d/yy',
	};
}
