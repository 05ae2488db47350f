import type { IncomingMessage } from 'node:http';
import { decoded, type Side, type TokenEncoding } from './tokens.mts';

/** One request to the reporting host, with nothing secret in it. */
export interface RequestEntry {
	/** From 1, in the order of arrival. */
	number: number;
	/** ISO time of arrival. */
	time: string;
	method: string;
	path: string;
	/** As it came, but with every token replaced by `***`. */
	query: string;
	headers: Record<string, string>;
	/** Whose token it was. */
	token: Side | 'other' | 'wrong' | 'missing';
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

/** The requests so far. Tokens never get into it: any `token` parameter and any known token goes. */
export class RequestLog {
	#entries: RequestEntry[] = [];
	#number = 0;
	#previous = new Map<string, number>();
	#secrets: readonly string[];

	/** @param secrets tokens to blot out wherever they turn up, in any encoding */
	constructor(secrets: readonly string[]) {
		this.#secrets = secrets;
	}

	add(
		request: IncomingMessage,
		token: string,
		whose: RequestEntry['token'],
		tokenEncoding: TokenEncoding,
	): RequestEntry {
		const now = performance.now();
		const previous = this.#previous.get(token);
		this.#previous.set(token, now);
		const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
		const entry: RequestEntry = {
			number: ++this.#number,
			time: new Date().toISOString(),
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
			tokenEncoding,
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
				decoded(name).toLowerCase() === 'token' ? `${start}${name}=***` : pair,
		);
		return this.#secrets.reduce((shown, secret) => {
			const once = encodeURIComponent(secret);
			return [encodeURIComponent(once), once, secret].reduce(
				(rest, form) => rest.replaceAll(form, '***'),
				shown,
			);
		}, withoutParameter);
	}
}
