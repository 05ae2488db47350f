import { outcomeOf } from '../rakuten/outcome';
import { holdBack, paceKey } from './pacing';
import { pauseUntil, throwIfCancelled } from './pause';
import { ReportingProblem } from './reporting/reportingProblem';
import type { Remedy } from './reporting/reportingProblem';
import type { ReportingConnection } from './reporting/reportingConnection';

export interface RetryPolicy {
	/** How often a request may be made in all when it ends in this remedy. */
	attempts(remedy: Remedy): number;
	readonly connection: ReportingConnection;
	readonly signal: AbortSignal | undefined;
	onRetry(): void;
}

/** Waits start from the gap between requests, but never from less than this. */
const leastGapSeconds = 0.2;

/** The longest wait that is waited when Rakuten asks for it; beyond it the import says so and ends. */
const longestAskedSeconds = 600;

/** The longest wait between two attempts that Rakuten did not ask for. */
const longestWaitSeconds = 120;

/**
 * Makes a request again while its problem may pass; the problem that stayed is returned, anything
 * else is thrown. Reading a report changes nothing at Rakuten, so repeating is safe. Waits double,
 * unless Rakuten says how long (`Retry-After`). After a refusal for the number of requests the whole
 * token waits, as the limit is the token's; after anything else only this import does.
 */
export async function withRetries(
	policy: RetryPolicy,
	attempt: () => Promise<void>,
): Promise<ReportingProblem | undefined> {
	const { connection, signal } = policy;
	for (let number = 1; ; number++) {
		const outcome = await outcomeOf(attempt());
		if (outcome.ok) return undefined;
		throwIfCancelled(signal);
		const problem = outcome.cause;
		if (!(problem instanceof ReportingProblem)) throw problem;
		if (problem.remedy === 'never') return problem;
		const gap = Math.max(connection.secondsBetweenRequests, leastGapSeconds);
		const seconds = problem.retryAfterSeconds ?? Math.min(gap * 2 ** number, longestWaitSeconds);
		if (problem.problemName === 'rateLimited') holdBack(paceKey(connection.token), seconds);
		if (!(number < policy.attempts(problem.remedy)) || seconds > longestAskedSeconds)
			return problem;
		policy.onRetry();
		await pauseUntil(Date.now() + seconds * 1000, signal);
	}
}
