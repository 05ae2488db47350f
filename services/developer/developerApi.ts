import { ask } from '../ask';
import type { Decoder, Service, ServiceRequest } from '../ask';
import type { ServiceContext } from '../context';
import { exactJson } from '../exactJson';
import { withRetries } from '../retry';
import { developerHost, nameDeveloperAnswer } from './developerAnswer';
import { storedSecrets, storedCredential } from './developerConnection';
import type { DeveloperConnection } from './developerConnection';
import { sendWithToken } from './developerSession';

export { developerConnection, developerCredential } from './developerConnection';
export type { DeveloperConnection } from './developerConnection';

/**
 * Sends one request to the host of the token, postback and Events APIs and reads its data.
 *
 * It waits out a refusal for the number of requests, for all calls of this application in this
 * process, and replaces a refused token (see sendWithToken). After a broken connection or an
 * unavailable service, it tries again if repeating is harmless: GET, and PUT and DELETE, which have
 * the same result when carried out twice. Not POST.
 *
 * @throws ServiceProblem, never a raw HTTP error, which would contain the token
 */
export async function askDeveloperApi<T>(
	context: ServiceContext,
	connection: DeveloperConnection,
	request: ServiceRequest,
	decoder: Decoder<T>,
): Promise<T> {
	const { baseUrl, siteId, paceKey, patience } = connection;
	const signal = context.getExecutionCancelSignal?.();
	const service: Service = {
		host: developerHost,
		baseUrl,
		paceKey,
		secondsBetweenRequests: 0,
		patience,
		signal,
		send: async (options) => await sendWithToken(context, options, signal),
		nameRefusal: (answer, secrets) => nameDeveloperAnswer(answer, siteId, secrets),
		secrets: async () => storedSecrets(await storedCredential(context)),
	};
	const { longestWaitSeconds, retries, retriesAfterLimit } = patience;
	return await withRetries(
		{
			retriesAfter: ({ isLimit, beforeRequest }) => {
				if (isLimit) return retriesAfterLimit;
				return beforeRequest || request.method !== 'POST' ? retries : 0;
			},
			// 2, 4, 8, 16 and 32 seconds after a limit: the minute that it is counted by.
			firstWaitSeconds: ({ isLimit }) => (isLimit ? 2 : 1),
			longestWaitSeconds,
			paceKey,
			signal,
		},
		async () => await ask(service, request, decoder),
	);
}

/** The same for an answer of JSON: its value, or undefined for an empty body. */
export async function askForJson(
	context: ServiceContext,
	connection: DeveloperConnection,
	request: ServiceRequest,
): Promise<unknown> {
	return (await askDeveloperApi(context, connection, request, exactJson)).value;
}
