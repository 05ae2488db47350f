/**
 * Report → items, against what a user would do without this package: HTTP Request → Extract From
 * File, both followed by a Limit, in one real n8n with the packed package, from the same sandbox. A
 * round is a new n8n in which the ways take turns; the third run of each counts. Time is from the
 * call of the webhook until the items are held, memory what they keep alive then.
 *
 * node bench/reportToItems.mts [--json] [--rows 200000] [--rounds 5]
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { step } from '../scripts/host/progress.mts';
import { inTurn, median, printJson, printTable, rounded } from './measure.mts';
import type { Figure } from './measure.mts';
import { ReportRuns } from './reportRuns.mts';
import type { ItemsRun } from './reportRuns.mts';
import { allFields, coreNodes, ownHeaders, simplified } from './reportWorkflows.mts';
import type { Way } from './reportWorkflows.mts';

export interface ItemsBenchOptions {
	json?: boolean;
	rows?: number;
	rounds?: number;
}

const bench = 'reportToItems';
const contenders: readonly Way[] = [coreNodes, ownHeaders, allFields, simplified];

/** At most this many times what the core chain takes. */
const aims = new Map([
	[ownHeaders, { time: 0.5, memory: 0.8 }],
	[allFields, { time: 0.55, memory: 1 }],
	[simplified, { time: 0.45, memory: 0.75 }],
]);

/** One round: each way's run in the same n8n. */
type Round = ReadonlyMap<Way, ItemsRun>;

export async function run(options: ItemsBenchOptions = {}): Promise<Figure[]> {
	const { json = false, rows = 200_000, rounds = 5 } = options;
	const runs = await step('Preparing n8n with the package', async () => await ReportRuns.prepare());
	const measured: Round[] = [];
	try {
		for (let round = 0; round < rounds; round++) {
			const ways = inTurn(contenders, round);
			await step(`${rows} rows, round ${round + 1} of ${rounds}`, async () =>
				measured.push(await runs.toItems(ways, rows)),
			);
		}
	} finally {
		await runs.close();
	}
	const figures = contenders.flatMap((way) => figuresOf(way, measured, rows));
	if (json) printJson(figures);
	else print(figures, rows, rounds);
	return figures;
}

function figuresOf(way: Way, measured: readonly Round[], rows: number): Figure[] {
	const figure = (
		what: string,
		unit: string,
		of: (run: ItemsRun) => number,
		digits: number,
		aim?: number,
	): Figure => {
		const values = measured.map((round) => of(round.get(way)!));
		// Of the two in the same n8n, because the machine may be busier in another round.
		const timesCore = measured.map((round) => of(round.get(way)!) / of(round.get(coreNodes)!));
		return {
			bench,
			name: way.name,
			what,
			unit,
			rows,
			value: rounded(median(values), digits),
			lowest: rounded(Math.min(...values), digits),
			highest: rounded(Math.max(...values), digits),
			timesCore: rounded(median(timesCore), 2),
			...(aim !== undefined && { aim }),
		};
	};
	const { time, memory } = aims.get(way) ?? {};
	const isTold = measured.every((round) => round.get(way)!.processorSeconds !== undefined);
	return [
		figure('time', 's', ({ seconds }) => seconds, 2, time),
		...(isTold ? [figure('processor', 's', (each) => each.processorSeconds!, 2, time)] : []),
		figure('live', 'bytes/row', ({ bytesPerRow }) => bytesPerRow, 0, memory),
	];
}

function print(figures: readonly Figure[], rows: number, rounds: number): void {
	process.stdout.write(`\n${rows} rows as items in a warm n8n, median of ${rounds}\n`);
	printTable(
		figures.map(({ name, what, unit, value, lowest, highest, timesCore, aim = '' }) => ({
			way: name,
			what: `${what}, ${unit}`,
			median: value,
			lowest: Number(lowest),
			highest: Number(highest),
			'× core': Number(timesCore),
			'aim ≤': String(aim),
		})),
	);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	const { values } = parseArgs({
		options: {
			json: { type: 'boolean', default: false },
			rows: { type: 'string', default: '200000' },
			rounds: { type: 'string', default: '5' },
		},
	});
	await run({ json: values.json, rows: Number(values.rows), rounds: Number(values.rounds) });
}
