import type { DamageOrder } from './damagedRows.mts';

/** Which requests a fault is for; everything named has to fit. */
export interface FaultMatch {
	reportKey?: string;
	/** The request names this network; `all` for a request that names none. */
	network?: number | 'all';
	/** The dates asked for touch `from`…`to` (`YYYY-MM-DD`, either may be left out). */
	from?: string;
	to?: string;
	/** More than so many days are asked for. */
	daysOver?: number;
	/** The answer would have more than so many rows. */
	rowsOver?: number;
	/** Only the nth request (from 1) that the rest of the match fits. */
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
	| ({ kind: 'damagedRow' } & DamageOrder);

export type RefusalShape = 'errors' | 'message' | 'text';

export type Fault = FaultKind & {
	match?: FaultMatch;
	/** How many requests it hits; without it, every one that matches. */
	times?: number;
	/** Puts the whole URL asked for, token included, into the text of the answer. */
	echoUrl?: boolean;
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
	reportKey: string;
	networks: readonly number[] | undefined;
	from: string;
	to: string;
	days: number;
	rows: number;
}

/** The faults in place, in the order they were added. */
export class FaultPlan {
	#placed: PlacedFault[] = [];
	#lastId = 0;

	add(fault: Fault): PlacedFault {
		const placed = { id: ++this.#lastId, fault, matched: 0, hits: 0 };
		this.#placed.push(placed);
		return placed;
	}

	/** Takes one fault out, or all. */
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
			if (fault.kind === 'damagedRow' || !matches(fault.match ?? {}, subject)) continue;
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

function matches(match: FaultMatch, subject: FaultSubject): boolean {
	const { network } = match;
	return (
		(match.reportKey === undefined || match.reportKey === subject.reportKey) &&
		(network === undefined ||
			(network === 'all' ? !subject.networks : subject.networks?.includes(network) === true)) &&
		(match.from === undefined || subject.to >= match.from) &&
		(match.to === undefined || subject.from <= match.to) &&
		(match.daysOver === undefined || subject.days > match.daysOver) &&
		(match.rowsOver === undefined || subject.rows > match.rowsOver)
	);
}
