import { OperationalError, sleep } from 'n8n-workflow';

/** How long a cancelled execution may keep sleeping at most. */
const sliceMilliseconds = 250;

/** The execution was cancelled by the user: nothing more is sent. */
class ExecutionCancelled extends OperationalError {
	constructor() {
		// With this spelling, n8n shows the execution as canceled, not as failed.
		super('The execution was canceled between two requests to Rakuten');
	}
}

/** Throws ExecutionCancelled once the user has cancelled the execution. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
	if (signal?.aborted) throw new ExecutionCancelled();
}

/** Waits until the given moment (milliseconds since the epoch), or until the execution is cancelled. */
export async function pauseUntil(moment: number, signal: AbortSignal | undefined): Promise<void> {
	for (;;) {
		throwIfCancelled(signal);
		const left = moment - Date.now();
		if (left <= 0) return;
		await sleep(Math.min(left, sliceMilliseconds));
	}
}
