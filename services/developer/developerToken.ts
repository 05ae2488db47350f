import type { IHttpRequestHelper, IN8nHttpFullResponse } from 'n8n-workflow';

import { tokenKey } from '../../rakuten/developer/application';
import type { DeveloperApplication } from '../../rakuten/developer/application';
import { nameDeveloperConnection } from './developerProblem';
import { nameTokenAnswer } from './developerTokenAnswer';
import { outcomeOf } from '../../rakuten/outcome';

const tokenTimeoutSeconds = 30;

/**
 * Asks for a new access token, as Rakuten's guide has it: `POST /token` with `Authorization: Bearer
 * base64(client id:client secret)` and the form `scope=<site ID>`. It ends the token before it at
 * once. Throws a DeveloperProblem that tells a wrong client from a wrong site from the rest, and
 * never an HTTP error, which would hold the secret.
 */
export async function requestAccessToken(
	{ helpers }: IHttpRequestHelper,
	application: DeveloperApplication,
): Promise<string> {
	const key = tokenKey(application);
	const secrets = { clientSecret: application.clientSecret, tokenKey: key };
	const outcome = await outcomeOf(
		helpers.httpRequest({
			method: 'POST',
			baseURL: application.baseUrl,
			url: '/token',
			headers: {
				Authorization: `Bearer ${key}`,
				'Content-Type': 'application/x-www-form-urlencoded',
				Accept: 'application/json',
			},
			body: new URLSearchParams({ scope: application.siteId }),
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: tokenTimeoutSeconds * 1000,
		}) as Promise<IN8nHttpFullResponse>,
	);
	if (!outcome.ok) throw nameDeveloperConnection(outcome.cause, secrets, true);
	const { statusCode, headers, body } = outcome.value;
	const text = typeof body === 'string' ? body : '';
	const token = statusCode < 300 ? accessTokenIn(text) : undefined;
	if (token !== undefined) return token;
	throw nameTokenAnswer(
		{ status: statusCode, headers: headers as Record<string, unknown>, body: text },
		application.siteId,
		secrets,
	);
}

function accessTokenIn(text: string): string | undefined {
	let answer: unknown;
	try {
		answer = JSON.parse(text);
	} catch {
		return undefined;
	}
	const token = (answer as { access_token?: unknown } | null)?.access_token;
	// Anything else could not stand in a header.
	return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}
