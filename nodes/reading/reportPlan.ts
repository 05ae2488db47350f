import type { DayWindow } from '../../rakuten/date/windows';
import type { Network } from '../../rakuten/network/networks';
import type { ReportingConnection } from '../../services/reporting/reportingConnection';
import type { ChosenReport } from './reportField';
import { daysPerRequest, maxRetries, timeout } from './requestFields';

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

/** The zone of days and times where nobody chose another. */
export const usualZone = 'GMT';

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
		zone: usualZone,
		networks: [undefined],
		output: 'items',
		binaryField: 'data',
		fieldNames: 'normalized',
		previewOnly: false,
		daysPerRequest: daysPerRequest.read(undefined),
		maxRetries: maxRetries.read(undefined),
		timeoutSeconds: timeout.read(undefined),
		continueOnMissing: false,
		stopAtFirstRejected: false,
		splitEveryRows: 0,
		summaryItem: false,
		summaryItemWhenEmpty: false,
		lineIdFrom: 'automatic',
		currencies: new Map(),
		requiredColumns: [],
	};
}
