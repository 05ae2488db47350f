import { outcomeOf } from './outcome';
import { holdBack, paceKey } from './pacing';
import { throwIfCancelled } from './pause';
import { ReportingProblem } from './problem';
import type { Remedy } from './problem';
import type { ReportingConnection } from './reportingConnection';

export interface RetryPolicy {
	/** How often a request may be made in all when it ends in this remedy. */
	attempts(remedy: Remedy): number;
	readonly connection: ReportingConnection;
	readonly signal: AbortSignal | undefined;
	onRetry(): void;
}

/** The longest wait between two attempts that Rakuten did not ask for. */
const longestWaitSeconds = 120;

/**
 * Makes a request again while its problem may pass; the problem that stayed is returned, anything
 * else is thrown. Reading a report changes nothing at Rakuten, so repeating is safe. Waits double,
 * starting from the gap that requests keep anyway, unless Rakuten says how long (`Retry-After`); the
 * whole token waits, as the limit is the token's.
 */
export async function withRetries(
	policy: RetryPolicy,
	attempt: () => Promise<void>,
): Promise<ReportingProblem | undefined> {
	for (let number = 1; ; number++) {
		const outcome = await outcomeOf(attempt());
		if (outcome.ok) return undefined;
		throwIfCancelled(policy.signal);
		const problem = outcome.cause;
		if (!(problem instanceof ReportingProblem)) throw problem;
		if (problem.remedy === 'never') return problem;
		const doubled = policy.connection.secondsBetweenRequests * 2 ** number;
		holdBack(
			paceKey(policy.connection.token),
			problem.retryAfterSeconds ?? Math.min(doubled, longestWaitSeconds),
		);
		if (number >= policy.attempts(problem.remedy)) return problem;
		policy.onRetry();
	}
}
