import { RakutenProblem } from '../../rakuten/problem';
import { redactToken } from '../../rakuten/secrets/redact';

/**
 * What can be done about a request that did not bring a report.
 * - `never`: the same request will be refused again.
 * - `later`: the same request may be answered later.
 * - `smaller`: may be passing, may be the size of the range: try again, then ask for less.
 */
export type Remedy = 'never' | 'later' | 'smaller';

/** An answer of the reporting API, or the lack of one, by name. */
export class ReportingProblem extends RakutenProblem {
	constructor(
		problemName: string,
		message: string,
		description: string,
		readonly remedy: Remedy,
		readonly retryAfterSeconds?: number,
	) {
		super(problemName, message, description);
		this.name = 'ReportingProblem';
	}
}

export interface RefusedAnswer {
	status: number;
	headers: Record<string, unknown>;
	/** The beginning of the body, at most a few kilobytes. */
	body: string;
}

const getApiHint =
	"In the Rakuten dashboard open Reports > Reporting, choose the report, select the arrow beside View Report, then Get API, and paste the whole URL into the credential's Report Token field.";

/**
 * Names an answer that is no report. Statuses: 400 or 403 with JSON for a refused token, key or
 * filter, 429 for too many requests, 499 and 500 on the server's side, HTML or text with 200 for a
 * login page or a refusal (observed in public connectors; the exact texts are not documented, so
 * Rakuten's own words are quoted, redacted and shortened).
 */
