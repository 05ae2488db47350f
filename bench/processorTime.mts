import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const ticksPerSecond = 100;

/**
 * Processor time that processes have used in all their threads so far, in seconds; undefined on
 * systems without /proc. On a busy machine it is more meaningful than elapsed time.
 */
export function processorSeconds(pids: readonly number[]): number | undefined {
	if (process.platform !== 'linux') return undefined;
	const ticks = pids.map((pid) => {
		try {
			const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
			// "pid (name, which may hold anything) state …": user and system time are fields 14 and 15.
			const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
			return Number(fields[11]) + Number(fields[12]);
		} catch {
			return 0;
		}
	});
	return ticks.reduce((sum, each) => sum + each, 0) / ticksPerSecond;
}
