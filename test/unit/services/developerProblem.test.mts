import {
	developerHost,
	nameDeveloperAnswer,
	refusesToken,
} from '../../../services/developer/developerAnswer';
import { nameBrokenConnection } from '../../../services/problem';
import { nameTokenAnswer } from '../../../services/developer/developerTokenAnswer';
import { hitsOf, noteHit } from '../../../nodes/webhook/postbackHits';

const answer = (status: number, body = '', headers: Record<string, string> = {}) => ({
	status,
	headers,
	body,
});
const secrets = ['client-secret-0001'];
const html = '<!doctype html><html><head><title>Access Denied</title></head></html>';
const wso2 = (code: number, message: string) =>
	`<ams:fault xmlns:ams="http://wso2.org/apimanager/security"><ams:code>${code}</ams:code><ams:message>${message}</ams:message></ams:fault>`;
const limit = 'The number of requests allowed per minute has been exceeded';

describe('§1.1 an answer of the API host', () => {
	it.each([
		[401, '', 'tokenRefused', false],
		[401, wso2(900903, 'Access Token Expired'), 'tokenRefused', false],
		[403, limit, 'rateLimited', true],
		[403, JSON.stringify({ message: limit }), 'rateLimited', true],
		[429, '', 'rateLimited', true],
		[503, wso2(900800, 'Message Throttled Out'), 'rateLimited', true],
		[403, 'You cannot consume this service', 'notEntitled', false],
		[403, '{"message":"You cannot consume this service"}', 'notEntitled', false],
		[403, wso2(900908, 'Resource Forbidden'), 'notEntitled', false],
		[403, '{"message":"Forbidden"}', 'notEntitled', false],
		[403, '{"message":"The sid 5 is not associated with this account"}', 'wrongSite', false],
		[403, '{"message":"Your IP address is not allowed"}', 'addressRefused', false],
		[401, 'IP 203.0.113.7 blocked', 'addressRefused', false],
		[403, '{"message":"Your application is pending approval"}', 'notApproved', false],
		[403, '{"message":"The site has not been approved"}', 'notApproved', false],
		[403, '{"message":"Skipped"}', 'notEntitled', false],
		[403, '', 'forbidden', true],
		[403, html, 'htmlInsteadOfData', true],
		[400, '{"message":"limit must be between 1 and 200"}', 'badRequest', false],
		[404, '{"message":"no Route matched with those values"}', 'notFound', false],
		[404, html, 'notFound', false],
		[302, html, 'redirected', false],
		[408, '', 'timedOut', true],
		[504, html, 'timedOut', true],
		[500, '{"message":"x","error":"UNEXPECTED_ERROR"}', 'serverUnavailable', true],
		[503, html, 'serverUnavailable', true],
		[200, html, 'htmlInsteadOfData', true],
		[200, '[{"a":1},{"b', 'brokenOff', true],
		[200, 'maintenance', 'unexpectedAnswer', true],
		[200, wso2(900800, 'Message Throttled Out'), 'rateLimited', true],
	])('%i %s is %s', (status, body, problemName, mayPass) => {
		const problem = nameDeveloperAnswer(answer(status, body), '3771737', secrets);
		const remedy = mayPass ? 'later' : 'never';
		expect(problem).toMatchObject({ problemName, remedy, beforeRequest: false });
		expect(problem.message.length).toBeGreaterThan(20);
		expect(problem.description).toMatch(/[.")]$/);
		const own = `${problem.message} ${problem.description}`.replace(/Rakuten says: .*/, '');
		expect(own).not.toMatch(/\b(error|problem|failure|mistake)\b/i);
		expect(problem).not.toHaveProperty('code');
	});

	it('waits as long as it is asked to', () => {
		const problem = nameDeveloperAnswer(answer(403, limit, { 'retry-after': '7' }), '1', secrets);
		expect(problem.retryAfterSeconds).toBe(7);
	});

	it.each([
		[401, '', true],
		[401, html, true],
		[401, wso2(900908, 'Resource Forbidden'), false],
		[403, wso2(900903, 'Access Token Expired'), true],
		[403, limit, false],
		[403, '', false],
		[200, wso2(900903, 'Access Token Expired'), false],
		[500, '', false],
	])('%i %s refuses the token: %s', (status, body, expected) => {
		expect(refusesToken(status, body)).toBe(expected);
	});
});

describe('§1 an answer of the token API', () => {
	it.each([
		[401, '', 'wrongClient'],
		[401, '{"error":"invalid_client"}', 'wrongClient'],
		[
			400,
			'{"error":"invalid_client","error_description":"Invalid client authentication"}',
			'wrongClient',
		],
		[400, '{"error":"unauthorized_client"}', 'wrongClient'],
		[403, wso2(900901, 'Invalid Credentials'), 'wrongClient'],
		[400, '{"error":"invalid_scope"}', 'wrongSite'],
		[400, '', 'wrongSite'],
		[403, wso2(900908, 'The site 5 is not associated with this account'), 'wrongSite'],
		[
			400,
			'{"error":"unsupported_grant_type","error_description":"Invalid grant_type"}',
			'badRequest',
		],
		[403, limit, 'rateLimited'],
		[403, 'You cannot consume this service', 'notEntitled'],
		[403, html, 'htmlInsteadOfData'],
		[403, '', 'forbidden'],
		[503, wso2(900800, 'Message Throttled Out'), 'rateLimited'],
		[500, '', 'serverUnavailable'],
		[404, '', 'notFound'],
		[200, html, 'htmlInsteadOfData'],
		[200, '{"token":"x"}', 'brokenOff'],
		[200, '', 'unexpectedAnswer'],
		[403, '{"error":"pending approval"}', 'notApproved'],
		[400, '{"error":"The application is awaiting approval"}', 'notApproved'],
		[401, '{"error":"IP not allowed"}', 'addressRefused'],
	])('%i %s is %s', (status, body, problemName) => {
		const problem = nameTokenAnswer(answer(status, body), '3771737', secrets);
		expect(problem).toMatchObject({ problemName });
		// n8n's credential test shows the message alone.
		if (problemName === 'wrongClient') expect(problem.message).toContain('Client Secret');
		if (problemName === 'wrongSite') expect(problem.message).toContain('Site ID 3771737');
		// Known to n8n as codes, for which it would replace the message.
		expect(problem.message.toUpperCase()).not.toMatch(
			/ECONN|ENOTFOUND|ETIMEDOUT|EPERM|EACCES|ENOENT/,
		);
	});
});

describe('a request without an answer', () => {
	const failure = (code: string, message: string) =>
		Object.assign(new Error('wrapped'), { cause: Object.assign(new Error(message), { code }) });

	it.each([
		['ECONNREFUSED', 'connect ECONNREFUSED', 'unreachable'],
		['ENOTFOUND', 'getaddrinfo ENOTFOUND', 'unreachable'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', 'unreachable'],
		['ECONNABORTED', 'timeout of 60000ms exceeded', 'timedOut'],
		['ECONNRESET', 'socket hang up', 'brokenOff'],
	])('with %s is %s', (code, message, problemName) => {
		const problem = nameBrokenConnection(failure(code, message), developerHost, secrets);
		expect(problem).toMatchObject({ problemName, remedy: 'later' });
	});

	it('has no secret in its details', () => {
		const problem = nameBrokenConnection(
			failure('ECONNRESET', 'Bearer abcdef0123456789abcdef client-secret-0001'),
			developerHost,
			secrets,
		);
		expect(problem.description).not.toMatch(/abcdef0123456789|client-secret-0001/);
	});
});

describe('hits of this process', () => {
	const noon = Date.parse('2026-11-21T12:00:00Z');

	const url = 'https://n8n.example/webhook/a-trigger/postback?u1=<u1>&key=x';

	it('are counted by trigger, by site and by day in UTC', () => {
		expect(hitsOf('1', url)).toEqual({ lastHit: undefined, lastState: undefined, today: 0 });
		noteHit('a-trigger', '1', 'accepted', noon);
		noteHit('a-trigger', '1', 'discarded', noon + 1000);
		noteHit('a-trigger', '2', 'accepted', noon);
		expect(hitsOf('1', url, noon + 2000)).toEqual({
			lastHit: '2026-11-21T12:00:01.000Z',
			lastState: 'discarded',
			today: 2,
		});
		const tomorrow = Date.parse('2026-11-22T00:00:00Z');
		expect(hitsOf('1', url, tomorrow)).toMatchObject({ lastState: 'discarded', today: 0 });
		noteHit('a-trigger', '1', 'accepted', tomorrow);
		expect(hitsOf('1', url, tomorrow).today).toBe(1);
		expect(hitsOf('2', url, noon).today).toBe(1);
		const another = url.replace('a-trigger', 'another');
		expect(hitsOf('1', another, tomorrow)).toMatchObject({ lastHit: undefined, today: 0 });
		expect(hitsOf('1', undefined, tomorrow)).toMatchObject({ lastHit: undefined, today: 0 });
	});
});
