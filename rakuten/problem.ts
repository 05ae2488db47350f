/**
 * Anything this package can tell a user by name. `problemName` is stable and for programs;
 * `message` says what happened and `description` what to do about it. None ever holds a secret.
 * (It is not called `code`: n8n's credential test shows an error's `code` in place of its message.)
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