export function nameAnswer(answer: RefusedAnswer, token: string): ReportingProblem {
	const said = quote(answer.body, token);
	const { status } = answer;
	if (status === 429) {
		return new ReportingProblem(
			'rateLimited',
			'Rakuten refused the request because too many reports were asked for in a short time',
			`${retryAfterText(answer.headers)}, or raise 'Seconds Between Requests' in the credential. Other tools that use the same report token count too.${said}`,
			'later',
			retryAfterSeconds(answer.headers),
		);
	}
	if (status === 503) {
		return new ReportingProblem(
			'serverUnavailable',
			"Rakuten's reporting service is not available at the moment (status 503)",
			`Try again later.${said}`,
			'later',
			retryAfterSeconds(answer.headers),
		);
	}
	if (status === 499 || status >= 500) {
		return new ReportingProblem(
			'serverUnavailable',
			`Rakuten's reporting service did not finish the report (status ${status})`,
			`This happens when a range holds more than the service can put together in time. Lower 'Days per Request' in the options, or try again later.${said}`,
			'smaller',
			retryAfterSeconds(answer.headers),
		);
	}
	if (status === 408 || status === 425) {
		return new ReportingProblem(
			'timedOut',
			`Rakuten did not take the request in time (status ${status})`,
			`Try again later.${said}`,
			'later',
		);
	}
	if (status > 200 && status < 300) {
		return new ReportingProblem(
			'noData',
			`Rakuten answered without a report (status ${status})`,
			`Try again later, and compare with the dashboard.${said}`,
			'later',
		);
	}
	if (status >= 300 && status < 400) {
		return new ReportingProblem(
			'redirected',
			`Rakuten's reporting service sent the request elsewhere (status ${status})`,
			`The token is not sent to other addresses. Check the 'Base URL' in the credential.${said}`,
			'never',
		);
	}
	if (status === 404) {
		return new ReportingProblem(
			'notFound',
			'Rakuten has no report at this address (status 404)',
			`Check the report key and the 'Base URL' in the credential. ${getApiHint}${said}`,
			'never',
		);
	}
	if (status >= 400) return nameRefusal(status, answer.body, said);
	if (answer.body.trimStart().startsWith('<')) {
		return new ReportingProblem(
			'htmlInsteadOfData',
			'Rakuten answered with a web page instead of a report',
			`This is what a sign-in page or maintenance looks like. Check that the token still works in the dashboard, or try again later.${said}`,
			'later',
		);
	}
	if (/^\s*[[{]/.test(answer.body)) return nameRefusal(status, answer.body, said);
	return textInsteadOfData(answer.body, token);
}

/** Names an answer of words, such as "You cannot request this report now." or "Access denied". */
export const textInsteadOfData = (words: string, token: string) =>
	new ReportingProblem(
		'textInsteadOfData',
		'Rakuten answered with a text instead of a report',
		`Read what it says and change the request accordingly.${quote(words, token)}`,
		'never',
	);

function nameRefusal(status: number, body: string, said: string): ReportingProblem {
	if (/token|unauthori[sz]ed|authenticat|access denied|not allowed/i.test(body) || status === 401) {
		return new ReportingProblem(
			'tokenRefused',
			`Rakuten did not accept the report token (status ${status})`,
			`The token may be incomplete, of another account, or replaced by a new one. ${getApiHint}${said}`,
			'never',
		);
	}
	if (/report/i.test(body) && /(not|no|unknown|invalid)/i.test(body)) {
		return new ReportingProblem(
			'reportNotFound',
			`Rakuten does not know this report for this account (status ${status})`,
			`The key is the part of the Get API URL between /reports/ and /filters, in the same upper and lower case; a saved report that was renamed has a new key. ${getApiHint}${said}`,
			'never',
		);
	}
	return new ReportingProblem(
		'badRequest',
		`Rakuten refused the request (status ${status})`,
		`Usual reasons are a report token of another account, a report key that was renamed, or a filter this report does not have. ${getApiHint}${said}`,
		'never',
	);
}

/** Names a request that got no answer, or whose answer broke off. */
export function nameBrokenConnection(cause: unknown, token: string): ReportingProblem {
	const { code, message } = causeOf(cause);
	const detail = redactToken(`${code ? `${code}: ` : ''}${message}`, token).slice(0, 200);
	if (/timeout|ETIMEDOUT|ECONNABORTED/i.test(`${code} ${message}`)) {
		return new ReportingProblem(
			'timedOut',
			'Rakuten did not send the report in time',
			"Large reports can take minutes. Lower 'Days per Request' or raise 'Timeout' in the options.",
			'smaller',
		);
	}
	if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|CERT|ERR_INVALID_URL/i.test(`${code} ${message}`)) {
		return new ReportingProblem(
			'unreachable',
			"Rakuten's reporting service could not be reached",
			`Check the network of this n8n and the 'Base URL' in the credential. (${detail})`,
			'later',
		);
	}
	return new ReportingProblem(
		'truncated',
		'The connection to Rakuten broke before the report was complete',
		`Nothing of this answer was used. (${detail})`,
		'smaller',
	);
}

/** Names a report that arrived, by its length or its text, in part only. */
export const truncated = (how: string) =>
	new ReportingProblem(
		'truncated',
		`The report that Rakuten sent is incomplete: ${how}`,
		"Nothing of this answer was used. Try again, or lower 'Days per Request' in the options.",
		'smaller',
	);

/** The code and the message of a failed request, wherever n8n has wrapped them. */
export function causeOf(cause: unknown): { code: string; message: string } {
	let code = '';
	let message = '';
	for (let at = cause, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
		code ||= String((at as { code?: unknown }).code ?? '');
		message ||= at.message;
	}
	return { code, message };
}

const retryAfterText = (headers: Record<string, unknown>) => {
	const seconds = retryAfterSeconds(headers);
	if (seconds === undefined || seconds <= 60) return 'Wait a minute';
	return `Rakuten asks to wait ${Math.ceil(seconds / 60)} minutes: run this again then`;
};

/** `Retry-After` in seconds or as a date; undefined without one. */
export function retryAfterSeconds(headers: Record<string, unknown>): number | undefined {
	const value = headers['retry-after'];
	if (typeof value !== 'string' || value.trim() === '') return undefined;
	const seconds = /^\d+$/.test(value.trim())
		? Number(value)
		: (Date.parse(value) - Date.now()) / 1000;
	return Number.isFinite(seconds) ? Math.max(seconds, 0) : undefined;
}

/** Rakuten's own words for the end of a description: one line, short, redacted. */
function quote(body: string, token: string): string {
	const words = redactToken(wordsOf(body), token).replace(/\s+/g, ' ').trim().slice(0, 300);
	return words === '' ? '' : ` Rakuten says: "${words}"`;
}

function wordsOf(body: string): string {
	if (body.trimStart().startsWith('<')) {
		return /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1] ?? '';
	}
	try {
		const parsed = JSON.parse(body) as Record<string, unknown>;
		const errors = Array.isArray(parsed.errors) ? parsed.errors : [];
		return [parsed.message, parsed.error_description, ...errors]
			.map((part) => (typeof part === 'string' ? part : JSON.stringify(part ?? '')))
			.filter((part) => part !== '' && part !== '""')
			.join('; ');
	} catch {
		return body;
	}
}
