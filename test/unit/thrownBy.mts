import { RakutenProblem } from '../../rakuten/problem';

/**
 * The problem a function throws; fails the test when it returns, throws anything else, or uses a
 * word that n8n's guidelines keep out of texts for users.
 */
export function thrownBy(run: () => unknown): RakutenProblem {
	let thrown: unknown;
	try {
		run();
	} catch (problem) {
		thrown = problem;
	}
	if (!(thrown instanceof RakutenProblem)) throw new Error(`no problem was thrown: ${thrown}`);
	expect(thrown.problemName).toMatch(/^[a-z][A-Za-z]+$/);
	expect(thrown.message).toMatch(/\S{3,}/);
	expect(thrown.description).toMatch(/\.$/);
	expect(`${thrown.message} ${thrown.description}`).not.toMatch(
		/\b(error|problem|failure|mistake)/i,
	);
	return thrown;
}
