import { say } from './progress.mts';

/**
 * The frame of a script that a person starts: an error is shown by its message alone and makes the
 * exit status 1. With DEBUG set the whole error is shown.
 */
export async function runMain(work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		say(`\n${process.env.DEBUG && error instanceof Error ? error.stack : message}`);
		process.exitCode = 1;
	}
}
