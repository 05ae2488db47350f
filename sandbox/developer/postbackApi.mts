import { bareAnswer, jsonAnswer, v1Refusal, type Answer } from '../host/answers.mts';
import type { Developer } from './developer.mts';
import type { DeveloperSettings } from './developerSettings.mts';
import type { GatewayRequest } from './gatewayRequest.mts';
import type { RegisteredPostback } from './registeredPostback.mts';

/** `POST /v1/postback`, and GET, PUT and DELETE of `/v1/postback/{sid}`. */
export function answerPostback(developer: Developer, request: GatewayRequest): Answer {
	const { method, path } = request;
	if (path === '/v1/postback') {
		return method === 'POST' ? create(developer, request) : v1Refusal(405, 'Method not allowed');
	}
	const sid = path.slice('/v1/postback/'.length);
	if (!/^\d+$/.test(sid)) return v1Refusal(400, 'sid must be an integer');
	if (sid !== developer.siteId) return notYours(sid);
	switch (method) {
		case 'GET':
			return developer.registered ? shown(developer) : missing(developer);
		case 'PUT':
			return update(developer, request);
		case 'DELETE':
			developer.registered = undefined;
			return bareAnswer(200);
		default:
			return v1Refusal(405, 'Method not allowed');
	}
}

function create(developer: Developer, request: GatewayRequest): Answer {
	const body = readBody(request);
	if (typeof body === 'string') return v1Refusal(400, body);
	if (!Number.isInteger(body.sid)) return v1Refusal(400, 'sid must be an integer');
	if (String(body.sid) !== developer.siteId) return notYours(String(body.sid));
	if (developer.registered && developer.settings.existingPostback === 'refuse') {
		return v1Refusal(400, `A postback for sid ${developer.siteId} already exists`);
	}
	return registered(developer, body.postback);
}

/** Registered as far as there is room for the URL. */
function registered(developer: Developer, { url, isActive }: RegisteredPostback): Answer {
	const { longestUrl, longerUrl } = developer.settings;
	const isTooLong = longestUrl > 0 && url.length > longestUrl;
	if (isTooLong && longerUrl === 'refuse') return v1Refusal(400, 'url is too long');
	developer.registered = { url: isTooLong ? url.slice(0, longestUrl) : url, isActive };
	return shown(developer);
}

/** How a URL is shown that was stored as it is. */
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const PERCENT: Record<string, string> = { '<': '%3C', '>': '%3E' };

function shownUrl(url: string, { urlStoredAs }: DeveloperSettings): string {
	switch (urlStoredAs) {
		case 'sent':
			return url;
		case 'entities':
			return url.replace(/[&<>]/g, (character) => ESCAPES[character]!);
		case 'percent':
			return url.replace(/[<>]/g, (character) => PERCENT[character]!);
		case 'blank':
			return `${url} `;
	}
}

function update(developer: Developer, request: GatewayRequest): Answer {
	const body = readBody(request);
	if (typeof body === 'string') return v1Refusal(400, body);
	if (!developer.registered) return v1Refusal(404, 'Postback not found');
	return registered(developer, body.postback);
}

/** @returns the registration a body asks for, or what is wrong with it */
function readBody({
	contentType,
	body,
}: GatewayRequest): { sid: unknown; postback: RegisteredPostback } | string {
	if (!/^application\/json\b/i.test(contentType)) return 'Content-Type must be application/json';
	let given: unknown;
	try {
		given = JSON.parse(body);
	} catch {
		return 'The body is not valid JSON';
	}
	if (typeof given !== 'object' || given === null) return 'The body must be an object';
	const { sid, url, is_active: isActive } = given as Record<string, unknown>;
	if (isActive !== 'Y' && isActive !== 'N') return 'is_active must be Y or N';
	if (typeof url !== 'string' || url.trim() === '') return 'url is required';
	return { sid, postback: { url, isActive: isActive === 'Y' } };
}

function shown({ registered, siteId, settings }: Developer): Answer {
	const { isActive } = registered!;
	const url = shownUrl(registered!.url, settings);
	const flag = settings.isActiveAs === 'boolean' ? isActive : isActive ? 'Y' : 'N';
	const data = { sid: Number(siteId), is_active: flag, url };
	if (settings.postbackAs === 'bare') return jsonAnswer(200, data);
	const list = settings.postbackAs === 'list' ? [data] : data;
	return jsonAnswer(200, { _metadata: metadata(siteId), data: list });
}

function missing({ siteId, settings }: Developer): Answer {
	switch (settings.missingPostbackAs) {
		case 'message':
			return jsonAnswer(200, { message: 'No records found' });
		case 'notFound':
			return v1Refusal(404, 'Postback not found');
		case 'emptyList':
			return jsonAnswer(200, { _metadata: metadata(siteId), data: [] });
	}
}

function metadata(siteId: string) {
	return {
		api_name_version: 'postback-v1.0.0',
		_links: { self: `/v1/postback/${siteId}` },
	};
}

function notYours(sid: string): Answer {
	return v1Refusal(403, `The sid ${sid} is not associated with this account`);
}
