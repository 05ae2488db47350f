import { say } from '../host/progress.mts';

type Close = () => Promise<void>;

/** What was started and has to be ended, the last one first. */
export class Closers {
	#closes: Array<{ what: string; close: Close }> = [];

	add(what: string, close: Close): void {
		this.#closes.push({ what, close });
	}

	/** Ends everything, even when ending one thing fails; that is only reported. */
	async closeAll(): Promise<void> {
		if (this.#closes.length > 0) say('Stopping …');
		for (const { what, close } of this.#closes.splice(0).reverse()) {
			try {
				await close();
			} catch (error) {
				say(`${what} could not be ended properly: ${String(error)}`);
			}
		}
	}
}

/** Resolves with the first signal to stop (Ctrl-C, the end of the terminal, a kill). A second one ends at once. */
export async function untilStopped(): Promise<NodeJS.Signals> {
	return await new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			process.once(signal, () => {
				process.once(signal, () => process.exit(130));
				resolve(signal);
			});
		}
	});
}
