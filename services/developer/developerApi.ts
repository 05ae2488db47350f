import { readApiFault } from '../../rakuten/developer/apiFault';
import { parseExactJson } from '../../rakuten/developer/exactJson';
import { nameDeveloperAnswer } from './developerAnswer';
import type { DeveloperAnswer } from './developerAnswer';
import { cancelSignalOf, isQuickIn, secretsOf, storedCredential } from './developerConnection';
import type { DeveloperConnection, DeveloperContext } from './developerConnection';
import { cutShort, DeveloperProblem } from './developerProblem';
import type { DeveloperRequest } from './developerRequest';
import { sendWithToken } from './developerSession';
import { outcomeOf } from '../../rakuten/outcome';
import { holdBack, paceKey, waitForTurn } from '../pacing';
import { pauseUntil, throwIfCancelled } from '../pause';

export { developerConnection, developerCredential } from './developerConnection';
export type { DeveloperConnection, DeveloperContext } from './developerConnection';
export { DeveloperProblem } from './developerProblem';

/** What an answer brought. */
export interface AnsweredData {
	/** Its JSON, numbers as the texts they were written in; undefined for an empty body. */
	readonly value: unknown;
	/** Its header Date (ms); undefined where there is none. */
	readonly answeredAt: number | undefined;
}

/**
 * Sends one request to the token, postback or Events API's host and reads its JSON; undefined for an
 * empty body. Numbers come as the texts they were written in (see parseExactJson).
 *
 * A refusal for the number of requests is waited out, for all calls of this application in this
 * process; a refused token is replaced (see sendWithToken). A connection that broke and a service
 * that was not available are tried again where repeating is harmless: GET, and PUT and DELETE, which
 * leave the same behind when they are carried out twice. Not POST.
 *
 * @throws DeveloperProblem, never a raw HTTP error, which would hold the token
 */
export async function askDeveloperApi(
	context: DeveloperContext,
	connection: DeveloperConnection,
	request: DeveloperRequest,
): Promise<unknown> {
	return (await askDeveloperApiAt(context, connection, request)).value;
}

/** The same, with the time of the answer by Rakuten's clock. */
export async function askDeveloperApiAt(
	context: DeveloperContext,
	connection: DeveloperConnection,
	request: DeveloperRequest,
): Promise<AnsweredData> {
	const signal = cancelSignalOf(context);
	const key = paceKey(`${connection.baseUrl} ${connection.siteId}`);
	const patience = patienceIn(context);
	for (let attempt = 1; ; attempt++) {
		await waitForTurn(key, 0, signal);
		const outcome = await outcomeOf(askOnce(context, connection, request));
		if (outcome.ok) return outcome.value;
		throwIfCancelled(signal);
		const problem = outcome.cause;
		if (!(problem instanceof DeveloperProblem)) throw problem;
		const seconds = waitBefore(problem, request.method, attempt, patience);
		if (seconds === undefined) throw problem;
		if (isLimit(problem)) holdBack(key, seconds);
		await pauseUntil(Date.now() + seconds * 1000, signal);
	}
}

async function askOnce(
	context: DeveloperContext,
	connection: DeveloperConnection,
	request: DeveloperRequest,
): Promise<AnsweredData> {
	const answer = await sendWithToken(context, request);
	const data = dataIn(answer);
	if (data !== undefined) {
		// Taken for "nothing there", an answer that was lost on its way would leave lines out.
		if (request.method === 'GET' && isLost(answer)) throw cutShort('the answer is empty');
		return { ...data, answeredAt: dateOf(answer) };
	}
	const secrets = secretsOf(await storedCredential(context));
	throw nameDeveloperAnswer(answer, connection.siteId, secrets);
}

/** The data of an answer; undefined where it is a refusal, a web page, or nothing known. */
function dataIn({ status, body }: DeveloperAnswer): { value: unknown } | undefined {
	if (status < 200 || status >= 300) return undefined;
	const { form, code } = readApiFault(body);
	if (form === 'empty') return { value: undefined };
	// The older gateway's faults, should they come with 200.
	if (form !== 'json' || (code !== undefined && code >= 900_000)) return undefined;
	return { value: parseExactJson(body.replace(/^\uFEFF/, '')) };
}

const isLost = ({ status, body }: DeveloperAnswer) => status !== 204 && body.trim() === '';

function dateOf({ headers }: DeveloperAnswer): number | undefined {
	const at = typeof headers.date === 'string' ? Date.parse(headers.date) : Number.NaN;
	return Number.isNaN(at) ? undefined : at;
}

/** How long a node may wait for Rakuten: activation, polls and lists have somebody waiting. */
interface Patience {
	/** Waits after a refusal for the number of requests: the limit is one minute's. */
	readonly limitRetries: number;
	readonly longestAskedSeconds: number;
	readonly otherRetries: number;
}

function patienceIn(context: DeveloperContext): Patience {
	if (isQuickIn(context)) return { limitRetries: 3, longestAskedSeconds: 15, otherRetries: 1 };
	return 'getInputData' in context
		? { limitRetries: 5, longestAskedSeconds: 120, otherRetries: 3 }
		: { limitRetries: 3, longestAskedSeconds: 15, otherRetries: 2 };
}

const isLimit = ({ problemName }: DeveloperProblem) =>
	problemName === 'rateLimited' || problemName === 'forbidden';

/**
 * Seconds until the next attempt: what Rakuten asks for, or 2, 4, 8, 16 and 32 after a limit, which
 * is a minute in all, and 1, 2 and 4 after anything else; undefined where there is no use in another.
 */
function waitBefore(
	problem: DeveloperProblem,
	method: DeveloperRequest['method'],
	attempt: number,
	patience: Patience,
): number | undefined {
	if (!problem.mayPass) return undefined;
	const repeatable = problem.beforeRequest || method !== 'POST' || isLimit(problem);
	const retries = isLimit(problem) ? patience.limitRetries : patience.otherRetries;
	if (!repeatable || attempt > retries) return undefined;
	const own = (isLimit(problem) ? 2 : 1) * 2 ** (attempt - 1);
	const seconds = problem.retryAfterSeconds ?? own;
	return seconds <= patience.longestAskedSeconds ? seconds : undefined;
}
