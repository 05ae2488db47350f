import type { EarningsFigures } from './earningsFigures.mts';
import { differences } from './figuresTable.mts';
import type { Told } from './importRun.mts';
import { SECONDS_BETWEEN_REQUESTS, type Met } from './sandboxPlan.mts';

/** Everything that a trial import is judged by. */
export interface Trial {
	stored: EarningsFigures;
	expected: EarningsFigures;
	met: Met;
	told: Told;
}

/** Why a trial proves nothing, or proves that something is wrong; empty when it went as it should. */
export function complaints({ stored, expected, met, told }: Trial): string[] {
	const conditions: Array<[boolean, string]> = [
		[expected.rows > 0, 'the sandbox held no rows'],
		[met.tooManyRequests > 0, 'no request was refused with 429'],
		[met.tooLarge > 0, 'no request was answered with 499'],
		[met.halved > 0, 'no range was asked for again in two halves'],
		[expected.rejected > 0, 'no row was unreadable'],
		[expected.corrections > 0, 'there was no correction'],
		// They left far enough apart; a busy machine can delay the first on its way and not the second.
		[
			met.shortestGapSeconds > SECONDS_BETWEEN_REQUESTS / 2,
			`two requests were only ${met.shortestGapSeconds} s apart`,
		],
		[told.requests === met.requests, `the node reports ${told.requests} requests`],
		[told.halved === met.halved, `the node reports ${told.halved} halved ranges`],
		[
			told.retries >= met.tooManyRequests + met.brokenOff,
			`the node reports only ${told.retries} retries`,
		],
		[told.rejected === expected.rejected, `the node reports ${told.rejected} rejected rows`],
		[told.kept === stored.rows, `the node reports ${told.kept} rows kept`],
		[told.kept + told.rejected === told.read, `the node reports ${told.read} rows read`],
	];
	return [
		...differences(stored, expected),
		...conditions.filter(([holds]) => !holds).map(([, complaint]) => complaint),
	];
}

/** One or two lines for the person: what went wrong on the way and was fixed. */
export function metInWords(met: Met): string {
	return [
		`${met.requests} requests, at least ${met.shortestGapSeconds.toFixed(2)} s apart: ${met.tooManyRequests} refused for haste (429),`,
		`${met.tooLarge} too large (499; ${met.halved} of these ranges then read in two halves), ${met.brokenOff} broken off.`,
	].join(' ');
}
