/**
 * Report → items, against what a user would do without this package: HTTP Request → Extract From
 * File, both with a Limit behind, in a real n8n with the packed package, from the same sandbox.
 * Measured twice: in a running n8n (webhook to answer, memory above n8n at rest) and by the command
 * `n8n execute`, whole and above the same workflow with a report of one row.
 *
 * node bench/reportToItems.mts [--json] [--rows 20000,200000] [--rounds 5]
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { step } from '../scripts/host/progress.mts';
import { median, printJson, printTable, rounded } from './measure.mts';
import type { Figure } from './measure.mts';
import { ReportRuns } from './reportRuns.mts';
import type { Run } from './reportRuns.mts';
import { coreNodes, jsonLines, normalized, ownHeaders } from './reportWorkflows.mts';
import type { Way } from './reportWorkflows.mts';

export interface ItemsBenchOptions {
	json?: boolean;
	rows?: number[];
	rounds?: number;
}

const bench = 'reportToItems';
const contenders: readonly Way[] = [coreNodes, ownHeaders, normalized, jsonLines];

/** One row: what n8n's start, the nodes' loading and the request take by themselves. */
const hardlyAnyRows = 1;

interface Measured {
	way: Way;
	rows: number;
	inServer: Run[];
	byCommand: Array<Pick<Run, 'seconds' | 'peakMegabytes'>>;
}

export async function run(options: ItemsBenchOptions = {}): Promise<Figure[]> {
	const { json = false, rows: sizes = [20_000, 200_000], rounds = 5 } = options;
	const runs = await step('Preparing n8n with the package', async () => await ReportRuns.prepare());
	const measured: Measured[] = [hardlyAnyRows, ...sizes].flatMap((rows) =>
		contenders.map((way) => ({ way, rows, inServer: [], byCommand: [] })),
	);
	try {
		for (let round = 0; round < rounds; round++) {
			for (const each of inTurn(measured, round)) {
				const { way, rows } = each;
				await step(`${way.name}, ${rows} rows, round ${round + 1} of ${rounds}`, async () => {
					if (rows !== hardlyAnyRows) each.inServer.push(await runs.inServer(way, rows));
					each.byCommand.push(await runs.byCommand(way, rows));
				});
			}
		}
	} finally {
		await runs.close();
	}
	const figures = sizes.flatMap((rows) => [
		...serverFigures(measured, rows),
		...commandFigures(measured, rows),
	]);
	if (json) printJson(figures);
	else for (const rows of sizes) printTables(figures, rows);
	return figures;
}

/** Each round begins with another one, so that a busy spell of the machine meets all of them. */
const inTurn = <T,>(list: readonly T[], round: number): T[] =>
	list.map((_, index) => list[(index + round) % list.length]);

function serverFigures(measured: readonly Measured[], rows: number): Figure[] {
	return figuresOf(measured, rows, 'running n8n', ({ inServer }) => ({
		seconds: inServer.map(({ seconds }) => seconds),
		processorSeconds: inServer.flatMap((each) => each.processorSeconds ?? []),
		megabytes: inServer.map(({ peakMegabytes, idleMegabytes }) => peakMegabytes - idleMegabytes),
	}));
}

function commandFigures(measured: readonly Measured[], rows: number): Figure[] {
	const whole = figuresOf(measured, rows, 'n8n execute, whole', ({ byCommand }) => ({
		seconds: byCommand.map(({ seconds }) => seconds),
		processorSeconds: [],
		megabytes: byCommand.map(({ peakMegabytes }) => peakMegabytes),
	}));
	const above = figuresOf(measured, rows, 'n8n execute, above one row', ({ way, byCommand }) => {
		const base = measured.find((each) => each.way === way && each.rows === hardlyAnyRows)!;
		const baseSeconds = median(base.byCommand.map(({ seconds }) => seconds));
		const baseMegabytes = median(base.byCommand.map(({ peakMegabytes }) => peakMegabytes));
		return {
			seconds: byCommand.map(({ seconds }) => seconds - baseSeconds),
			processorSeconds: [],
			megabytes: byCommand.map(({ peakMegabytes }) => peakMegabytes - baseMegabytes),
		};
	});
	return [...whole, ...above];
}

interface Values {
	seconds: number[];
	processorSeconds: number[];
	megabytes: number[];
}

function figuresOf(
	measured: readonly Measured[],
	rows: number,
	how: string,
	valuesOf: (each: Measured) => Values,
): Figure[] {
	const ofSize = measured.filter((each) => each.rows === rows);
	const core = valuesOf(ofSize.find(({ way }) => way === coreNodes)!);
	return ofSize.flatMap((each) => {
		const values = valuesOf(each);
		const figure = (what: keyof Values, unit: string, digits: number): Figure[] => {
			if (values[what].length === 0) return [];
			const value = median(values[what]);
			return [
				{
					bench,
					name: each.way.name,
					value: rounded(value, digits),
					unit,
					what,
					how,
					rows,
					lowest: rounded(Math.min(...values[what]), digits),
					highest: rounded(Math.max(...values[what]), digits),
					timesCore: rounded(value / median(core[what]), 2),
				},
			];
		};
		return [
			...figure('seconds', 's', 2),
			...figure('processorSeconds', 's', 2),
			...figure('megabytes', 'MB', 0),
		];
	});
}

function printTables(figures: readonly Figure[], rows: number): void {
	for (const how of new Set(figures.map((figure) => String(figure.how)))) {
		process.stdout.write(`\n${rows} rows, ${how}\n`);
		const chosen = figures.filter((figure) => figure.rows === rows && figure.how === how);
		printTable(
			chosen.map(({ name, what, value, lowest, highest, timesCore }) => ({
				way: name,
				what: `${what}`,
				median: value,
				lowest: Number(lowest),
				highest: Number(highest),
				'× core': Number(timesCore),
			})),
		);
	}
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	const { values } = parseArgs({
		options: {
			json: { type: 'boolean', default: false },
			rows: { type: 'string', default: '20000,200000' },
			rounds: { type: 'string', default: '5' },
		},
	});
	await run({
		json: values.json,
		rows: values.rows.split(',').map(Number),
		rounds: Number(values.rounds),
	});
}
