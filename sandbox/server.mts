import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LineFilter, Selection } from './account.mts';
import { runCommandLine } from './commandLine.mts';
import { answerControl, CONTROL_PATH } from './controlApi.mts';
import type { Fault, PlacedFault } from './faults.mts';
import { getApiUrl } from './getApiUrl.mts';
import type { LedgerTotals } from './ledger.mts';
import { DOCUMENTED_REQUESTS_PER_MINUTE } from './limiter.mts';
import { NETWORKS_WITH_DATA } from './networks.mts';
import { answerReport } from './reportingHost.mts';
import type { ReportDefinition } from './reports.mts';
import type { RequestEntry } from './requestLog.mts';
import type { Settings } from './settings.mts';
import { SandboxState, type LineView } from './state.mts';

export { fakeReportToken } from './tokens.mts';
export type { Fault, FaultMatch } from './faults.mts';
export type { LedgerTotals } from './ledger.mts';
export type { RequestEntry } from './requestLog.mts';
export type { Settings } from './settings.mts';

export interface SandboxOptions {
	/** 0 (the default) takes a free one. */
	port?: number;
	host?: '127.0.0.1';
	seed?: number;
	/** `YYYY-MM-DD`; today in GMT by default. The host's clock stands at noon GMT of this day. */
	today?: string;
	/** The publisher's report token; made up, with 64 zeros in it, by default. */
	token?: string;
	/** Further tokens that are accepted, each with a limit of its own. */
	moreTokens?: readonly string[];
	/** Enforced with 429; 5 as documented by default, 0 for no limit. */
	requestsPerMinute?: number;
	/** How much faster the limiter's clock runs; 1 by default. */
	speedUp?: number;
	/** Months of data before today, 13 by default. */
	months?: number;
	/** Multiplies the number of orders; 1 makes about 4,000 lines in 12 months. */
	scale?: number;
	/** Ids of the networks with data; 1, 3, 5, 7, 9 and 41 by default. */
	networks?: readonly number[];
	/** Gives one advertiser of every network another currency than its network's. */
	mixedCurrencies?: boolean;
	faults?: readonly Fault[];
	settings?: Partial<Settings>;
}

/** A running sandbox. */
export interface Sandbox {
	/** The base URL that stands for `https://ran-reporting.rakutenmarketing.com`, no slash at its end. */
	url: string;
	/** The publisher's report token, not percent-encoded. */
	token: string;
	advertiserToken: string;
	/** Where another process can drive it, with a slash at its end. */
	controlUrl: string;
	/** How the limit differs from the documented one, in words. */
	limit: string;
	today(): string;
	/** What the dashboard's Get API window would show. */
	getApiUrl(reportKey?: string, networks?: readonly number[]): string;
	ledger: {
		totals(selection?: Partial<Selection>): LedgerTotals;
		/** Rows a report has for a selection, aggregate reports included. */
		reportRows(reportKey: string, selection?: Partial<Selection>): number;
	};
	requests(): RequestEntry[];
	clearRequests(): void;
	addFault(fault: Fault): PlacedFault;
	/** Faults in place with how often they matched and hit. */
	faults(): PlacedFault[];
	clearFaults(id?: number): void;
	changeSettings(change: Partial<Settings>): Settings;
	saveReport(report: Partial<ReportDefinition> & Pick<ReportDefinition, 'key' | 'columns'>): void;
	advanceTo(today: string): void;
	lines(filter?: LineFilter): LineView[];
	restateCommission(filter: LineFilter, change: { percent?: number; amount?: string }): LineView[];
	fillInU1(filter?: LineFilter, value?: string): LineView[];
	addCorrection(filter?: LineFilter, share?: number, processedOn?: string): LineView[];
	close(): Promise<void>;
}

/** Starts the stand-in for the reporting host on loopback; it answers when the promise resolves. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const state = new SandboxState({
		seed: options.seed ?? 1,
		today: options.today ?? new Date().toISOString().slice(0, 10),
		months: options.months ?? 13,
		scale: options.scale ?? 1,
		networks: options.networks ?? NETWORKS_WITH_DATA,
		mixedCurrencies: options.mixedCurrencies ?? false,
		requestsPerMinute: options.requestsPerMinute ?? DOCUMENTED_REQUESTS_PER_MINUTE,
		speedUp: options.speedUp ?? 1,
		token: options.token,
		moreTokens: options.moreTokens ?? [],
	});
	if (options.settings) state.changeSettings(options.settings);
	for (const fault of options.faults ?? []) state.addFault(fault);

	const server = createServer((request, response) => {
		const answer = request.url?.startsWith(CONTROL_PATH) ? answerControl : answerReport;
		answer(state, request, response).catch((error: unknown) => {
			// A slip of the sandbox's own must not pass for one of Rakuten's errors.
			process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : String(error)}\n`);
			response.destroy();
		});
	});
	// Longer than the pacing of a client, or its next request may meet a connection just closing.
	server.keepAliveTimeout = 65_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
	});
	const { address, port } = server.address() as AddressInfo;
	const url = `http://${address}:${port}`;
	return {
		url,
		token: state.token,
		advertiserToken: state.advertiserToken,
		controlUrl: url + CONTROL_PATH,
		limit: state.limiter.text,
		today: () => state.account.today,
		getApiUrl: (reportKey, networks) => getApiUrl(url, state, reportKey, networks),
		ledger: {
			totals: (selection) => state.totals(selection),
			reportRows: (key, selection) => state.reportRows(key, selection),
		},
		requests: () => state.log.list(),
		clearRequests: () => state.log.clear(),
		addFault: (fault) => state.addFault(fault),
		faults: () => state.faults.list(),
		clearFaults: (id) => state.clearFaults(id),
		changeSettings: (change) => state.changeSettings(change),
		saveReport: (report) => void state.reports.save(report),
		advanceTo: (today) => state.account.advanceTo(today),
		lines: (filter = {}) => state.lines(filter),
		restateCommission: (filter, change) => state.restateCommission(filter, change),
		fillInU1: (filter = {}, value) => state.fillInU1(filter, value),
		addCorrection: (filter = {}, share, processedOn) =>
			state.addCorrection(filter, share, processedOn),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

if (import.meta.main) void runCommandLine(startSandbox);
