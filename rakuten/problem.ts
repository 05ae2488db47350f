/**
 * Anything this package can tell a user by name. `code` is stable and for programs; `message` says
 * what happened and `description` what to do about it. Neither ever holds a secret.
 */
export class RakutenProblem extends Error {
	readonly code: string;

	readonly description: string;

	constructor(code: string, message: string, description: string) {
		super(message);
		this.name = 'RakutenProblem';
		this.code = code;
		this.description = description;
	}
}
