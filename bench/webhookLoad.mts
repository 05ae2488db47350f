import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a series of requests took. */
export interface Load {
	/** From the first request to the last answer. */
	seconds: number;
	/** Of each request, from its start to the end of its answer, in the order of answers. */
	milliseconds: number[];
}

/**
 * Sends a number of requests over a number of connections, each the next one as soon as the one
 * before is answered. Throws when one is answered with a status other than the expected one.
 */
export async function hammer(
	url: string,
	{ requests, connections, status }: { requests: number; connections: number; status: number },
): Promise<Load> {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	const milliseconds: number[] = [];
	let sent = 0;
	const started = performance.now();
	const one = async () => {
		while (sent < requests) {
			sent++;
			const start = performance.now();
			const answered = await statusOf(url, agent);
			milliseconds.push(performance.now() - start);
			if (answered !== status) throw new Error(`It was answered ${answered}, not ${status}`);
		}
	};
	try {
		await Promise.all(Array.from({ length: connections }, one));
	} finally {
		agent.destroy();
	}
	return { seconds: (performance.now() - started) / 1000, milliseconds };
}

/** The status of a GET, once the whole answer is there. */
async function statusOf(url: string, agent: Agent): Promise<number> {
	return await new Promise((resolve, reject) => {
		const asked = request(url, { agent }, (answer) => {
			answer.resume();
			answer.once('end', () => resolve(answer.statusCode ?? 0));
			answer.once('error', reject);
		});
		asked.once('error', reject);
		asked.end();
	});
}

/**
 * The rate at which n8n takes hits *and* processes them: the number of hits, each sent as soon as
 * one of those under way is answered, over the time until the last execution they started has
 * ended.
 *
 * @param send sends the hits and waits for their answers
 * @param ended how many executions have ended, since whenever
 * @returns executions per second
 */
export async function sustainedRate(
	hits: number,
	send: (hits: number) => Promise<unknown>,
	ended: () => number | Promise<number>,
): Promise<number> {
	const before = await ended();
	const started = performance.now();
	await send(hits);
	await untilEnded(async () => (await ended()) - before, hits);
	return hits / ((performance.now() - started) / 1000);
}

/** Waits until this many executions have ended. Throws when none does for half a minute. */
export async function untilEnded(
	ended: () => number | Promise<number>,
	hits: number,
): Promise<void> {
	let last = -1;
	let since = performance.now();
	for (;;) {
		const now = await ended();
		if (now >= hits) return;
		if (now !== last) since = performance.now();
		if (performance.now() - since > 30_000) {
			throw new Error(`Only ${now} of ${hits} executions have ended`);
		}
		last = now;
		await sleep(20);
	}
}

/** The value that this percentage of the values lies below. */
export function percentile(values: readonly number[], percent: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)];
}
