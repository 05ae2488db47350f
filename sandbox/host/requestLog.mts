import type { IncomingMessage } from 'node:http';
import type { Api } from './apis.mts';
import { ISSUED_TOKEN, type BearerStanding } from './applicationTokens.mts';
import type { Authorization } from './authorization.mts';
import { decoded } from './query.mts';
import type { Side, TokenEncoding } from './tokens.mts';

/** One request to either host, with nothing secret in it. */
export interface RequestEntry {
	/** From 1, in the order of arrival. */
	number: number;
	/** ISO time of arrival. */
	time: string;
	api: Api;
	method: string;
	path: string;
	/** As it came, but with every token replaced by `***`. */
	query: string;
	headers: Record<string, string>;
	/**
	 * Whose report token it was. To the API host: the state of the bearer token, or `client` if an
	 * application asks for one.
	 */
	token: Side | 'other' | 'client' | BearerStanding;
	/** Of the Authorization header, whose value is nowhere. */
	scheme: Authorization['scheme'];
	/** Of a report token. */
	tokenEncoding: TokenEncoding;
	/** Milliseconds since the request before from the same token; null for its first. */
	msSincePrevious: number | null;
	/** 0 until (or unless) an answer's status left. */
	status: number;
	/** Bytes of the body handed to the socket. */
	bytes: number;
	/** Rows of data in a complete report. */
	rows: number | null;
	/** Kinds of the faults that hit it; `limit` for the limiter's own refusal. */
	faults: string[];
	/** Milliseconds from arrival to the end. */
	duration: number | null;
	/** `cut` when the host broke the connection, `left` when the client did. */
	end: 'open' | 'complete' | 'cut' | 'left';
}

const SHOWN_HEADERS = [
	'accept',
	'accept-encoding',
	'connection',
	'content-length',
	'content-type',
	'host',
	'user-agent',
];

/** What of a request the log cannot see for itself. */
export interface RequestOrigin {
	api: Api;
	/** Distinguishes clients; never shown. */
	token: string;
	whose: RequestEntry['token'];
	scheme?: Authorization['scheme'];
	encoding?: TokenEncoding;
}

/** Parameters whose values are never shown. */
const SECRET_PARAMETERS = ['token', 'access_token', 'refresh_token', 'client_secret', 'key'];

/** The requests so far. Secrets never get into it: not by their parameter, and not by their text. */
export class RequestLog {
	#entries: RequestEntry[] = [];
	#number = 0;
	#previous = new Map<string, number>();
	#secrets: readonly string[];

	/** @param secrets what to black out wherever it turns up, in any encoding */
	constructor(secrets: readonly string[]) {
		this.#secrets = secrets;
	}

	add(
		request: IncomingMessage,
		{ api, token, whose, scheme = 'none', encoding = 'missing' }: RequestOrigin,
	): RequestEntry {
		const now = performance.now();
		const previous = this.#previous.get(token);
		this.#previous.set(token, now);
		const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
		const entry: RequestEntry = {
			number: ++this.#number,
			time: new Date().toISOString(),
			api,
			method: request.method ?? '',
			path: this.redacted(path),
			query: this.redacted(query),
			headers: Object.fromEntries(
				SHOWN_HEADERS.filter((name) => request.headers[name] !== undefined).map((name) => [
					name,
					this.redacted(String(request.headers[name])),
				]),
			),
			token: whose,
			scheme,
			tokenEncoding: encoding,
			msSincePrevious: previous === undefined ? null : Math.round(now - previous),
			status: 0,
			bytes: 0,
			rows: null,
			faults: [],
			duration: null,
			end: 'open',
		};
		this.#entries.push(entry);
		return entry;
	}

	list(): RequestEntry[] {
		return structuredClone(this.#entries);
	}

	/** Forgets the requests so far; the time since a token's last one is kept. */
	clear(): void {
		this.#entries = [];
	}

	redacted(text: string): string {
		const withoutParameter = text.replace(
			/(^|[?&])([^=&?]*)=([^&]*)/g,
			(pair, start: string, name: string) =>
				SECRET_PARAMETERS.includes(decoded(name).toLowerCase()) ? `${start}${name}=***` : pair,
		);
		return this.#secrets.reduce(
			(shown, secret) => {
				const once = encodeURIComponent(secret);
				return [encodeURIComponent(once), once, secret].reduce(
					(rest, form) => rest.replaceAll(form, '***'),
					shown,
				);
			},
			withoutParameter.replace(ISSUED_TOKEN, '***'),
		);
	}
}
