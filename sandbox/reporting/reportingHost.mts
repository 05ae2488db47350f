import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import type { Account } from '../account/account.mts';
import type { DamagedRows } from '../account/damagedRows.mts';
import type { FaultPlan } from '../faults/faults.mts';
import { answerFault, refuse } from '../faults/faultyAnswers.mts';
import { apiOf } from '../host/apis.mts';
import { Exchange } from '../host/exchange.mts';
import type { Limiter } from '../host/limiter.mts';
import { rawQuery } from '../host/query.mts';
import type { RequestLog } from '../host/requestLog.mts';
import { readToken, type Side } from '../host/tokens.mts';
import type { Report, Reports } from './reports.mts';
import { reportText } from './reportText.mts';
import { readRequest, type ReportRequest } from './request.mts';
import type { Settings } from './settings.mts';
import { syntheticReport } from './syntheticReport.mts';

/** What the reporting host answers from. */
export interface ReportingState {
	account: Account;
	damaged: DamagedRows;
	faults: FaultPlan;
	limiter: Limiter;
	log: RequestLog;
	reports: Reports;
	settings: Settings;
	token: string;
	advertiserToken: string;
	sideOf: (token: string) => Side | undefined;
}

const CSV = 'text/csv; charset=utf-8';

/** Answers one request as the reporting host: `GET /{lang}/reports/{report-key}/filters?…&token=`. */
export async function answerReport(
	state: ReportingState,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const [path = '', queryText = ''] = (request.url ?? '').split(/\?(.*)/s);
	const query = rawQuery(queryText);
	const { token, encoding } = readToken(query.find(([name]) => name === 'token')?.[1]);
	const side = state.sideOf(token);
	const whose =
		side === undefined ? (token === '' ? 'missing' : 'wrong') : whoseToken(state, token);
	const entry = state.log.add(request, { api: apiOf(path), token, whose, encoding });
	const exchange = new Exchange(request, response, entry);

	const [, language, key] = /^\/([A-Za-z-]+)\/reports\/([^/]+)\/filters$/.exec(path) ?? [];
	if (language === undefined || key === undefined) {
		return refuse(exchange, 404, 'message', 'Not found');
	}
	if (request.method !== 'GET') return refuse(exchange, 405, 'message', 'Method not allowed');
	if (token === '') return refuse(exchange, 400, 'errors', 'token is required');
	if (side === undefined) return refuse(exchange, 403, 'message', 'The token is not valid');
	if (refusedByLimit(state, exchange, token)) return;

	const report = state.reports.get(key);
	if (!report) return refuse(exchange, 400, 'errors', 'The report was not found');
	if (report.side !== 'both' && report.side !== side) {
		return refuse(exchange, 403, 'message', 'This report is not available to your account');
	}
	const asked = readRequest(language, query, state.account.today);
	if ('errors' in asked) return refuse(exchange, 400, 'errors', ...asked.errors);
	await answerAsked(state, exchange, report, asked, side);
}

async function answerAsked(
	state: ReportingState,
	exchange: Exchange,
	report: Report,
	asked: ReportRequest,
	side: Side,
): Promise<void> {
	const { settings } = state;
	const isSynthetic =
		settings.syntheticRows > 0 &&
		report.key === 'signature-orders-report' &&
		asked.selection.from <= state.account.today;
	const real = isSynthetic
		? undefined
		: reportText(state.account, state.damaged, report, asked, side, settings);
	const rows = real?.rows ?? settings.syntheticRows;
	const { from, to, networks } = asked.selection;
	const pieces = () => syntheticPieces(state, from, to);

	let stall = 0;
	const subject = {
		api: 'reporting' as const,
		method: 'GET',
		path: exchange.request.url!.split('?')[0]!,
		report: { key: report.key, networks, from, to, days: asked.days, rows },
	};
	for (const { fault } of state.faults.hitting(subject)) {
		exchange.entry.faults.push(fault.kind);
		if (fault.kind === 'slow') {
			if (fault.where === 'body') stall += fault.ms;
			else await exchange.wait(fault.ms);
			continue;
		}
		if (exchange.isOver) return;
		const whole = { type: CSV, text: real?.text ?? [...pieces()].join('') };
		return await answerFault(exchange, fault, whole);
	}
	if (exchange.isOver) return;
	exchange.entry.rows = rows;
	if (real) await sendReport(state, exchange, real.text, stall);
	else await streamReport(exchange, pieces(), stall);
}

/** The real limit, per token. */
function refusedByLimit(state: ReportingState, exchange: Exchange, token: string): boolean {
	const wait = state.limiter.refuse(token, performance.now());
	if (wait === undefined) return false;
	exchange.entry.faults.push('limit');
	exchange.json(
		429,
		{ message: 'Too many requests. Try again later.' },
		state.settings.retryAfterHeader ? { 'retry-after': String(Math.ceil(wait / 1000)) } : {},
	);
	return true;
}

/** A report with its length, or in chunks, or compressed; a stall comes in the middle of the body. */
async function sendReport(
	state: ReportingState,
	exchange: Exchange,
	text: string,
	stall: number,
): Promise<void> {
	const { chunked, compress } = state.settings;
	const zipped = compress && /\bgzip\b/.test(String(exchange.request.headers['accept-encoding']));
	const body = zipped ? gzipSync(text) : Buffer.from(text);
	const coding: Record<string, string> = zipped ? { 'content-encoding': 'gzip' } : {};
	const length: Record<string, string> = chunked ? {} : { 'content-length': String(body.length) };
	exchange.head(200, { 'content-type': CSV, ...coding, ...length });
	const middle = Math.floor(body.length / 2);
	await exchange.part(body.subarray(0, middle));
	if (stall > 0) await exchange.wait(stall);
	await exchange.part(body.subarray(middle));
	exchange.response.end();
}

/** Made-up rows as fast as the client takes them, and no faster. */
async function streamReport(
	exchange: Exchange,
	pieces: Iterable<string>,
	stall: number,
): Promise<void> {
	exchange.head(200, { 'content-type': CSV });
	if (stall > 0) await exchange.wait(stall);
	const counted = function* () {
		for (const piece of pieces) {
			const bytes = Buffer.from(piece);
			exchange.entry.bytes += bytes.length;
			yield bytes;
		}
	};
	// A client that leaves is not an error here; the log says so.
	await pipeline(Readable.from(counted()), exchange.response).catch(() => undefined);
}

function* syntheticPieces(state: ReportingState, from: string, to: string): Generator<string> {
	if (state.settings.bom) yield '\uFEFF';
	const last = to < state.account.today ? to : state.account.today;
	yield* syntheticReport({
		rows: state.settings.syntheticRows,
		from,
		to: last,
		quotes: state.settings.syntheticQuotes,
	});
}

function whoseToken(state: ReportingState, token: string) {
	if (token === state.token) return state.sideOf(token)!;
	return token === state.advertiserToken ? 'advertiser' : 'other';
}
