import type { IHttpRequestMethods, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { tokenIn } from '../../rakuten/developer/boundToken';
import type { DeveloperAnswer } from './developerAnswer';
import { cancelSignalOf, developerCredential, isQuickIn, secretsOf } from './developerConnection';
import type { DeveloperContext, StoredCredential } from './developerConnection';
import { nameDeveloperConnection, problemIn } from './developerProblem';
import { outcomeOf } from '../../rakuten/outcome';
import { throwIfCancelled } from '../pause';

/** One request to the API host. */
export interface DeveloperRequest {
	readonly method: Extract<IHttpRequestMethods, 'GET' | 'POST' | 'PUT' | 'DELETE'>;
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	/** Sent as JSON. */
	readonly body?: object;
}

/** How long Rakuten may be silent. */
const timeoutSecondsIn = (context: DeveloperContext) => (isQuickIn(context) ? 10 : 60);

/** What a token brought. */
export interface Sent {
	readonly answer: DeveloperAnswer;
	readonly token: string | undefined;
}

/**
 * Sends a request once, with the token of the credential as given; where that is blank n8n asks for a
 * token, stores it and puts it on. Throws a DeveloperProblem where no answer came.
 */
export async function send(
	context: DeveloperContext,
	request: DeveloperRequest,
	credential: StoredCredential,
): Promise<Sent> {
	const { data, application } = credential;
	const options: IHttpRequestOptions = {
		method: request.method,
		baseURL: application.baseUrl,
		url: request.path,
		qs: { ...request.query },
		// Blanks as %20: a plus means a blank in forms, and not to everybody in a query.
		arrayFormat: 'repeat',
		headers: { Accept: 'application/json' },
		encoding: 'text',
		returnFullResponse: true,
		// Also switches n8n's own refresh off.
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: timeoutSecondsIn(context) * 1000,
	};
	if (request.body) {
		options.body = request.body;
		options.headers = { ...options.headers, 'Content-Type': 'application/json' };
	}
	const outcome = await outcomeOf(
		context.helpers.httpRequestWithAuthentication.call(context, developerCredential, options, {
			credentialsDecrypted: { id: '', name: '', type: developerCredential, data },
		}) as Promise<IN8nHttpFullResponse>,
	);
	throwIfCancelled(cancelSignalOf(context));
	if (!outcome.ok) {
		throw problemIn(outcome.cause) ?? nameDeveloperConnection(outcome.cause, secretsOf(credential));
	}
	const { statusCode, headers, body } = outcome.value;
	return {
		answer: {
			status: statusCode,
			headers: headers as Record<string, unknown>,
			body: typeof body === 'string' ? body : '',
		},
		// n8n puts a token that it was just given into the data.
		token: tokenIn(data.accessToken, application),
	};
}
