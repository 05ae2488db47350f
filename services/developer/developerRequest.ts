import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { tokenIn } from '../../rakuten/developer/boundToken';
import { sendSigned } from '../context';
import type { ServiceContext } from '../context';
import { answered } from '../problem';
import { developerHost } from './developerAnswer';
import { developerCredential, storedSecrets } from './developerConnection';
import type { StoredCredential } from './developerConnection';

/** What a token brought. */
export interface Sent {
	readonly answer: IN8nHttpFullResponse;
	readonly token: string | undefined;
}

/**
 * Sends a request once, with the token of the credential as given; where that is blank n8n asks for a
 * token, stores it and puts it on. Throws a ServiceProblem where no answer came.
 */
export async function send(
	context: ServiceContext,
	options: IHttpRequestOptions,
	credential: StoredCredential,
): Promise<Sent> {
	const { data, application } = credential;
	// n8n may put something of its own on a request, and it may have to be sent again.
	const sending = sendSigned(context, developerCredential, { ...options }, data);
	const answer = await answered(sending, developerHost, storedSecrets(credential));
	// n8n puts a token that it was just given into the data.
	return { answer, token: tokenIn(data.accessToken, application) };
}
