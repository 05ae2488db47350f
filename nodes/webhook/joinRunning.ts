import { outcomeOf } from '../../rakuten/outcome';
import type { Outcome } from '../../rakuten/outcome';

/** What is running, by name. */
const running = new Map<string, Promise<Outcome<unknown>>>();

/**
 * Runs a task, or waits for the one of that name that is running already and shares its outcome. n8n
 * takes a trigger's GET and POST webhooks down at the same time: where Rakuten is away, one of them
 * trying is enough.
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
