import type { IHttpRequestOptions, IN8nHttpFullResponse, IWebhookFunctions } from 'n8n-workflow';

import { outcomeOf } from '../rakuten/outcome';
import { causeOf, isTimeOut, ServiceProblem } from './problem';
import { withRetries } from './retry';
import { countText } from '../rakuten/countText';

/**
 * Marks a postback as passed on, so that two n8n with each other's URLs don't pass it back and
 * forth.
 */
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

/** Attempts beyond the first, one and two seconds apart. */
const mostRetries = 2;

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
	let attempts = 0;
	let status: number | undefined;
	const delivered = await outcomeOf(
		withRetries(
			{
				retriesAfter: () => mostRetries,
				firstWaitSeconds: () => 1,
				longestWaitSeconds: Number.POSITIVE_INFINITY,
			},
			async () => {
				attempts++;
				status = undefined;
				status = await call(context, url, timeoutSeconds);
				if (status >= 400) throw notDelivered(`it answered with status ${status}`, status);
			},
		),
	);
	if (delivered.ok) return { attempts, status };
	const { message: reason } = delivered.cause as Error;
	return { attempts, status, reason };
}

/** The status of the answer; its body is not read. */
async function call(
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
	const sent = await outcomeOf(context.helpers.httpRequest(options));
	if (!sent.ok) throw notDelivered(whyUnanswered(sent.cause, timeoutSeconds));
	const { statusCode, body } = sent.value as IN8nHttpFullResponse;
	(body as { destroy?: () => void } | undefined)?.destroy?.();
	return statusCode;
}

function notDelivered(reason: string, status?: number): ServiceProblem {
	const isFinal = status !== undefined && status < 500 && status !== 408 && status !== 429;
	return new ServiceProblem('notDelivered', reason, '', { remedy: isFinal ? 'never' : 'later' });
}

/** The URL is another tracker's secret, so only the code of a network failure is shown. */
function whyUnanswered(cause: unknown, timeoutSeconds: number): string {
	const { code } = causeOf(cause);
	if (isTimeOut(code)) {
		return `it did not answer within ${countText(timeoutSeconds, 'second')}`;
	}
	return `it could not be reached${/^E[A-Z_]+$/.test(code) ? ` (${code})` : ''}`;
}
