import { outcomeOf } from '../../rakuten/outcome';
import type { Outcome } from '../../rakuten/outcome';

/** What is running, by name. */
const running = new Map<string, Promise<Outcome<unknown>>>();

/**
 * Runs a task, or waits for the one of that name that is already running and shares its outcome.
 * n8n removes a trigger's GET and POST webhooks at the same time: if Rakuten is unreachable, one of
 * them trying is enough.
 */
export async function joinRunning(
	name: string,
	task: () => Promise<void>,
): Promise<Outcome<unknown>> {
	const before = running.get(name);
	if (before) return await before;
	const own = outcomeOf(task());
	running.set(name, own);
	const outcome = await own;
	running.delete(name);
	return outcome;
}
