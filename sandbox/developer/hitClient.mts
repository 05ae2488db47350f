import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Hit } from './postbackHit.mts';

/** The result of one hit: a status, or why there is none. */
export interface HitOutcome {
	status: number | undefined;
	failure: string | undefined;
}

/**
 * Sends hits over connections that are kept open, and never more of them than asked for. It calls
 * only loopback addresses: a registered URL of a real service is never called from here.
 */
export class HitClient {
	readonly #agents: { http: HttpAgent; https: HttpsAgent };
	readonly #timeoutMs: number;
	readonly #closing: AbortSignal;

	constructor(connections: number, timeoutMs: number, closing: AbortSignal) {
		const options = { keepAlive: true, maxSockets: connections, maxFreeSockets: connections };
		this.#agents = { http: new HttpAgent(options), https: new HttpsAgent(options) };
		this.#timeoutMs = timeoutMs;
		this.#closing = closing;
	}

	/** Never rejects; failures are named by their codes, without the URL. */
	async send(hit: Hit): Promise<HitOutcome> {
		if (!isLoopback(hit.origin.hostname)) return failed('not sent: not a loopback address');
		const timeout = AbortSignal.timeout(this.#timeoutMs);
		const signal = AbortSignal.any([timeout, this.#closing]);
		try {
			return { status: await this.#exchange(hit, signal), failure: undefined };
		} catch (error) {
			if (timeout.aborted) return failed(`timed out after ${this.#timeoutMs} ms`);
			if (this.#closing.aborted) return failed('the sandbox was closed');
			return failed((error as NodeJS.ErrnoException).code ?? 'no answer');
		}
	}

	close(): void {
		this.#agents.http.destroy();
		this.#agents.https.destroy();
	}

	/** The status, once the answer's body is complete; redirects are not followed. */
	#exchange({ origin, path, method, headers, body }: Hit, signal: AbortSignal): Promise<number> {
		const isSecure = origin.protocol === 'https:';
		const length: Record<string, string> =
			method === 'GET' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
		return new Promise((resolve, reject) => {
			const call = (isSecure ? httpsRequest : httpRequest)(
				{
					protocol: origin.protocol,
					hostname: origin.hostname.replace(/^\[|\]$/g, ''),
					port: origin.port,
					path,
					method,
					headers: { ...headers, ...length },
					agent: isSecure ? this.#agents.https : this.#agents.http,
					signal,
				},
				(response) => {
					response.on('error', reject);
					response.on('end', () => resolve(response.statusCode!));
					response.resume();
				},
			);
			call.on('error', reject);
			call.end(body);
		});
	}
}

function failed(failure: string): HitOutcome {
	return { status: undefined, failure };
}

function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
