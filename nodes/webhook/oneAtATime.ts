import { outcomeOf } from '../../rakuten/outcome';

/** The last task of each name. */
const tasks = new Map<string, Promise<unknown>>();

/**
 * Runs a task when all earlier ones of that name have ended. Triggers that are activated or
 * deactivated at the same time would find the same postback registered, and both replace or restore
 * it.
 */
export async function oneAtATime<T>(name: string, task: () => Promise<T>): Promise<T> {
	const earlier = tasks.get(name) ?? Promise.resolve();
	const running = earlier.then(task);
	const ended = outcomeOf(running);
	tasks.set(name, ended);
	void ended.then(() => {
		if (tasks.get(name) === ended) tasks.delete(name);
	});
	return await running;
}
