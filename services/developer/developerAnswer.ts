import { readFault } from '../../rakuten/service/readFault';
import type { Fault } from '../../rakuten/service/readFault';
import { isAboutAddress, isPending } from '../../rakuten/service/refusalWords';
import {
	addressRefused,
	brokenOff,
	quoted,
	redirectTarget,
	retryAfterSeconds,
	ServiceProblem,
} from '../problem';
import type { HostWords, RefusedAnswer } from '../problem';

export const developerHost: HostWords = {
	name: "Rakuten's API",
	whenSlow: 'Try again later.',
	remedy: 'later',
};

/** Codes of the older gateway for a token that is invalid, missing, expired or inactive. */
const tokenCodes = [900901, 900902, 900903, 900904];

/** Its code for an API that the application may not use, or a scope that it does not have. */
const forbiddenCode = 900908;

export const isThrottled = ({ words, code }: Fault) =>
	(code !== undefined && code >= 900800 && code < 900900) ||
	/per minute|exceeded|too many|throttle|rate limit|quota/i.test(words);

export const lacksEntitlement = ({ words }: Fault) =>
	/consume this service|not subscribed|not entitled|subscription/i.test(words);

export const isAboutSite = ({ words }: Fault) =>
	/associat|\bsid\b|\bsite|publisher|\bscope\b/i.test(words);

/** Whether the answer refuses the access token itself, so that another can be used. */
export function refusesToken(status: number, body: string): boolean {
	if (status !== 401 && status !== 403) return false;
	const fault = readFault(body);
	if (fault.code === forbiddenCode || lacksEntitlement(fault)) return false;
	return status === 401 || tokenCodes.includes(fault.code ?? 0);
}

/**
 * Names an answer that brings no data. Only statuses are documented, not bodies (OpenAPI file); the
 * bodies are those seen in public code and test fixtures, so Rakuten's own words are quoted,
 * redacted and shortened. A 403 means either too many requests or no permission: its words decide.
 */
export function nameDeveloperAnswer(
	answer: RefusedAnswer,
	siteId: string,
	secrets: readonly string[],
): ServiceProblem {
	const { status } = answer;
	const fault = readFault(answer.body);
	const said = quoted(fault, secrets);
	const wait = retryAfterSeconds(answer);
	if (deniesAccess(status)) {
		if (isAboutAddress(fault.words)) return new ServiceProblem(...addressRefused(status), { said });
		if (isPending(fault.words)) return notApproved(status, said);
	}
	if (status === 401 || tokenCodes.includes(fault.code ?? 0)) {
		return new ServiceProblem(
			'tokenRefused',
			`Rakuten did not accept the access token for site ${siteId}, nor a new one (status ${status})`,
			`Either the site does not belong to this account, or another program uses the same Client ID: each new access token invalidates the previous one. In the developer portal, give each n8n its own application, and use one credential for each.`,
			{ said },
		);
	}
	if (status === 429 || (isRefusal(status) && isThrottled(fault))) {
		return new ServiceProblem(
			'rateLimited',
			`Rakuten refused the request because too many were made within a minute (status ${status})`,
			`Wait a minute and run this again. Everything that uses the same Client ID counts.`,
			{ said, remedy: 'later', retryAfterSeconds: wait },
		);
	}
	if (fault.form === 'html' && (status < 300 || isRefusedRequest(status))) {
		return webPage(status, said);
	}
	if (status === 403 && isAboutSite(fault) && !lacksEntitlement(fault)) {
		return wrongSite(siteId, status, said);
	}
	if (status === 403 && fault.form === 'empty') {
		return new ServiceProblem(
			'forbidden',
			'Rakuten refused the request without saying why (status 403)',
			'Either too many requests were made within a minute, or this application may not use this service. Run it again in a minute; if it is refused again, ask Rakuten to enable the service for your account.',
			{ remedy: 'later', retryAfterSeconds: wait },
		);
	}
	if (status === 403 || fault.code === forbiddenCode || lacksEntitlement(fault)) {
		return new ServiceProblem(
			'notEntitled',
			`This account may not use this service of Rakuten's (status ${status})`,
			`Client ID and Client Secret are correct. Ask Rakuten's publisher support to enable the service for your account.`,
			{ said },
		);
	}
	return nameByStatus(answer, said);
}

const notApproved = (status: number, said: string) =>
	new ServiceProblem(
		'notApproved',
		`Rakuten has not approved this application or account yet (status ${status})`,
		'Client ID and Client Secret may be correct. The developer portal shows under Applications what is still to be approved; run this again after that, or ask Rakuten to hurry it.',
		{ said },
	);

function nameByStatus(answer: RefusedAnswer, said: string): ServiceProblem {
	const { status, body } = answer;
	if (status >= 300 && status < 400) {
		return new ServiceProblem(
			'redirected',
			`Rakuten's API sent the request elsewhere (status ${status})`,
			`${redirectTarget(answer)}Nothing is sent to other addresses. Check the 'Base URL' in the credential.`,
			{ said },
		);
	}
	if (status === 404) {
		return new ServiceProblem(
			'notFound',
			'Rakuten has nothing at this address (status 404)',
			`Check the 'Base URL' in the credential.`,
			{ said },
		);
	}
	if (status === 408 || status === 425 || status === 504) {
		return new ServiceProblem(
			'timedOut',
			`Rakuten's API did not answer in time (status ${status})`,
			`Try again later.`,
			{ said, remedy: 'later', retryAfterSeconds: retryAfterSeconds(answer) },
		);
	}
	if (status >= 500) {
		return new ServiceProblem(
			'serverUnavailable',
			`Rakuten's API could not answer (status ${status})`,
			`Try again later.`,
			{ said, remedy: 'later', retryAfterSeconds: retryAfterSeconds(answer) },
		);
	}
	if (status >= 400) {
		return new ServiceProblem(
			'badRequest',
			`Rakuten refused the request (status ${status})`,
			`Read Rakuten's reason and change the fields accordingly.`,
			{ said },
		);
	}
	if (/^\s*[[{]/.test(body)) return brokenOff('its text ends in the middle');
	return new ServiceProblem(
		'unexpectedAnswer',
		`Rakuten's answer has an unknown format (status ${status})`,
		`Try again later, and check the 'Base URL' in the credential.`,
		{ said, remedy: 'later' },
	);
}

const webPage = (status: number, said: string) =>
	new ServiceProblem(
		'htmlInsteadOfData',
		`Rakuten answered with a web page instead of data (status ${status})`,
		`This is what maintenance or a wrong address looks like. Check the 'Base URL' in the credential, or try again later.`,
		{ said, remedy: 'later' },
	);

const deniesAccess = (status: number) => [400, 401, 403].includes(status);

const isRefusal = (status: number) => status === 403 || status === 503 || status < 400;

/** Statuses of a request that was understood and not granted. */
export const isRefusedRequest = (status: number) =>
	status === 400 || status === 403 || status === 422;

export const wrongSite = (siteId: string, status: number, said: string) =>
	new ServiceProblem(
		'wrongSite',
		`Rakuten did not accept the Site ID ${siteId} for this application (status ${status}): it must be a site of the account that the application belongs to`,
		`Compare it with the 7-digit number after "Site ID" at the top right of the dashboard of the same account.`,
		{ said },
	);
