import { createHash } from 'node:crypto';

import { pauseUntil } from './pause';

/** A token's last request and, after a refusal, the moment before which none may follow. */
interface Turn {
	lastSent: number;
	heldUntil: number;
}

/** By the token's hash: shared by all nodes of this process. */
const turns = new Map<string, Turn>();

/** Rakuten counts by its own clock; a little more than the gap keeps the count safe. */
const marginMilliseconds = 25;

/** A token's place in the queue; the token itself is not kept. */
export const paceKey = (token: string) => createHash('sha256').update(token).digest('base64');

function turnOf(key: string): Turn {
	let turn = turns.get(key);
	if (!turn) {
		turn = { lastSent: Number.NEGATIVE_INFINITY, heldUntil: 0 };
		turns.set(key, turn);
	}
	return turn;
}

/**
 * Waits for this token's turn and takes it: requests of one token leave at least `gapSeconds` apart,
 * whichever node, item or execution of this process sends them. Five requests a minute were
 * observed to be allowed (public connectors sleep 12 s).
 */
export async function waitForTurn(
	key: string,
	gapSeconds: number,
	signal: AbortSignal | undefined,
): Promise<void> {
	const gap = gapSeconds * 1000 + marginMilliseconds;
	const turn = turnOf(key);
	for (;;) {
		const moment = Math.max(turn.lastSent + gap, turn.heldUntil);
		const now = Date.now();
		if (moment <= now) {
			turn.lastSent = now;
			return;
		}
		await pauseUntil(moment, signal);
	}
}

/** Holds back every request of this token, because Rakuten refused one for their number. */
export function holdBack(key: string, seconds: number): void {
	const turn = turnOf(key);
	turn.heldUntil = Math.max(turn.heldUntil, Date.now() + seconds * 1000);
}
