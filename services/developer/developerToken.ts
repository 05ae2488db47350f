import type { IHttpRequestHelper, IN8nHttpFullResponse } from 'n8n-workflow';

import { tokenKey } from '../../rakuten/developer/application';
import type { DeveloperApplication } from '../../rakuten/developer/application';
import { outcomeOf } from '../../rakuten/outcome';
import { credentialSecrets } from '../../rakuten/secrets/credentialSecrets';
import { textOf } from '../exactJson';
import { answered, ServiceProblem } from '../problem';
import { developerHost } from './developerAnswer';
import { developerCredential } from './developerConnection';
import { nameTokenAnswer } from './developerTokenAnswer';

const tokenTimeoutSeconds = 30;

/**
 * Asks for a new access token as described in Rakuten's guide: `POST /token` with `Authorization:
 * Bearer base64(client id:client secret)` and the form `scope=<site ID>`. It immediately
 * invalidates the previous token. Throws a ServiceProblem that distinguishes a wrong client, a
 * wrong site and everything else, and never an HTTP error, which would contain the secret.
 */
export async function requestAccessToken(
	{ helpers }: IHttpRequestHelper,
	application: DeveloperApplication,
): Promise<string> {
	const outcome = await outcomeOf(askForToken(helpers, application));
	if (outcome.ok) return outcome.value;
	if (outcome.cause instanceof ServiceProblem) outcome.cause.beforeRequest = true;
	throw outcome.cause;
}

async function askForToken(
	helpers: IHttpRequestHelper['helpers'],
	application: DeveloperApplication,
): Promise<string> {
	const secrets = credentialSecrets(developerCredential, { ...application });
	const answer = await answered(
		helpers.httpRequest({
			method: 'POST',
			baseURL: application.baseUrl,
			url: '/token',
			headers: {
				Authorization: `Bearer ${tokenKey(application)}`,
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
		developerHost,
		secrets,
	);
	const { statusCode: status, headers } = answer;
	const body = textOf(answer);
	const token = status < 300 ? accessTokenIn(body) : undefined;
	if (token !== undefined) return token;
	const refused = { status, headers: headers as Record<string, unknown>, body };
	throw nameTokenAnswer(refused, application.siteId, secrets);
}

function accessTokenIn(text: string): string | undefined {
	let answer: unknown;
	try {
		answer = JSON.parse(text);
	} catch {
		return undefined;
	}
	const token = (answer as { access_token?: unknown } | null)?.access_token;
	// Anything else could not be part of a header.
	return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}
