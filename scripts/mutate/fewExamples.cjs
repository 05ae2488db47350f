/**
 * Setup file for Jest: fast-check tries at most 40 examples of each property, always from the same seed,
 * and stops at the first one that fails instead of searching for a smaller one.
 */
const MOST_EXAMPLES = 40;

jest.mock('fast-check', () => {
	const fc = jest.requireActual('fast-check');
	const assert = (property, parameters = {}) => {
		const numRuns = Math.min(parameters.numRuns ?? MOST_EXAMPLES, MOST_EXAMPLES);
		return fc.assert(property, { seed: 1, ...parameters, numRuns, endOnFailure: true });
	};
	return { ...fc, __esModule: true, assert, default: { ...fc.default, assert } };
});
