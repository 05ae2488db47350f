import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Fault, FaultPlan } from '../faults/faults.mts';
import { answerFault } from '../faults/faultyAnswers.mts';
import type { Answer } from '../host/answers.mts';
import { jsonAnswer } from '../host/answers.mts';
import { apiOf, type Api } from '../host/apis.mts';
import { readAuthorization, type Authorization } from '../host/authorization.mts';
import { Exchange } from '../host/exchange.mts';
import { notEntitled, rateLimited, unauthorized } from '../host/gatewayRefusals.mts';
import type { RequestEntry, RequestLog } from '../host/requestLog.mts';
import type { Developer } from './developer.mts';
import { answerEvents } from './eventsApi.mts';
import type { GatewayRequest } from './gatewayRequest.mts';
import { answerPostback } from './postbackApi.mts';
import { answerToken } from './tokenApi.mts';

/** What the API host answers from. */
export interface GatewayState {
	developer: Developer;
	faults: FaultPlan;
	log: RequestLog;
}

/** Answers a request as the API host does: the token API, and what takes its tokens. */
export async function answerGateway(
	state: GatewayState,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const { developer } = state;
	const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
	const api = apiOf(path);
	const authorization = readAuthorization(request.headers.authorization);
	const { credential } = authorization;
	const entry = state.log.add(request, {
		api,
		token: credential,
		whose: api === 'token' ? 'client' : developer.tokens.standingOf(credential),
		scheme: authorization.scheme,
	});
	const exchange = new Exchange(request, response, entry, developer.settings.secondsBehind);
	const method = request.method ?? '';
	// A client that leaves before its body is complete has asked for nothing.
	const body = await text(request).catch(() => undefined);
	if (body === undefined) return;
	const refusal = api === 'token' ? undefined : refusalOf(developer, api, authorization, entry);
	if (refusal) return await send(exchange, refusal, 0);
	await carryOut(state, exchange, {
		number: entry.number,
		time: entry.time,
		api,
		method,
		path,
		query,
		contentType: request.headers['content-type'] ?? '',
		authorization,
		body,
	});
}

/** What the gateway refuses before an API sees it: the token, the limit, the entitlement. */
function refusalOf(
	{ tokens, settings, limiter, clientId }: Developer,
	api: Api,
	{ scheme, credential }: Authorization,
	entry: RequestEntry,
): Answer | undefined {
	const standing = scheme === 'Bearer' ? tokens.standingOf(credential) : 'missing';
	entry.token = standing;
	if (standing !== 'valid') return unauthorized(settings.unauthorizedAs, standing);
	if (limiter.refuse(clientId, performance.now()) !== undefined) {
		entry.faults.push('limit');
		return rateLimited(settings.rateLimitAs);
	}
	const isEntitled = api === 'postback' || api === 'events' ? settings.entitled[api] : true;
	return isEntitled ? undefined : notEntitled(settings.notEntitledAs);
}

/**
 * Carries a request out, and sends the answer past the faults that hit it. Faults come instead of
 * it, or (with `afterwards`, and those that break an answer) once it is carried out.
 */
async function carryOut(
	{ developer, faults }: GatewayState,
	exchange: Exchange,
	request: GatewayRequest,
): Promise<void> {
	const { api, method, path } = request;
	let fault: Fault | undefined;
	const delays = { before: 0, afterwards: 0, body: 0 };
	for (const placed of faults.hitting({ api, method, path })) {
		exchange.entry.faults.push(placed.fault.kind);
		if (placed.fault.kind !== 'slow') fault = placed.fault;
		else if (placed.fault.where === 'body') delays.body += placed.fault.ms;
		else delays[placed.fault.afterwards ? 'afterwards' : 'before'] += placed.fault.ms;
	}
	if (delays.before > 0) await exchange.wait(delays.before);
	const isTooLate = exchange.isOver;
	if (isTooLate || (fault && !comesAfterwards(fault))) {
		if (api === 'token') developer.noteTokenRequest(request, 'fault');
		if (!isTooLate) await answerFault(exchange, fault!, { type: '', text: '' });
		return;
	}
	const answer = answerOf(developer, request);
	if (delays.afterwards > 0) await exchange.wait(delays.afterwards);
	if (exchange.isOver) return;
	if (fault) await answerFault(exchange, fault, answer);
	else await send(exchange, answer, delays.body);
}

function comesAfterwards(fault: Fault): boolean {
	return fault.afterwards === true || fault.kind === 'truncated' || fault.kind === 'wrongLength';
}

function answerOf(developer: Developer, request: GatewayRequest): Answer {
	switch (request.api) {
		case 'token':
			return answerToken(developer, request);
		case 'postback':
			return answerPostback(developer, request);
		case 'events':
			return answerEvents(developer, request.method, request.query);
		default:
			return jsonAnswer(404, { message: 'no Route matched with those values' });
	}
}

/** A stall comes in the middle of the body. */
async function send(exchange: Exchange, answer: Answer, stall: number): Promise<void> {
	const { status, type, text: body, headers = {} } = answer;
	if (stall === 0) return exchange.send(status, type, body, headers);
	const bytes = Buffer.from(body);
	exchange.head(status, {
		'content-type': type,
		'content-length': String(bytes.length),
		...headers,
	});
	const middle = Math.floor(bytes.length / 2);
	await exchange.part(bytes.subarray(0, middle));
	await exchange.wait(stall);
	await exchange.part(bytes.subarray(middle));
	exchange.response.end();
}
