import { readFault } from '../../rakuten/service/readFault';
import type { Fault } from '../../rakuten/service/readFault';
import { isAboutAddress } from '../../rakuten/service/refusalWords';
import {
	addressRefused,
	quoted,
	redirectTarget,
	retryAfterSeconds,
	ServiceProblem,
} from '../problem';
import type { HostWords, RefusedAnswer, Remedy } from '../problem';

export const reportingHost: HostWords = {
	name: "Rakuten's reporting service",
	whenSlow:
		"Large reports can take minutes. Decrease 'Days per Request' or increase 'Timeout' in the options.",
	remedy: 'smaller',
};

const getApiHint =
	"In the Rakuten dashboard open Reports > Reporting, choose the report, select the arrow beside View Report, then Get API, and paste the whole URL into the credential's Report Token field.";

/**
 * Names an answer that is not a report. Statuses: 400 or 403 with JSON for a refused token, key or
 * filter, 429 for too many requests, 499 and 500 on the server's side, HTML or text with 200 for a
 * login page or a refusal (seen in public connectors; the exact texts are not documented, so
 * Rakuten's own words are quoted, redacted and shortened).
 */
export function nameReportRefusal(
	answer: RefusedAnswer,
	secrets: readonly string[],
): ServiceProblem {
	const { status, body } = answer;
	const fault = readFault(body);
	const named = namer(fault, secrets);
	const wait = retryAfterSeconds(answer);
	if (status === 429) return nameLimit(named, wait);
	if (status === 503) {
		return named(
			'serverUnavailable',
			"Rakuten's reporting service is not available at the moment (status 503)",
			`Try again later.`,
			'later',
			wait,
		);
	}
	if (status === 499 || status >= 500) {
		return named(
			'serverUnavailable',
			`Rakuten's reporting service did not finish the report (status ${status})`,
			`This happens when a range has more data than the service can prepare in time. Decrease 'Days per Request' in the options, or try again later.`,
			'smaller',
			wait,
		);
	}
	if (status === 408 || status === 425) {
		return named(
			'timedOut',
			`Rakuten did not accept the request in time (status ${status})`,
			`Try again later.`,
			'later',
		);
	}
	if (status > 200 && status < 300) {
		return named(
			'noData',
			`Rakuten answered without a report (status ${status})`,
			`Try again later, and compare with the dashboard.`,
			'later',
		);
	}
	if (status >= 300 && status < 400) {
		return named(
			'redirected',
			`Rakuten's reporting service sent the request elsewhere (status ${status})`,
			`${redirectTarget(answer)}The token is not sent to other addresses. Check the 'Base URL' in the credential.`,
		);
	}
	if (status === 404) {
		return named(
			'notFound',
			'Rakuten has no report at this address (status 404)',
			`Check the report key and the 'Base URL' in the credential. ${getApiHint}`,
		);
	}
	if (status >= 400 || /^\s*[[{]/.test(body)) {
		return namePassing(fault, named, wait) ?? nameRefusal(answer, fault, named);
	}
	if (body.trimStart().startsWith('<')) {
		return named(
			'htmlInsteadOfData',
			'Rakuten answered with a web page instead of a report',
			`This is what a sign-in page or maintenance looks like. Check that the token still works in the dashboard, or try again later.`,
			'later',
		);
	}
	return nameWords(fault, named);
}

/** Names an answer of words, such as "You cannot request this report now." or "Access denied". */
export function textInsteadOfData(words: string, secrets: readonly string[]): ServiceProblem {
	const fault = readFault(words);
	return nameWords(fault, namer(fault, secrets));
}

const nameWords = (fault: Fault, named: Namer) =>
	namePassing(fault, named) ??
	named(
		'textInsteadOfData',
		'Rakuten answered with a text instead of a report',
		`Read the text and change the request accordingly.`,
	);

/** Three at a time is published (articles on the reporting API, PH-360061547732); five a minute was seen. */
const nameLimit = (named: Namer, wait?: number) =>
	named(
		'rateLimited',
		'Rakuten refused the request because too many reports were asked for at a time or in a short time',
		`${askedToWait(wait)}, or increase 'Seconds Between Requests' in the credential. Rakuten makes at most three reports at a time, and a few a minute; other workflows and tools that use the same report token count too.`,
		'later',
		wait,
	);

/** Names an answer that says of itself that it passes; undefined if it does not. */
function namePassing(fault: Fault, named: Namer, wait?: number): ServiceProblem | undefined {
	const words = fault.words.slice(0, longestRead);
	if (limitWords.test(words)) return nameLimit(named, wait);
	if (!passingWords.test(words)) return undefined;
	return named(
		'notReady',
		'Rakuten has not finished this report yet',
		'Run this again in a few minutes.',
		'later',
		wait,
	);
}

/** Words of a refusal are at its beginning. */
const longestRead = 500;
const limitWords =
	/too many|over qps|rate limit|limit exceeded|exceeded (?:the|your) limit|quota|throttl|slow down/i;
const passingWords =
	/(?:try|check) (?:it |this |your request )?again (?:later|shortly|soon|in (?:a |an )?(?:few |couple of )?(?:\d+ )?(?:moment|second|minute|hour))|being (?:generated|prepared|processed|created)|(?:is|still) (?:generating|processing|running)|in progress|please wait|not (?:yet )?ready|temporar/i;

/** The refusals that Rakuten has published (PH-360061547732), and what else they are known to say. */
function nameRefusal(
	{ status, body }: RefusedAnswer,
	{ words }: Fault,
	named: Namer,
): ServiceProblem {
	if (status === 403 && isAboutAddress(words)) {
		return named(...addressRefused(status));
	}
	if (/invalid date type/i.test(body)) {
		return named(
			'badRequest',
			`Rakuten does not make this report by the date type that was requested (status ${status})`,
			"Set 'Date Type' to the other one, or choose another report.",
		);
	}
	if (/invalid date range/i.test(body)) {
		return named(
			'badRequest',
			`Rakuten does not make this report for the days that were requested (status ${status})`,
			"Decrease 'Days per Request' in the options, and choose a range that begins later: old data may no longer be there.",
		);
	}
	if (status === 403 && /access denied|not allowed/i.test(body)) {
		return named(
			'accessDenied',
			`Rakuten denied access to this report (status 403)`,
			`Rakuten knows the token, but its account may not read this report, or one of the networks. Check which reports and networks the account has in the dashboard. ${getApiHint}`,
		);
	}
	if (/token|unauthori[sz]ed|authenticat|access denied|not allowed/i.test(body) || status === 401) {
		return named(
			'tokenRefused',
			`Rakuten did not accept the report token (status ${status})`,
			`The token may be incomplete, belong to another account, or have been replaced by a new one. ${getApiHint}`,
		);
	}
	if (/report/i.test(body) && /(not|no|unknown|invalid)/i.test(body)) {
		return named(
			'reportNotFound',
			`Rakuten does not know this report for this account (status ${status})`,
			`The key is the part of the Get API URL between /reports/ and /filters, with the same upper and lower case; a renamed report has a new key. ${getApiHint}`,
		);
	}
	return named(
		'badRequest',
		`Rakuten refused the request (status ${status})`,
		`Common reasons are a report token of another account, a renamed report, or a filter that this report does not have. ${getApiHint}`,
	);
}

/** Names a report whose values are not separated by commas; none of it is quoted. */
export const otherSeparator = (separator: string) =>
	new ServiceProblem(
		'otherSeparator',
		`Rakuten sent a report whose values are separated by ${separator} instead of commas`,
		"The reporting service sends commas. Check the 'Base URL' in the credential, and whatever stands between this n8n and Rakuten.",
	);

/** Names a report that arrived only in part, by its length or its text. */
export const truncated = (how: string) =>
	new ServiceProblem(
		'truncated',
		`The report that Rakuten sent is incomplete: ${how}`,
		"Nothing from this answer was used. Try again, or decrease 'Days per Request' in the options.",
		{ remedy: 'smaller' },
	);

/** Names an answer that is out of all proportion; asking again would bring the same. */
export const unlikelyReport = (what: string) =>
	new ServiceProblem(
		'unlikelyReport',
		`What Rakuten sent is not a report: ${what}`,
		"Nothing from this answer was used. Check the 'Base URL' in the credential, and compare with the report in the dashboard.",
	);

/** Makes problems that quote what an answer says. */
type Namer = (
	problemName: string,
	message: string,
	description: string,
	remedy?: Remedy,
	wait?: number,
) => ServiceProblem;

const namer = (fault: Fault, secrets: readonly string[]): Namer => {
	const said = quoted(fault, secrets);
	return (problemName, message, description, remedy, wait) =>
		new ServiceProblem(problemName, message, description, {
			remedy,
			retryAfterSeconds: wait,
			said,
		});
};

const longestToldMinutes = 24 * 60;

function askedToWait(seconds: number | undefined): string {
	if (seconds === undefined || seconds <= 60) return 'Wait a minute';
	const minutes = Math.ceil(seconds / 60);
	const time = minutes > longestToldMinutes ? 'more than a day' : `${minutes} minutes`;
	return `Rakuten asks you to wait ${time}. Run this again after that`;
}
