import { createHash } from 'node:crypto';

import { pauseUntil } from './pause';
import { ServiceProblem } from './problem';

/** The last request of a queue and, after a refusal, the moment before which none may follow. */
interface Turn {
	lastSent: number;
	heldUntil: number;
}

/** By pace key: shared by all nodes of this process. */
const turns = new Map<string, Turn>();

/** Rakuten counts by its own clock; a little more than the gap keeps the count safe. */
const marginMilliseconds = 25;

/**
 * The longest time that requests are held back, whatever a service asks for: after that, one asks
 * again, and is refused again if the service meant what it said.
 */
export const longestHoldSeconds = 15 * 60;

/** Names a queue by what the limit is counted by, such as a token; the token itself is not kept. */
export const paceKey = (counted: string) => createHash('sha256').update(counted).digest('base64');

function turnOf(key: string): Turn {
	let turn = turns.get(key);
	if (!turn) {
		turn = { lastSent: Number.NEGATIVE_INFINITY, heldUntil: 0 };
		turns.set(key, turn);
	}
	return turn;
}

/** One request that waits for its turn. */
export interface Pacing {
	readonly paceKey: string;
	/** How far apart requests of one queue leave. */
	readonly secondsBetweenRequests: number;
	/** The longest wait for the end of a hold. */
	readonly longestWaitSeconds: number;
	readonly signal: AbortSignal | undefined;
}

/**
 * Waits for a turn and takes it: requests of one queue leave at least the gap apart, whichever node,
 * item or execution of this process sends them. Five requests a minute were observed to be allowed
 * for reports (public connectors sleep 12 s).
 *
 * @throws ServiceProblem saying until when requests are held back, where that is too long to wait
 */
export async function waitForTurn(pacing: Pacing): Promise<void> {
	const gap = pacing.secondsBetweenRequests * 1000 + marginMilliseconds;
	const turn = turnOf(pacing.paceKey);
	let patientUntil: number | undefined;
	for (;;) {
		const now = Date.now();
		const moment = Math.max(turn.lastSent + gap, turn.heldUntil);
		if (moment <= now) {
			turn.lastSent = now;
			return;
		}
		if (turn.heldUntil > now) {
			patientUntil ??= now + pacing.longestWaitSeconds * 1000;
			if (turn.heldUntil > patientUntil) throw heldBack(turn.heldUntil);
		}
		await pauseUntil(moment, pacing.signal);
	}
}

/** Holds back every request of a queue, because the service refused one for their number. */
export function holdBack(key: string, seconds: number): void {
	const turn = turnOf(key);
	const until = Date.now() + Math.min(seconds, longestHoldSeconds) * 1000;
	turn.heldUntil = Math.max(turn.heldUntil, until);
}

function heldBack(until: number): ServiceProblem {
	const minute = 60_000;
	const time = new Date(Math.ceil(until / minute) * minute).toISOString().slice(11, 16);
	return new ServiceProblem(
		'heldBack',
		`Rakuten refused earlier requests because there were too many, so requests are held back until ${time} UTC`,
		`Run this again after ${time} UTC. Everything that uses the same token or application counts.`,
		{ remedy: 'later' },
	);
}
