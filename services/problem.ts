import { outcomeOf } from '../rakuten/outcome';
import { RakutenProblem } from '../rakuten/problem';
import { redact } from '../rakuten/secrets/redact';
import type { Fault } from '../rakuten/service/readFault';

/**
 * What can be done about a request that did not bring data.
 * - `never`: the same request will be refused again.
 * - `later`: the same request may succeed later.
 * - `smaller`: may pass, or may be caused by the size of the request: try again, then ask for less.
 */
export type Remedy = 'never' | 'later' | 'smaller';

interface More {
	/** `never` unless given. */
	readonly remedy?: Remedy;
	/** How long the service asks to wait. */
	readonly retryAfterSeconds?: number;
	/** The service's own words: one line, short, without secrets. Quoted in the description. */
	readonly said?: string;
}

/** An answer of a service that brings no data, or a missing answer, by name. */
export class ServiceProblem extends RakutenProblem {
	override name = 'ServiceProblem';

	readonly remedy: Remedy;

	readonly retryAfterSeconds: number | undefined;

	readonly said: string;

	/** Whether it happened while a token was requested: the request itself was not sent. */
	beforeRequest = false;

	constructor(problemName: string, message: string, description: string, more: More = {}) {
		const said = more.said ?? '';
		super(
			problemName,
			message,
			said === '' ? description : `${description} Rakuten says: "${said}"`,
		);
		this.remedy = more.remedy ?? 'never';
		this.retryAfterSeconds = more.retryAfterSeconds;
		this.said = said;
	}

	/**
	 * Whether the service has had too many requests, which holds back everybody who shares the
	 * limit.
	 */
	get isLimit(): boolean {
		return this.problemName === 'rateLimited' || this.problemName === 'forbidden';
	}
}

/** Whether the same request may succeed a little later. */
export const mayPass = (cause: unknown): boolean =>
	cause instanceof ServiceProblem && cause.remedy !== 'never';

/** The parts of an answer without data that are needed to name it. */
export interface RefusedAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, unknown>>;
	/** The body, or the beginning of it. */
	readonly body: string;
}

/** `Retry-After` in seconds or as a date, in seconds from now; undefined without one. */
export function retryAfterSeconds({ headers }: RefusedAnswer): number | undefined {
	const value = headers['retry-after'];
	if (typeof value !== 'string' || value.trim() === '') return undefined;
	const seconds = /^\d+$/.test(value.trim())
		? Number(value)
		: (Date.parse(value) - Date.now()) / 1000;
	return Number.isFinite(seconds) ? Math.max(seconds, 0) : undefined;
}

/** Name, message and description of a refusal of the network address that this n8n sends from. */
export const addressRefused = (
	status: number,
): [problemName: string, message: string, description: string] => [
	'addressRefused',
	`Rakuten does not accept requests from this n8n's IP address (status ${status})`,
	"The credential is not the reason. Ask Rakuten's publisher support to allow the address, or let n8n send from one that is allowed.",
];

/** Where a redirect leads, as a sentence that names the host; empty where the answer does not say. */
export function redirectTarget({ headers }: RefusedAnswer): string {
	const { location } = headers;
	if (typeof location !== 'string' || !URL.canParse(location, 'https://same.invalid')) return '';
	// Host and port only: an address may hold what is secret everywhere else.
	const { host } = new URL(location, 'https://same.invalid');
	return host === 'same.invalid' || host === '' ? '' : `It points to ${host.slice(0, 200)}. `;
}

/** The service's own words: one line, short, without secrets. */
export const quoted = ({ words }: Fault, secrets: readonly string[]): string =>
	redact(words.slice(0, 2000), secrets).slice(0, 300).trim();

/** How to name a host, and what to do if its answers take too long or break off. */
export interface HostWords {
	/** For the beginning of a sentence, e.g. "Rakuten's API". */
	readonly name: string;
	readonly whenSlow: string;
	/** The remedy for an answer that did not arrive, or not to its end. */
	readonly remedy: Remedy;
}

/** Waits for an answer of any status. Throws a ServiceProblem where none came. */
export async function answered<T>(
	sending: Promise<T>,
	host: HostWords,
	secrets: readonly string[],
): Promise<T> {
	const outcome = await outcomeOf(sending);
	if (outcome.ok) return outcome.value;
	throw problemIn(outcome.cause) ?? nameBrokenConnection(outcome.cause, host, secrets);
}

/** The problem inside what n8n's request helper throws, if it is one of ours. */
function problemIn(cause: unknown): RakutenProblem | undefined {
	return causesOf(cause).find((each) => each instanceof RakutenProblem);
}

/** Names a request that got no answer, or whose answer broke off. */
export function nameBrokenConnection(
	cause: unknown,
	{ name, whenSlow, remedy }: HostWords,
	secrets: readonly string[],
): ServiceProblem {
	const { code, message } = causeOf(cause);
	const words = `${code ? `${code}: ` : ''}${message}`;
	const detail = redact(words.slice(0, 2000), secrets).slice(0, 200);
	if (isTimeOut(words)) {
		return new ServiceProblem('timedOut', `${name} did not answer in time`, whenSlow, { remedy });
	}
	const unknownHost = unknownHostIn(cause);
	if (unknownHost !== undefined) {
		return new ServiceProblem(
			'unreachable',
			`${name} could not be reached: the host ${unknownHost} can't be found`,
			"Check the 'Base URL' in the credential for a typing mistake, and whether this n8n can look up names on the internet.",
			{ remedy: 'later' },
		);
	}
	if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|CERT|ERR_INVALID_URL/i.test(words)) {
		return new ServiceProblem(
			'unreachable',
			`${name} could not be reached`,
			`Check the network of this n8n and the 'Base URL' in the credential. (${detail})`,
			{ remedy: 'later' },
		);
	}
	return brokenOff(detail, remedy);
}

/** The host whose address was not found, from a failure of Node's name lookup or its wrapping. */
function unknownHostIn(cause: unknown): string | undefined {
	return causesOf(cause)
		.map(
			({ message }) => /(?:ENOTFOUND|EAI_AGAIN) ([\w.-]{1,253})/.exec(message.slice(0, 1000))?.[1],
		)
		.find((host) => host !== undefined);
}

/** Whether the words of a network failure say that an answer took too long. */
export const isTimeOut = (words: string) => /timeout|ETIMEDOUT|ECONNABORTED/i.test(words);

/** Names an answer that ends too early. */
export const brokenOff = (detail: string, remedy: Remedy = 'later') =>
	new ServiceProblem(
		'brokenOff',
		'The connection to Rakuten broke before the answer was complete',
		`Nothing from this answer was used. Try again. (${detail})`,
		{ remedy },
	);

/** The code and the message of a failed request, wherever n8n has wrapped them. */
export function causeOf(cause: unknown): { code: string; message: string } {
	let code = '';
	let message = '';
	for (const each of causesOf(cause)) {
		code ||= String((each as { code?: unknown }).code ?? '');
		message ||= each.message;
	}
	return { code, message };
}

/** An error and what it wraps, outermost first; no deeper than n8n wraps. */
function causesOf(cause: unknown): Error[] {
	const causes: Error[] = [];
	for (let at = cause; at instanceof Error && causes.length < 5; at = at.cause) causes.push(at);
	return causes;
}
