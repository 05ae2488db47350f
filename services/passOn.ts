import { sleep } from 'n8n-workflow';
import type { IHttpRequestOptions, IN8nHttpFullResponse, IWebhookFunctions } from 'n8n-workflow';

import { outcomeOf } from '../rakuten/outcome';
import type { Outcome } from '../rakuten/outcome';

/** Marks a postback as passed on, so that two n8n with each other's URLs do not play ping-pong. */
export const passedOnHeader = 'x-rakuten-postback-passed-on';

/** How passing a postback on to another tracker went. */
export interface Delivery {
	/** How often it was tried. */
	readonly attempts: number;
	/** The other tracker's last answer, if one came. */
	readonly status?: number;
	/** Why it was not delivered, without the URL; undefined when it was. */
	readonly reason?: string;
}

/** Seconds before the second and the third attempt. */
const waits = [1, 2];

/**
 * Calls another tracker's postback URL as Rakuten would have done. It is tried again after a
 * connection that failed, an answer that took too long, and statuses that may pass (408, 429, 5xx).
 * Only the mark is added to the request. Redirects count as an answer and are not followed: they
 * could lead into n8n's own network. Never throws.
 */
export async function deliver(
	context: IWebhookFunctions,
	url: string,
	timeoutSeconds: number,
): Promise<Delivery> {
	for (let attempts = 1; ; attempts++) {
		const answer = await outcomeOf(ask(context, url, timeoutSeconds));
		const status = answer.ok ? answer.value : undefined;
		if (status !== undefined && status < 400) return { attempts, status };
		if (attempts > waits.length || (status !== undefined && !isTemporary(status))) {
			return { attempts, status, reason: reasonOf(answer, timeoutSeconds) };
		}
		await sleep(waits[attempts - 1] * 1000);
	}
}

/** The status of the answer; its body is not read. */
async function ask(
	context: IWebhookFunctions,
	url: string,
	timeoutSeconds: number,
): Promise<number> {
	const options: IHttpRequestOptions = {
		method: 'GET',
		url,
		headers: { [passedOnHeader]: '1' },
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: timeoutSeconds * 1000,
	};
	const answer = (await context.helpers.httpRequest(options)) as IN8nHttpFullResponse;
	(answer.body as { destroy?: () => void } | undefined)?.destroy?.();
	return answer.statusCode;
}

const isTemporary = (status: number) => status === 408 || status === 429 || status >= 500;

function reasonOf(answer: Outcome<number>, timeoutSeconds: number): string {
	if (answer.ok) return `it answered with status ${answer.value}`;
	const code = codeOf(answer.cause);
	return code === 'ECONNABORTED' || code === 'ETIMEDOUT'
		? `it did not answer within ${timeoutSeconds} ${timeoutSeconds === 1 ? 'second' : 'seconds'}`
		: `it could not be reached${code ? ` (${code})` : ''}`;
}

/** The code of a network failure, of the failure itself or of what n8n has wrapped it in. */
function codeOf(cause: unknown): string | undefined {
	for (let each = cause, depth = 0; each && depth < 4; depth++) {
		const { code, cause: inner } = each as { code?: unknown; cause?: unknown };
		if (typeof code === 'string' && /^E[A-Z_]+$/.test(code)) return code;
		each = inner;
	}
	return undefined;
}
