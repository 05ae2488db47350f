import type { ApiFault } from '../../rakuten/developer/apiFault';
import { RakutenProblem } from '../../rakuten/problem';
import { redactDeveloperSecrets } from '../../rakuten/secrets/redactDeveloper';
import type { DeveloperSecrets } from '../../rakuten/secrets/redactDeveloper';
import { causeOf } from '../reporting/reportingProblem';

interface More {
	/** The same request may be answered later. */
	readonly mayPass?: boolean;
	readonly retryAfterSeconds?: number;
	/** Rakuten's own words: one line, short, redacted. */
	readonly said?: string;
	/** It happened while asking for an access token: the request itself was not carried out. */
	readonly beforeRequest?: boolean;
}

/** An answer of the token, postback or Events API, or the lack of one, by name. */
export class DeveloperProblem extends RakutenProblem {
	override name = 'DeveloperProblem';

	readonly mayPass: boolean;

	readonly retryAfterSeconds: number | undefined;

	readonly said: string;

	readonly beforeRequest: boolean;

	constructor(problemName: string, message: string, description: string, more: More = {}) {
		super(problemName, message, description);
		this.mayPass = more.mayPass ?? false;
		this.retryAfterSeconds = more.retryAfterSeconds;
		this.said = more.said ?? '';
		this.beforeRequest = more.beforeRequest ?? false;
	}
}

/** Names a request that got no answer, or whose answer broke off. */
export function nameDeveloperConnection(
	cause: unknown,
	secrets: DeveloperSecrets,
	beforeRequest = false,
): DeveloperProblem {
	const { code, message } = causeOf(cause);
	const detail = redactDeveloperSecrets(`${code ? `${code}: ` : ''}${message}`, secrets).slice(
		0,
		200,
	);
	if (/timeout|ETIMEDOUT|ECONNABORTED/i.test(`${code} ${message}`)) {
		return new DeveloperProblem(
			'timedOut',
			"Rakuten's API did not answer in time",
			'Try again later.',
			{ mayPass: true, beforeRequest },
		);
	}
	if (
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|CERT|ERR_INVALID_URL/i.test(`${code} ${message}`)
	) {
		return new DeveloperProblem(
			'unreachable',
			"Rakuten's API could not be reached",
			`Check the network of this n8n and the 'Base URL' in the credential. (${detail})`,
			{ mayPass: true, beforeRequest },
		);
	}
	return cutShort(detail, beforeRequest);
}

/** Names an answer that ends too early. */
export const cutShort = (detail: string, beforeRequest = false) =>
	new DeveloperProblem(
		'brokenOff',
		"The connection to Rakuten's API broke before the answer was complete",
		`Try again. (${detail})`,
		{ mayPass: true, beforeRequest },
	);

/** The problem inside what n8n's request helper throws, if it is one of ours. */
export function problemIn(cause: unknown): RakutenProblem | undefined {
	for (let at = cause, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
		if (at instanceof RakutenProblem) return at;
	}
	return undefined;
}

/** Rakuten's own words: one line, short, redacted. */
export const quoted = (fault: ApiFault, secrets: DeveloperSecrets) =>
	redactDeveloperSecrets(fault.words.slice(0, 2000), secrets).slice(0, 300);

/** The same for the end of a description. */
export const saying = (said: string) => (said === '' ? '' : ` Rakuten says: "${said}"`);
