import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NETWORKS_WITH_DATA } from './account/networks.mts';
import { runCommandLine } from './commandLine.mts';
import { answerControl, CONTROL_PATH } from './control/controlApi.mts';
import { SandboxState } from './control/state.mts';
import { getApiUrl } from './dashboard/getApiUrl.mts';
import { answerGateway } from './developer/gateway.mts';
import { isGatewayPath } from './host/apis.mts';
import { DOCUMENTED_REQUESTS_PER_MINUTE } from './host/limiter.mts';
import { answerReport } from './reporting/reportingHost.mts';
import type {
	Sandbox,
	SandboxDeveloper,
	SandboxOptions,
	SandboxPostbackSender,
} from './sandbox.mts';

export { fakeReportToken } from './host/tokens.mts';
export type { NewSales } from './account/addedSales.mts';
export type { DeveloperOptions } from './developer/developer.mts';
export type { DeveloperSettings } from './developer/developerSettings.mts';
export type { EventRecord } from './developer/eventFeed.mts';
export type { Fault, FaultMatch } from './faults/faults.mts';
export type { LedgerTotals } from './account/ledger.mts';
export type { RegisteredPostback } from './developer/registeredPostback.mts';
export type { AttemptTotals, PostbackAttempt } from './developer/postbackAttempts.mts';
export type { SendOptions } from './developer/postbackSender.mts';
export type { RequestEntry } from './host/requestLog.mts';
export type { Sandbox, SandboxOptions } from './sandbox.mts';
export type { Settings } from './reporting/settings.mts';
export type { TokenRequest } from './developer/tokenRequest.mts';

/** Starts the stand-in for Rakuten's hosts on loopback; it answers when the promise resolves. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const state = stateOf(options);
	const server = createServer((request, response) => {
		answerOf(request.url ?? '')(state, request, response).catch((error: unknown) => {
			// A bug of the sandbox itself must not pass for one of Rakuten's errors.
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
		addCorrection: (filter = {}, share, processed) => state.addCorrection(filter, share, processed),
		addSales: (sales) => state.addSales(sales),
		eventRecords: () => state.eventRecords(),
		developer: developerOf(state),
		postbackSender: senderOf(state),
		close: () =>
			new Promise((resolve) => {
				state.sender.close();
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function stateOf(options: SandboxOptions): SandboxState {
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
		developer: options.developer ?? {},
	});
	if (options.settings) state.changeSettings(options.settings);
	for (const fault of options.faults ?? []) state.addFault(fault);
	return state;
}

/** Both of Rakuten's hosts and the control API, by path. */
function answerOf(url: string) {
	if (url.startsWith(CONTROL_PATH)) return answerControl;
	return isGatewayPath(url.split('?')[0]!) ? answerGateway : answerReport;
}

function developerOf({ developer }: SandboxState): SandboxDeveloper {
	return {
		clientId: developer.clientId,
		clientSecret: developer.clientSecret,
		siteId: developer.siteId,
		tokenRequests: () => developer.tokenRequests(),
		expireToken: () => developer.tokens.expire(),
		settings: () => structuredClone(developer.settings),
		change: (settings) => developer.change(settings),
		postback: () => structuredClone(developer.registered),
		setPostback: (postback) => {
			developer.registered = structuredClone(postback);
		},
	};
}

function senderOf({ sender }: SandboxState): SandboxPostbackSender {
	return {
		send: (options) => sender.send(options),
		attempts: () => sender.record.list(),
		totals: (filter) => sender.record.totals(filter),
		clearAttempts: () => sender.record.clear(),
	};
}

if (import.meta.main) void runCommandLine(startSandbox);
