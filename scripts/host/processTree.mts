import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** Resident memory is counted in pages of this size in /proc (4 kB on every common Linux). */
const PAGE_BYTES = 4096;

/** Process ids of `root` and everything it started, directly or not. */
export function treeOf(root: number): number[] {
	const children = new Map<number, number[]>();
	for (const [pid, parent] of allProcesses()) {
		children.set(parent, [...(children.get(parent) ?? []), pid]);
	}
	const tree = [root];
	for (const pid of tree) tree.push(...(children.get(pid) ?? []));
	return tree;
}

/** Resident memory of these processes together, in bytes. A process that has ended counts nothing. */
export function residentBytes(pids: number[]): number {
	if (process.platform === 'linux') return pids.reduce((sum, pid) => sum + linuxResident(pid), 0);
	try {
		const output = execFileSync('ps', ['-o', 'rss=', '-p', pids.join(',')], { encoding: 'utf8' });
		return output.split('\n').reduce((sum, line) => sum + Number(line) * 1024, 0);
	} catch {
		return 0;
	}
}

function linuxResident(pid: number): number {
	try {
		return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
	} catch {
		return 0;
	}
}

/** Pairs of process id and parent's id. */
function allProcesses(): Array<[number, number]> {
	if (process.platform === 'linux') {
		return readdirSync('/proc')
			.filter((name) => /^\d+$/.test(name))
			.flatMap((name): Array<[number, number]> => {
				try {
					const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
					// "pid (name, which may hold anything) state parent …"
					const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
					return [[Number(name), Number(parent)]];
				} catch {
					return [];
				}
			});
	}
	return execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' })
		.split('\n')
		.map((line) => line.trim().split(/\s+/).map(Number))
		.filter((pair): pair is [number, number] => pair.length === 2);
}
