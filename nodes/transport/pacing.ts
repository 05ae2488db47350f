import { createHash } from 'node:crypto';

import { pauseUntil } from './pause';

/** When the next request of a token may leave, by the token's hash: shared by all nodes of this process. */
const nextTurn = new Map<string, number>();

/** Rakuten counts by its own clock; a little more than the gap keeps the count safe. */
const marginMilliseconds = 25;

/** A token's place in the queue; the token itself is not kept. */
export const paceKey = (token: string) => createHash('sha256').update(token).digest('base64');

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
	for (;;) {
		const turn = nextTurn.get(key) ?? 0;
		const now = Date.now();
		if (turn <= now) {
			nextTurn.set(key, now + gap);
			return;
		}
		await pauseUntil(turn, signal);
	}
}

/** Holds back every request of this token, because Rakuten asked for it or did not answer. */
export function holdBack(key: string, seconds: number): void {
	nextTurn.set(key, Math.max(nextTurn.get(key) ?? 0, Date.now() + seconds * 1000));
}
