import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition. Throws naming it when it is not met in time. */
export async function until(
	what: string,
	condition: () => boolean | Promise<boolean>,
	{ timeoutMs = 60_000, everyMs = 50 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}`);
		await sleep(everyMs);
	}
}
