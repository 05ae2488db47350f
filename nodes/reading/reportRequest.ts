import type { DayWindow } from '../../rakuten/date/windows';
import type { Network } from '../../rakuten/network/networks';
import type { RowSettings } from '../../rakuten/report/rowSettings';
import type { ReportingConnection } from '../../services/reporting/reportingConnection';
import type { ChosenReport } from './reportField';
import { daysPerRequest, maxRetries, timeout } from './requestFields';

/** What to ask Rakuten for, and how to read what comes. */
export interface ReportRequest
	extends ChosenReport, Omit<RowSettings, 'network' | 'siteId' | 'siteName'> {
	readonly connection: ReportingConnection;
	readonly range: DayWindow;
	/** Asked for one by one; a single `undefined` is one request for all networks. */
	readonly networks: ReadonlyArray<Network | undefined>;
	readonly daysPerRequest: number;
	readonly maxRetries: number;
	readonly timeoutSeconds: number;
	readonly requiredColumns: readonly string[];
	readonly previewOnly?: boolean;
	readonly continueOnMissing?: boolean;
	readonly stopAtFirstRejected?: boolean;
}

/** The part of a range that one request asks for. */
export interface ReportPart {
	readonly window: DayWindow;
	readonly network: Network | undefined;
}

/** Rows of a preview. */
export const previewRows = 20;

/** The zone of days and times where nobody chose another. */
export const usualZone = 'GMT';

/** The request for a range of a report as it is, for those who only look at it. */
export const createRequest = (
	connection: ReportingConnection,
	report: ChosenReport,
	range: DayWindow,
): ReportRequest => ({
	connection,
	...report,
	range,
	dateType: 'transaction',
	zone: usualZone,
	networks: [undefined],
	fieldNames: 'normalized',
	fields: 'all',
	lineIdFrom: 'automatic',
	currencies: new Map(),
	daysPerRequest: daysPerRequest.read(undefined),
	maxRetries: maxRetries.read(undefined),
	timeoutSeconds: timeout.read(undefined),
	requiredColumns: [],
});
