import { dateText, dayNumber } from '../account/zones.mts';
import type { ReportingState } from '../reporting/reportingHost.mts';

/** The report the account of the sandbox is used with: what the earnings sample asks for. */
const USUAL_REPORT = 'earnings-recommended';

/** The URL the dashboard's Get API window would show for a report: last 30 days, token encoded once. */
export function getApiUrl(
	origin: string,
	state: Pick<ReportingState, 'account' | 'reports' | 'token' | 'advertiserToken'>,
	reportKey: string = USUAL_REPORT,
	networks: readonly number[] = [],
): string {
	const { today } = state.account;
	const report = state.reports.get(reportKey);
	if (!report) throw new Error(`no report "${reportKey}"`);
	const query = [
		`start_date=${dateText(dayNumber(today)! - 29)}`,
		`end_date=${today}`,
		'include_summary=N',
		...networks.map((id) => `network=${id}`),
		'tz=GMT',
		'date_type=transaction',
		`token=${encodeURIComponent(report.side === 'advertiser' ? state.advertiserToken : state.token)}`,
	];
	return `${origin}/en/reports/${reportKey}/filters?${query.join('&')}`;
}
