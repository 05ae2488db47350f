/**
 * Anything this package can report to a user by name. `problemName` is stable and for programs;
 * `message` says what happened and `description` what to do about it. Neither ever contains a
 * secret. (It is not called `code`, because n8n's credential test shows an error's `code` instead
 * of its message.)
 */
export class RakutenProblem extends Error {
	readonly problemName: string;

	readonly description: string;

	constructor(problemName: string, message: string, description: string) {
		super(message);
		this.name = 'RakutenProblem';
		this.problemName = problemName;
		this.description = description;
	}
}
