import { createHash } from 'node:crypto';

import { sleep } from 'n8n-workflow';
import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { outcomeOf } from '../../rakuten/outcome';
import type { Outcome } from '../../rakuten/outcome';
import type { ServiceContext } from '../context';
import { textOf } from '../exactJson';
import { pauseUntil, throwIfCancelled } from '../pause';
import type { ServiceProblem } from '../problem';
import { refusesToken } from './developerAnswer';
import { storedCredential } from './developerConnection';
import type { StoredCredential } from './developerConnection';
import { send } from './developerRequest';
import type { Sent } from './developerRequest';

/**
 * How long a process waits for another process's new token before it asks for one. The minimum is
 * what another process needs to store the token it was just given (n8n's credential test may ask
 * for one at any time); the rest is random, so that two processes rarely ask at the same time.
 */
const leastWaitMilliseconds = 400;
const chanceMilliseconds = 1600;

/** How often a waiting call checks the stored credential. */
const lookMilliseconds = 150;

/**
 * New tokens that one call may ask for: one, and another if that was invalidated before it was
 * used.
 */
const mostRenewals = 2;

/** Tokens that one call tries, its own ones and those that others have stored. */
const mostTokens = 8;

/** Requests for a token that are under way in this process, by credential. */
const renewals = new Map<string, Promise<Outcome<Sent>>>();

/** Until when this process leaves it to others to replace a token, by credential and token. */
const waits = new Map<string, number>();

/**
 * Sends a request with the stored access token, and coordinates with everybody else who uses it. A
 * new token immediately invalidates the previous one, for all n8n processes and the credential
 * test, and n8n's own refresh neither checks the stored token again nor waits for a refresh that is
 * under way. So that refresh is switched off: after a 401, the stored token is tried if it has
 * changed by now; otherwise this process waits for a random moment, checking for another token, and
 * only then has n8n ask for a new token and store it, for one call at a time.
 *
 * @returns the answer, whatever its status; a refused token only if new ones are refused too
 * @throws ServiceProblem for a token request that was refused, and if no answer came
 */
export async function sendWithToken(
	context: ServiceContext,
	request: IHttpRequestOptions,
	signal: AbortSignal | undefined,
): Promise<IN8nHttpFullResponse> {
	let credential = await storedCredential(context);
	let last: Sent | undefined;
	let renewed = 0;
	for (let tried = 0; tried < mostTokens; tried++) {
		if (credential.token === undefined || credential.token === last?.token) {
			const mayRenew = renewed < mostRenewals;
			const next = await otherToken(context, request, credential, last?.token, mayRenew, signal);
			if (next === undefined) break;
			if ('application' in next) {
				credential = next;
				continue;
			}
			last = next;
			renewed++;
		} else {
			last = await send(context, request, credential);
			throwIfCancelled(signal);
		}
		if (!refusesToken(last.answer.statusCode, textOf(last.answer))) return last.answer;
		credential = await storedCredential(context);
	}
	return last!.answer;
}

/**
 * Waits for a token other than the refused one, and gets one itself if nobody else does and it may;
 * undefined if it may not.
 */
async function otherToken(
	context: ServiceContext,
	request: IHttpRequestOptions,
	{ application }: StoredCredential,
	refused: string | undefined,
	mayRenew: boolean,
	signal: AbortSignal | undefined,
): Promise<StoredCredential | Sent | undefined> {
	const key = hashOf(application);
	const waitKey = hashOf([application, refused]);
	let failure: ServiceProblem | undefined;
	for (;;) {
		throwIfCancelled(signal);
		const credential = await storedCredential(context);
		if (credential.token !== undefined && credential.token !== refused) return credential;
		if (failure) throw failure;
		const underWay = renewals.get(key);
		const until = waitOf(waitKey);
		if (underWay) {
			failure = await failureWithin(underWay, lookMilliseconds);
		} else if (Date.now() < until) {
			await pauseUntil(Math.min(Date.now() + lookMilliseconds, until), signal);
		} else if (mayRenew) {
			return await alone(key, async () => await renew(context, request, credential));
		} else {
			return undefined;
		}
	}
}

/** One wait for all calls of this process: each with its own, the first of many would be soon. */
function waitOf(key: string): number {
	const now = Date.now();
	for (const [each, until] of waits) {
		if (now - until > forgottenMilliseconds) waits.delete(each);
	}
	let until = waits.get(key);
	if (until === undefined) {
		until = now + leastWaitMilliseconds + Math.random() * chanceMilliseconds;
		waits.set(key, until);
	}
	return until;
}

/** A wait that ended longer ago belongs to another time that a token was missing. */
const forgottenMilliseconds = 10_000;

const hashOf = (value: unknown) =>
	createHash('sha256').update(JSON.stringify(value)).digest('base64');

/** Runs a renewal that other calls of this process wait for. */
async function alone(key: string, renewal: () => Promise<Sent>): Promise<Sent> {
	const underWay = outcomeOf(renewal());
	renewals.set(key, underWay);
	const outcome = await underWay;
	renewals.delete(key);
	if (!outcome.ok) throw outcome.cause;
	return outcome.value;
}

/** Waits a moment for a renewal; the problem with the token request, if that is how it ended. */
async function failureWithin(
	underWay: Promise<Outcome<Sent>>,
	milliseconds: number,
): Promise<ServiceProblem | undefined> {
	const outcome = await Promise.race([underWay, sleep(milliseconds)]);
	if (!outcome || outcome.ok) return undefined;
	const problem = outcome.cause as Partial<ServiceProblem>;
	return problem.beforeRequest ? (outcome.cause as ServiceProblem) : undefined;
}

/** Sends the request without a token, for which n8n asks for one, stores it and puts it on. */
async function renew(
	context: ServiceContext,
	request: IHttpRequestOptions,
	credential: StoredCredential,
): Promise<Sent> {
	return await send(context, request, {
		...credential,
		data: { ...credential.data, accessToken: '' },
	});
}
