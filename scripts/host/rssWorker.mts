import { parentPort, workerData } from 'node:worker_threads';
import { residentBytes, treeOf } from './processTree.mts';

/** The thread behind `watchRss`: samples on its own clock, whatever the main thread is busy with. */
const SAMPLE_MS = 50;
const SAMPLES_PER_LOOK_FOR_NEW_PROCESSES = 5;

const { pid, peak } = workerData as { pid: number; peak: Float64Array };
const [PEAK, LATEST, SAMPLES] = [0, 1, 2];
let tree = treeOf(pid);

function sample(): void {
	if (peak[SAMPLES] % SAMPLES_PER_LOOK_FOR_NEW_PROCESSES === 0) tree = treeOf(pid);
	const bytes = residentBytes(tree);
	peak[LATEST] = bytes;
	peak[PEAK] = Math.max(peak[PEAK], bytes);
	peak[SAMPLES]++;
}

sample();
setInterval(sample, SAMPLE_MS);
parentPort?.postMessage('sampling');
