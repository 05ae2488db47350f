import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface RssWatch {
	/** Highest resident memory of the whole process tree since the start (or since `reset`), in bytes. */
	peakBytes(): number;
	/** The newest sample, in bytes. */
	latestBytes(): number;
	samples(): number;
	/** Forgets the peak, e.g. after a warm-up. */
	reset(): void;
	/** Ends the sampling and returns the peak. */
	stop(): Promise<number>;
}

/**
 * Samples the resident memory of a process and all its descendants every 50 ms, from a thread of its
 * own, starting before this returns. Memory that processes share is counted once for each.
 */
export async function watchRss(pid: number): Promise<RssWatch> {
	const figures = new Float64Array(new SharedArrayBuffer(3 * Float64Array.BYTES_PER_ELEMENT));
	const worker = new Worker(new URL('./rssWorker.mts', import.meta.url), {
		workerData: { pid, peak: figures },
	});
	worker.unref();
	await once(worker, 'message');
	return {
		peakBytes: () => figures[0],
		latestBytes: () => figures[1],
		samples: () => figures[2],
		reset() {
			figures[0] = 0;
		},
		async stop() {
			await worker.terminate();
			return figures[0];
		},
	};
}
