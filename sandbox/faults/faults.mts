import type { DamageOrder } from '../account/damagedRows.mts';
import type { Api } from '../host/apis.mts';
import type {
	NotEntitledStyle,
	RateLimitStyle,
	UnauthorizedStyle,
} from '../host/gatewayRefusals.mts';

/** Which requests a fault is for; everything named must match. */
export interface FaultMatch {
	/** Without api and path, a fault is for the reporting host; the API host's own kinds are for it. */
	api?: Api;
	/** A path, or the beginning of one up to a slash. */
	path?: string;
	method?: string;
	reportKey?: string;
	/** The request names this network; `all` for a request that names none. */
	network?: number | 'all';
	/** The dates asked for touch `from`…`to` (`YYYY-MM-DD`, either may be left out). */
	from?: string;
	to?: string;
	/** More than this many days are asked for. */
	daysOver?: number;
	/** The answer would have more than this many rows. */
	rowsOver?: number;
	/** Only the nth request (from 1) that fits the rest of the match. */
	nth?: number;
}

/** Ways a body can end too early, or go wrong inside; see sandbox/README.md. */
export type Truncation =
	| 'destroy'
	| 'destroyChunked'
	| 'midLine'
	| 'insideQuote'
	| 'noFinalLineEnd'
	| 'atLineEnd'
	| 'strayQuote';

/** What goes wrong. Only `slow` and `damagedRow` let the answer through. */
export type FaultKind =
	| { kind: 'tooManyRequests'; retryAfter?: number | 'date' }
	| { kind: 'tooLarge'; status?: 499 | 500 }
	| { kind: 'serverError'; status?: number; shape?: RefusalShape }
	| { kind: 'refusal'; status?: number; shape?: RefusalShape; message?: string }
	| { kind: 'html'; status?: number }
	| { kind: 'plainText'; message?: string }
	| { kind: 'jsonRefusal'; shape?: RefusalShape; message?: string }
	| { kind: 'emptyBody' }
	| { kind: 'slow'; ms: number; where?: 'headers' | 'body' }
	| { kind: 'reset' }
	| { kind: 'truncated'; how?: Truncation }
	| { kind: 'wrongLength'; by: number }
	| { kind: 'unauthorized'; as?: UnauthorizedStyle }
	| { kind: 'rateLimited'; as?: RateLimitStyle }
	| { kind: 'notEntitled'; as?: NotEntitledStyle }
	| ({ kind: 'damagedRow' } & DamageOrder);

/** `v1` is how the JSON APIs of the API host word it: `{"message": …, "error": …}`. */
export type RefusalShape = 'errors' | 'message' | 'text' | 'v1';

export type Fault = FaultKind & {
	match?: FaultMatch;
	/** How many requests it hits; without it, every one that matches. */
	times?: number;
	/** Puts the whole URL asked for, token included, into the text of the answer. */
	echoUrl?: boolean;
	/** To the API host: the request is carried out, and only its answer goes wrong. */
	afterwards?: boolean;
};

/** A fault in place, with how often it matched and hit. */
export interface PlacedFault {
	id: number;
	fault: Fault;
	matched: number;
	hits: number;
}

/** What of a request a fault is matched against. */
export interface FaultSubject {
	api: Api;
	method: string;
	path: string;
	/** Only for a report. */
	report?: {
		key: string;
		networks: readonly number[] | undefined;
		from: string;
		to: string;
		days: number;
		rows: number;
	};
}

/** Kinds that only the API host has. */
export const GATEWAY_KINDS: ReadonlySet<string> = new Set([
	'unauthorized',
	'rateLimited',
	'notEntitled',
] satisfies Array<FaultKind['kind']>);

/** The faults in place, in the order they were added. */
export class FaultPlan {
	#placed: PlacedFault[] = [];
	#lastId = 0;

	add(fault: Fault): PlacedFault {
		const placed = { id: ++this.#lastId, fault, matched: 0, hits: 0 };
		this.#placed.push(placed);
		return placed;
	}

	/** Removes one fault, or all. */
	clear(id?: number): void {
		this.#placed = id === undefined ? [] : this.#placed.filter((placed) => placed.id !== id);
	}

	list(): PlacedFault[] {
		return structuredClone(this.#placed);
	}

	/**
	 * The faults that hit a request: delays as they come, then the first that replaces the answer.
	 * Matching is counted on the way, and stops at that one.
	 */
	hitting(subject: FaultSubject): PlacedFault[] {
		const hit: PlacedFault[] = [];
		for (const placed of this.#placed) {
			const { fault } = placed;
			if (fault.kind === 'damagedRow' || !isFor(fault, subject)) continue;
			placed.matched++;
			if (fault.match?.nth !== undefined && fault.match.nth !== placed.matched) continue;
			if (placed.hits >= (fault.times ?? Infinity)) continue;
			placed.hits++;
			hit.push(placed);
			if (fault.kind !== 'slow') break;
		}
		return hit;
	}
}

function isFor({ kind, match = {} }: Fault, subject: FaultSubject): boolean {
	return (
		isForApi(kind, match, subject) &&
		(match.method === undefined || match.method === subject.method) &&
		fitsReport(match, subject.report)
	);
}

/**
 * Unless set otherwise, a request for a token is spared: it can't meet the refusals of a bearer.
 */
function isForApi(kind: string, { api, path }: FaultMatch, subject: FaultSubject): boolean {
	if (api !== undefined && api !== subject.api) return false;
	if (path !== undefined) return `${subject.path}/`.startsWith(path.replace(/\/?$/, '/'));
	if (api !== undefined) return true;
	return (subject.report === undefined) === GATEWAY_KINDS.has(kind) && subject.api !== 'token';
}

function fitsReport(match: FaultMatch, report: FaultSubject['report']): boolean {
	// Which matches go together is checked when a fault is placed.
	if (!report) return true;
	const { network } = match;
	return (
		(match.reportKey === undefined || match.reportKey === report.key) &&
		(network === undefined ||
			(network === 'all' ? !report.networks : report.networks?.includes(network) === true)) &&
		(match.from === undefined || report.to >= match.from) &&
		(match.to === undefined || report.from <= match.to) &&
		(match.daysOver === undefined || report.days > match.daysOver) &&
		(match.rowsOver === undefined || report.rows > match.rowsOver)
	);
}
