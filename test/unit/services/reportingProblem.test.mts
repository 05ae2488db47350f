import { nameBrokenConnection } from '../../../services/problem';
import { nameDeveloperAnswer } from '../../../services/developer/developerAnswer';
import { nameReportRefusal, reportingHost } from '../../../services/reporting/reportingProblem';

const token = Buffer.from(`encrypteda:2:{s:5:"Token";s:64:"${'0'.repeat(64)}";}`).toString(
	'base64',
);
const answer = (status: number, body = '', headers: Record<string, string> = {}) =>
	nameReportRefusal({ status, body, headers }, [token]);

describe('answers that are not reports', () => {
	it.each([
		[301, '', 'redirected', 'never'],
		[400, '{"errors":["Invalid filter"]}', 'badRequest', 'never'],
		[400, '{"errors":["Report does not exist"]}', 'reportNotFound', 'never'],
		[401, '', 'tokenRefused', 'never'],
		[403, '{"message":"Invalid token"}', 'tokenRefused', 'never'],
		[404, '', 'notFound', 'never'],
		[204, '', 'noData', 'later'],
		[408, '', 'timedOut', 'later'],
		[429, '', 'rateLimited', 'later'],
		[499, '', 'serverUnavailable', 'smaller'],
		[500, '<html><title>Oops</title></html>', 'serverUnavailable', 'smaller'],
		[503, '', 'serverUnavailable', 'later'],
		[200, ' <!doctype html><title>Sign in</title>', 'htmlInsteadOfData', 'later'],
		[200, '{"message":"Unknown report"}', 'reportNotFound', 'never'],
		[200, 'You cannot request this report now.', 'textInsteadOfData', 'never'],
		// As published, one of them malformed.
		[400, '{"code":400,"message":"Invalid report name."}', 'reportNotFound', 'never'],
		[400, '{"code":400,"message":Invalid date type."}', 'badRequest', 'never'],
		[400, '{"errors":["Invalid date range"]}', 'badRequest', 'never'],
		[200, '{"errors":["Invalid date range"]}', 'badRequest', 'never'],
		[403, '{"code":403,"message":"Access Denied"}', 'accessDenied', 'never'],
		[403, '{"message":"Your IP address is not allowed"}', 'addressRefused', 'never'],
		[403, 'Developer Over Qps', 'rateLimited', 'later'],
		[403, '<h1>Developer Over Rate</h1>', 'badRequest', 'never'],
		[400, '{"message":"Quota exceeded"}', 'rateLimited', 'later'],
		[200, 'Too many requests, please slow down', 'rateLimited', 'later'],
		[200, '{"errors":["Rate limit exceeded"]}', 'rateLimited', 'later'],
		[200, 'Your report is being generated. Please try again later.', 'notReady', 'later'],
		[202, 'Please wait', 'noData', 'later'],
		[200, '{"message":"Report generation in progress"}', 'notReady', 'later'],
		[403, 'Service temporarily unavailable', 'notReady', 'later'],
		[200, 'Please try again in a few minutes', 'notReady', 'later'],
		[200, 'Please try again in 5 minutes', 'notReady', 'later'],
		[200, 'Please try again tomorrow.', 'textInsteadOfData', 'never'],
	])('§2.4 status %s, %s: %s, remedy %s', (status, body, code, remedy) => {
		expect(answer(status, body)).toMatchObject({ problemName: code, remedy });
	});

	it.each([
		['https://user:secret-of-somebody@login.example:8443/x?token=secret', 'login.example:8443'],
		['//login.example/x', 'login.example'],
	])('name the host that a redirect to %s leads to, and nothing else of it', (location, host) => {
		for (const { description } of [
			answer(302, '', { location }),
			nameDeveloperAnswer({ status: 302, body: '', headers: { location } }, '3771737', []),
		]) {
			expect(description).toContain(`points to ${host}. `);
			expect(description).not.toContain('secret');
		}
	});

	it.each(['/elsewhere', '', 'http://', undefined])(
		'say nothing of a redirect to %s',
		(location) => {
			const headers = { location } as never;
			expect(answer(302, '', headers).description).not.toContain('points');
		},
	);

	it.each([
		['{"code":400,"message":Invalid date type."}', "'Date Type'", 'date type'],
		['{"errors":["Invalid date range"]}', "'Days per Request'", 'days'],
	])('say what to change after %s', (body, field, what) => {
		const { message, description } = answer(400, body);
		expect(message).toContain(what);
		expect(description).toContain(field);
	});

	it('tell both limits', () => {
		const { message, description } = answer(429);
		expect(message).toContain('at a time or in a short time');
		expect(description).toContain('at most three reports at a time, and a few a minute');
	});

	it('say how long Rakuten asks to wait', () => {
		expect(answer(429, '', { 'retry-after': '3600' }).description).toContain('60 minutes');
	});

	it('quote what Rakuten says, in one short line', () => {
		expect(answer(400, '{"errors":["First","Second"]}').description).toContain('"First; Second"');
		expect(answer(500, '<html><title>Down for\n maintenance</title>').description).toContain(
			'"Down for maintenance"',
		);
		expect(answer(400, `{"message":"${'x'.repeat(5000)}"}`).description.length).toBeLessThan(900);
		expect(answer(404).description).not.toContain('says');
	});

	it('never quote the token, in any form', () => {
		for (const body of [
			token,
			encodeURIComponent(token),
			`{"message":"bad token=${token}"}`,
			'0'.repeat(64),
		]) {
			const { message, description } = answer(400, body);
			expect(message + description).not.toContain(token.slice(0, 30));
			expect(message + description).not.toContain(`${'0'.repeat(64)}`);
		}
	});

	it.each([
		['30', 30],
		['0', 0],
		['100000', 100_000],
		['soon', undefined],
		['', undefined],
		[new Date(Date.now() - 60_000).toUTCString(), 0],
	])('§2.4 read Retry-After %s as %s seconds', (header, seconds) => {
		expect(answer(429, '', { 'retry-after': header }).retryAfterSeconds).toBe(seconds);
	});
});

describe('connections that broke', () => {
	const failure = (code: string, message: string) => {
		const cause = Object.assign(new Error(message), { code });
		return nameBrokenConnection(new Error('wrapped', { cause }), reportingHost, [token]);
	};

	it.each([
		['ECONNABORTED', 'timeout of 300000ms exceeded', 'timedOut', 'smaller'],
		['ECONNRESET', 'socket hang up', 'brokenOff', 'smaller'],
		['ENOTFOUND', 'getaddrinfo ENOTFOUND x.example', 'unreachable', 'later'],
		['ECONNREFUSED', 'connect ECONNREFUSED', 'unreachable', 'later'],
	])('§2.4 %s is %s', (code, message, name, remedy) => {
		expect(failure(code, message)).toMatchObject({ problemName: name, remedy });
	});

	it.each(['ENOTFOUND', 'EAI_AGAIN'])('name the host that is not found by %s', (code) => {
		const { message, description } = failure(code, `getaddrinfo ${code} x.example`);
		expect(message).toBe(
			"Rakuten's reporting service could not be reached: the host x.example can't be found",
		);
		expect(description).toContain("Check the 'Base URL'");
		expect(failure(code, 'lookup failed').message).toBe(
			"Rakuten's reporting service could not be reached",
		);
	});

	it("never show the URL's token", () => {
		const { message, description } = failure(
			'ECONNRESET',
			`GET https://host/filters?token=${token} failed`,
		);
		expect(message + description).not.toContain(token.slice(0, 30));
	});
});
