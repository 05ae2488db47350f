import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { LineFilter, Selection } from '../account/account.mts';
import { dateText, dayNumber, isZone } from '../account/zones.mts';
import { getApiUrl } from '../dashboard/getApiUrl.mts';
import type { Report } from '../reporting/reports.mts';
import type { Action, Call } from './action.mts';
import { ControlFile } from './controlFile.mts';
import { DEVELOPER_ACTIONS } from './developerControls.mts';
import { EXPORT_ACTIONS } from './exportControls.mts';
import type { SandboxState } from './state.mts';

/** Everything another process can ask of a running sandbox. `*` is the rest of the path. */
const ACTIONS: Record<string, Action> = {
	'GET ': overview,
	'GET requests': (state) => state.log.list(),
	'DELETE requests': (state) => state.log.clear(),
	'GET faults': (state) => state.faults.list(),
	'POST faults': (state, { body }) =>
		(Array.isArray(body) ? body : [body]).map((fault) => state.addFault(fault)),
	'DELETE faults': (state) => state.clearFaults(),
	'DELETE faults/*': (state, { rest }) => state.clearFaults(Number(rest)),
	'GET ledger': ledger,
	'GET lines': (state, { query }) => state.lines(lineFilter(Object.fromEntries(query), 20)),
	'GET settings': (state) => state.settings,
	'PATCH settings': (state, { body }) => state.changeSettings(body),
	'GET reports': (state) => state.reports.list(),
	'PUT reports/*': (state, { body, rest }) =>
		definition(state.reports.save({ ...body, key: rest })),
	'DELETE reports/*': (state, { rest }) => ({ removed: state.reports.remove(rest) }),
	'GET get-api-url': (state, { query, origin }) => ({
		url: getApiUrl(
			origin,
			state,
			query.get('report') ?? undefined,
			query.getAll('network').map(Number),
		),
	}),
	'PUT limit': (state, { body }) => {
		state.limiter.limit = { ...state.limiter.limit, ...limitOf(body) };
		return { ...state.limiter.limit, limit: state.limiter.text };
	},
	'PUT today': (state, { body }) => {
		state.account.advanceTo(
			body.today ?? dateText(dayNumber(state.account.today)! + Number(body.days ?? 1)),
		);
		return overview(state);
	},
	'POST restate-commission': (state, { body }) =>
		state.restateCommission(lineFilter(body), { percent: body.percent, amount: body.amount }),
	'POST fill-in-u1': (state, { body }) => state.fillInU1(lineFilter(body), body.value),
	'POST add-correction': (state, { body }) =>
		state.addCorrection(lineFilter(body), body.share, body.processedAt ?? body.processedOn),
	...DEVELOPER_ACTIONS,
	...EXPORT_ACTIONS,
};

export const CONTROL_PATH = '/__sandbox/';

/** Answers a request under `/__sandbox/`: JSON in, JSON or a file out; 400 names what was not understood. */
export async function answerControl(
	state: SandboxState,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const answer = (status: number, body: unknown) => {
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(`${JSON.stringify(body ?? { done: true })}\n`);
	};
	const origin = `http://${request.headers.host ?? 'localhost'}`;
	const url = new URL(request.url ?? '', origin);
	const path = url.pathname.slice(CONTROL_PATH.length);
	const slash = path.indexOf('/');
	const [name, rest] =
		slash < 0 ? [path, ''] : [`${path.slice(0, slash)}/*`, path.slice(slash + 1)];
	const action = ACTIONS[`${request.method} ${name}`];
	if (!action) return answer(404, { error: 'no such control', controls: Object.keys(ACTIONS) });
	try {
		const sent = await text(request);
		const body: unknown = sent === '' ? {} : JSON.parse(sent);
		const result = await action(state, { body, query: url.searchParams, rest, origin });
		if (!(result instanceof ControlFile)) return answer(200, result);
		response.writeHead(200, {
			'content-type': result.type,
			'content-disposition': `attachment; filename="${result.name}"`,
		});
		await pipeline(result.content, response);
	} catch (error) {
		if (response.headersSent) return void response.destroy();
		answer(400, { error: error instanceof Error ? error.message : String(error) });
	}
}

function overview(state: SandboxState) {
	const { seed, months, scale, networks } = state.account.options;
	return {
		today: state.account.today,
		seed,
		months,
		scale,
		networks,
		lines: state.account.size,
		limit: state.limiter.text,
		settings: state.settings,
		faults: state.faults.list(),
		reports: state.reports.list().map(({ key }) => key),
	};
}

/** `?from=&to=&date_type=&tz=&network=&network=`; with `report=`, also how many rows that report has. */
function ledger(state: SandboxState, { query }: Call) {
	const networks = query.getAll('network').map(Number);
	const selection: Partial<Selection> = {
		...(query.has('from') && { from: query.get('from')! }),
		...(query.has('to') && { to: query.get('to')! }),
		...(query.has('date_type') && { dateType: dateType(query.get('date_type')!) }),
		...(query.has('tz') && { zone: zone(query.get('tz')!) }),
		...(networks.length > 0 && { networks }),
	};
	const totals = state.totals(selection);
	const key = query.get('report');
	return key === null ? totals : { ...totals, reportRows: state.reportRows(key, selection) };
}

function definition({ resolved: _, ...rest }: Report) {
	return rest;
}

function dateType(text: string): Selection['dateType'] {
	if (text === 'transaction' || text === 'process') return text;
	throw new Error('date_type is transaction or process');
}

function zone(text: string): string {
	if (isZone(text)) return text;
	throw new Error(`"${text}" is not a time zone`);
}

function lineFilter(given: Record<string, unknown>, limit?: number): LineFilter {
	const text = (name: string) => (given[name] === undefined ? undefined : String(given[name]));
	const number = (name: string) => (given[name] === undefined ? undefined : Number(given[name]));
	return {
		orderId: text('orderId'),
		transactionId: text('transactionId'),
		network: number('network'),
		from: text('from'),
		to: text('to'),
		limit: number('limit') ?? limit,
	};
}

function limitOf(given: Record<string, unknown>): Record<string, number> {
	const limit: Record<string, number> = {};
	for (const name of ['requestsPerMinute', 'speedUp']) {
		if (given[name] === undefined) continue;
		const value = Number(given[name]);
		if (!(value >= (name === 'speedUp' ? 1 : 0))) throw new Error(`${name} is not a usable number`);
		limit[name] = value;
	}
	return limit;
}
