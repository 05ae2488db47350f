import type { RakutenProblem } from '../../../rakuten/problem';
import { thrownBy } from '../thrownBy.mts';

/** The problem that a promise ends in; see thrownBy. */
export async function thrownLater(promise: Promise<unknown>): Promise<RakutenProblem> {
	const outcome = await promise.then(
		() => undefined,
		(cause: unknown) => ({ cause }),
	);
	return thrownBy(() => {
		if (outcome) throw outcome.cause;
	});
}
