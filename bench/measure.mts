import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** One of several ways to do the same work. */
export interface Contender {
	name: string;
	run: () => unknown;
}

export interface Timing {
	name: string;
	/** Milliseconds. */
	median: number;
	fastest: number;
	slowest: number;
}

/** One measured number, as it is printed and kept. */
export interface Figure {
	/** Which benchmark it belongs to. */
	bench: string;
	/** What was measured, within the benchmark. */
	name: string;
	value: number;
	unit: string;
	[detail: string]: string | number | boolean;
}

/** Rounded to this many decimal places. */
export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Runs the contenders in turn, round after round, each round starting with another one, so that
 * whatever else the machine does affects all of them. The garbage of the one before is collected
 * outside the measured time. A round before the first is not counted.
 */
export async function timeInTurn(contenders: Contender[], rounds = 7): Promise<Timing[]> {
	const times = contenders.map((): number[] => []);
	for (let round = -1; round < rounds; round += 1) {
		for (let turn = 0; turn < contenders.length; turn += 1) {
			const index = (turn + round + contenders.length) % contenders.length;
			collectGarbage();
			const start = performance.now();
			await contenders[index].run();
			if (round >= 0) times[index].push(performance.now() - start);
		}
	}
	return contenders.map(({ name }, index) => ({
		name,
		median: median(times[index]),
		fastest: Math.min(...times[index]),
		slowest: Math.max(...times[index]),
	}));
}

/** Each round begins with another one, so that a busy spell of the machine affects all of them. */
export const inTurn = <T,>(list: readonly T[], round: number): T[] =>
	list.map((_, index) => list[(index + round) % list.length]);

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** One JSON line per figure. */
export function printJson(figures: Figure[]): void {
	for (const figure of figures) process.stdout.write(`${JSON.stringify(figure)}\n`);
}

/** A table with its columns aligned: text to the left, numbers to the right. */
export function printTable(rows: Array<Record<string, string | number>>): void {
	const columns = Object.keys(rows[0] ?? {});
	const width = (column: string) =>
		Math.max(column.length, ...rows.map((row) => String(row[column]).length));
	const line = (row: Record<string, string | number>, numeric: (column: string) => boolean) =>
		columns
			.map((column) =>
				numeric(column)
					? String(row[column]).padStart(width(column))
					: String(row[column]).padEnd(width(column)),
			)
			.join('  ')
			.trimEnd();
	const isNumeric = (column: string) => typeof rows[0][column] === 'number';
	const header = Object.fromEntries(columns.map((column) => [column, column]));
	for (const row of [header, ...rows]) process.stdout.write(`${line(row, isNumeric)}\n`);
}
