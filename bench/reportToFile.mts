/**
 * Report → file in n8n's binary store, for reports of 20, 200 and 800 MB: the memory that a running
 * n8n needs above its own at rest should hardly grow with the report.
 *
 * node bench/reportToFile.mts [--json] [--sizes 20,200,800] [--rounds 3]
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { step } from '../scripts/host/progress.mts';
import { syntheticReport } from '../sandbox/reporting/syntheticReport.mts';
import { median, printJson, printTable, rounded } from './measure.mts';
import type { Figure } from './measure.mts';
import { ReportRuns } from './reportRuns.mts';
import type { FileRun } from './reportRuns.mts';
import { csvFile, jsonLines } from './reportWorkflows.mts';
import type { Way } from './reportWorkflows.mts';

export interface FileBenchOptions {
	json?: boolean;
	/** Sizes of the report in MB (10^6 bytes). */
	sizes?: number[];
	rounds?: number;
}

const bench = 'reportToFile';
const contenders: readonly Way[] = [jsonLines, csvFile];

/** Most memory above rest, in MB, for a report of the given number of MB. */
const aims = new Map([
	[20, 80],
	[200, 80],
	[800, 150],
]);

export async function run(options: FileBenchOptions = {}): Promise<Figure[]> {
	const { json = false, sizes = [20, 200, 800], rounds = 3 } = options;
	const runs = await step('Preparing n8n with the package', async () => await ReportRuns.prepare());
	const measured = sizes.flatMap((megabytes) =>
		contenders.map((way) => ({ way, megabytes, rows: rowsOf(megabytes), runs: [] as FileRun[] })),
	);
	try {
		for (let round = 0; round < rounds; round++) {
			for (const each of measured) {
				await step(
					`${each.way.name}, ${each.megabytes} MB, round ${round + 1} of ${rounds}`,
					async () => each.runs.push(await runs.toFile(each.way, each.rows)),
				);
			}
		}
	} finally {
		await runs.close();
	}
	const figures = measured.flatMap(({ way, megabytes, rows, runs: taken }) => {
		const above = taken.map(({ peakMegabytes, idleMegabytes }) => peakMegabytes - idleMegabytes);
		const seconds = taken.map((each) => each.seconds);
		const common = { bench, name: way.name, reportMegabytes: megabytes, rows };
		const aim = aims.get(megabytes);
		return [
			{
				...common,
				value: Math.round(median(above)),
				unit: 'MB',
				what: 'peak memory above rest',
				lowest: Math.round(Math.min(...above)),
				highest: Math.round(Math.max(...above)),
				...(aim !== undefined && { aim }),
			},
			{
				...common,
				value: rounded(median(seconds), 2),
				unit: 's',
				what: 'time',
				lowest: rounded(Math.min(...seconds), 2),
				highest: rounded(Math.max(...seconds), 2),
			},
		];
	});
	if (json) printJson(figures);
	else {
		process.stdout.write(`\nReport to file in a running n8n, median of ${rounds}\n`);
		printTable(
			figures.map(({ name, reportMegabytes, what, value, unit, lowest, highest, aim = '' }) => ({
				way: name,
				'report MB': reportMegabytes,
				what: `${what} (${unit})`,
				median: value,
				lowest,
				highest,
				'aim <': String(aim),
			})),
		);
	}
	return figures;
}

/** The made-up rows are all about the same length. */
function rowsOf(megabytes: number): number {
	const sample = 10_000;
	const report = { rows: sample, from: '2025-03-19', to: '2026-03-18', quotes: true };
	let bytes = 0;
	for (const piece of syntheticReport(report)) bytes += piece.length;
	return Math.round((megabytes * 1e6 * sample) / bytes);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	const { values } = parseArgs({
		options: {
			json: { type: 'boolean', default: false },
			sizes: { type: 'string', default: '20,200,800' },
			rounds: { type: 'string', default: '3' },
		},
	});
	await run({
		json: values.json,
		sizes: values.sizes.split(',').map(Number),
		rounds: Number(values.rounds),
	});
}
