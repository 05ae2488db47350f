import { outcomeOf } from '../rakuten/outcome';
import { holdBack } from './pacing';
import { pauseUntil, throwIfCancelled } from './pause';
import { ServiceProblem } from './problem';

export interface RetryPolicy {
	/** How often to try again after this problem. */
	retriesAfter(problem: ServiceProblem): number;
	/** The wait before the first retry, where the service does not say; it doubles with each. */
	firstWaitSeconds(problem: ServiceProblem): number;
	/** The longest wait that is waited: where the service asks for more, there is no retry. */
	readonly longestWaitSeconds: number;
	/** The queue that is held back after a refusal for the number of requests. */
	readonly paceKey?: string;
	readonly signal?: AbortSignal;
	onRetry?(): void;
}

/** The longest wait between two attempts that the service did not ask for. */
const longestOwnWaitSeconds = 120;

/**
 * Makes an attempt again while its problem may pass; throws the problem that remains, and anything
 * else immediately. The policy decides whether repeating is harmless. After a refusal for the
 * number of requests, all requests of the queue wait, because they share the limit; after anything
 * else, only this attempt does.
 */
export async function withRetries<T>(policy: RetryPolicy, attempt: () => Promise<T>): Promise<T> {
	for (let number = 1; ; number++) {
		const outcome = await outcomeOf(attempt());
		if (outcome.ok) return outcome.value;
		throwIfCancelled(policy.signal);
		const problem = outcome.cause;
		if (!(problem instanceof ServiceProblem) || problem.remedy === 'never') throw problem;
		const seconds =
			problem.retryAfterSeconds ??
			Math.min(policy.firstWaitSeconds(problem) * 2 ** (number - 1), longestOwnWaitSeconds);
		if (problem.isLimit && policy.paceKey !== undefined) holdBack(policy.paceKey, seconds);
		if (number > policy.retriesAfter(problem) || seconds > policy.longestWaitSeconds) throw problem;
		policy.onRetry?.();
		await pauseUntil(Date.now() + seconds * 1000, policy.signal);
	}
}
