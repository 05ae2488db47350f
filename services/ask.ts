import type { IDataObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { waitForTurn } from './pacing';
import type { Patience } from './patience';
import { throwIfCancelled } from './pause';
import type { HostWords, RefusedAnswer, ServiceProblem } from './problem';

/** One request to a host. */
export interface ServiceRequest {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	readonly path: string;
	readonly query?: Readonly<Record<string, unknown>>;
	/** Sent as JSON. */
	readonly body?: object;
}

/** What is special about a host, for one run that asks it. */
export interface Service {
	readonly host: HostWords;
	readonly baseUrl: string;
	/** Whose requests are counted together, see paceKey(). */
	readonly paceKey: string;
	readonly secondsBetweenRequests: number;
	readonly patience: Pick<Patience, 'timeoutSeconds' | 'longestWaitSeconds'>;
	readonly signal: AbortSignal | undefined;
	/** Signs a request and sends it. Throws a ServiceProblem where no answer came. */
	send(options: IHttpRequestOptions): Promise<IN8nHttpFullResponse>;
	/** Names an answer that brings no data. */
	nameRefusal(answer: RefusedAnswer, secrets: readonly string[]): ServiceProblem;
	/** The secrets in use, to be removed from texts. */
	secrets(): Promise<readonly string[]>;
}

/** How data of one kind is asked for and read. A new kind of data is a new decoder. */
export interface Decoder<T> {
	readonly headers: Readonly<Record<string, string>>;
	readonly encoding: 'text' | 'stream';
	/** The data of an answer, or the text of an answer that brings none. */
	read(
		answer: IN8nHttpFullResponse,
		service: Service,
		request: ServiceRequest,
	): Promise<{ readonly data: T } | { readonly refusal: string }>;
}

/**
 * Sends one request once, when it is its turn, and reads the data of the answer. Redirects are never
 * followed: they could carry a secret to another host.
 *
 * @throws ServiceProblem, never a raw HTTP error, which would hold the token
 */
export async function ask<T>(
	service: Service,
	request: ServiceRequest,
	decoder: Decoder<T>,
): Promise<T> {
	const { signal, patience } = service;
	await waitForTurn({ ...service, longestWaitSeconds: patience.longestWaitSeconds });
	const options: IHttpRequestOptions = {
		method: request.method,
		baseURL: service.baseUrl,
		url: request.path,
		qs: { ...request.query } as IDataObject,
		// Blanks as %20: a plus means a blank in forms, and not to everybody in a query.
		arrayFormat: 'repeat',
		headers: { ...decoder.headers },
		encoding: decoder.encoding,
		returnFullResponse: true,
		// Also switches n8n's own refresh of tokens off.
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: patience.timeoutSeconds * 1000,
	};
	if (request.body) {
		options.body = request.body;
		options.headers = { ...options.headers, 'Content-Type': 'application/json' };
	}
	const answer = await service.send(options);
	throwIfCancelled(signal);
	const read = await decoder.read(answer, service, request);
	if ('data' in read) return read.data;
	const { statusCode: status, headers } = answer;
	const refused = { status, headers: headers as Record<string, unknown>, body: read.refusal };
	throw service.nameRefusal(refused, await service.secrets());
}
