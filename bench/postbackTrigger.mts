/**
 * The postback trigger against n8n's own Webhook node, in two n8n with the packed package, one
 * after the other: as n8n is by default, against a Webhook node with an expression in its path; and
 * with N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE, against a plain one. A wrong key is compared with the
 * Webhook node's own refused header authentication. Ten connections, every request answered before
 * its connection sends the next; leftover executions can't improve a figure, because each turn ends
 * with the last execution it has started. Then the highest rate that n8n keeps up with when the
 * events are stored in a Data Table, by answer mode.
 *
 * node bench/postbackTrigger.mts [--json] [--rounds 7] [--requests 100]
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { step } from '../scripts/host/progress.mts';
import { inTurn, median, printJson, printTable, rounded } from './measure.mts';
import type { Figure } from './measure.mts';
import { contenders, names } from './triggerContenders.mts';
import { TriggerRuns } from './triggerRuns.mts';
import type { AnswerMode, TriggerRun } from './triggerRuns.mts';
import { percentile } from './webhookLoad.mts';

export interface TriggerBenchOptions {
	json?: boolean;
	rounds?: number;
	/** For each contender in each round. */
	requests?: number;
}

const bench = 'postbackTrigger';
/** Fewer rounds, because there is nothing to compare the result with. */
const storingRounds = 3;

/** How n8n is started, and which contender is compared with which there. */
interface Setting {
	/** Appended to the names of its figures. */
	readonly suffix: string;
	readonly env: Record<string, string>;
	readonly against: Readonly<Record<string, string>>;
	readonly stores: readonly AnswerMode[];
}

const settings: readonly Setting[] = [
	{
		suffix: '',
		env: {},
		against: {
			[names.trigger]: names.webhookWithExpression,
			[names.plainWebhook]: names.webhookWithExpression,
			[names.wrongKey]: names.refusedHeader,
		},
		stores: ['onReceived', 'lastNode'],
	},
	{
		suffix: ', LAZY_ACQUIRE',
		env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
		against: {
			[names.trigger]: names.plainWebhook,
			[names.webhookWithExpression]: names.plainWebhook,
			[names.wrongKey]: names.refusedHeader,
		},
		stores: [],
	},
];

export async function run(options: TriggerBenchOptions = {}): Promise<Figure[]> {
	const { json = false, rounds = 7, requests = 100 } = options;
	const figures: Figure[] = [];
	for (const setting of settings) {
		figures.push(...(await underSetting(setting, rounds, requests)));
	}
	if (json) printJson(figures);
	else print(figures);
	return figures;
}

/** The figures of one n8n. */
async function underSetting(
	{ suffix, env, against, stores }: Setting,
	rounds: number,
	requests: number,
): Promise<Figure[]> {
	const runs = await step(
		`Preparing n8n with the package${suffix}`,
		async () => await TriggerRuns.prepare(env),
	);
	const measured = new Map(contenders.map(({ name }) => [name, [] as TriggerRun[]]));
	const figures: Figure[] = [];
	try {
		for (const contender of contenders) await runs.hammer(contender, requests);
		for (let round = 0; round < rounds; round++) {
			await step(`Round ${round + 1} of ${rounds}`, async () => {
				for (const contender of inTurn(contenders, round)) {
					measured.get(contender.name)!.push(await runs.hammer(contender, requests));
				}
			});
		}
		figures.push(...contenders.flatMap(({ name }) => figuresOf(name, against[name], measured)));
		for (const mode of stores) figures.push(await sustained(runs, mode, requests));
	} finally {
		await runs.close();
	}
	return figures.map((figure) => ({ ...figure, name: `${figure.name}${suffix}` }));
}

function figuresOf(
	name: string,
	against: string | undefined,
	measured: ReadonlyMap<string, TriggerRun[]>,
): Figure[] {
	const own = measured.get(name)!;
	const other = against === undefined ? undefined : measured.get(against);
	const compared = (times: number): Record<string, string | number> =>
		against === undefined ? {} : { against, times };
	const figure = (
		what: string,
		unit: string,
		of: (run: TriggerRun) => number,
		digits: number,
	): Figure => ({
		bench,
		name,
		what,
		unit,
		value: rounded(median(own.map(of)), digits),
		lowest: rounded(Math.min(...own.map(of)), digits),
		highest: rounded(Math.max(...own.map(of)), digits),
		// Of the two in the same round, because the machine may be busier in another.
		...(other && compared(rounded(median(own.map((run, index) => of(run) / of(other[index]))), 3))),
	});
	return [
		figure('requests', '1/s', ({ perSecond }) => perSecond, 1),
		{
			bench,
			name,
			what: 'p99 of all rounds',
			unit: 'ms',
			value: rounded(p99(own), 0),
			...(other && compared(rounded(p99(own) / p99(other), 3))),
		},
		...(own.every(({ processorMilliseconds }) => processorMilliseconds !== undefined)
			? [figure('processor', 'ms/request', (run) => run.processorMilliseconds!, 1)]
			: []),
	];
}

const p99 = (runs: readonly TriggerRun[]) =>
	percentile(
		runs.flatMap(({ milliseconds }) => milliseconds),
		99,
	);

async function sustained(runs: TriggerRuns, mode: AnswerMode, requests: number): Promise<Figure> {
	const rates: number[] = [];
	await runs.store(mode, requests);
	await step(`Events stored, ${mode}`, async () => {
		for (let round = 0; round < storingRounds; round++) {
			rates.push(await runs.store(mode, requests));
		}
	});
	return {
		bench,
		name: `Rakuten Advertising Trigger in Postback event log, ${mode}`,
		what: 'sustained',
		unit: '1/s',
		value: rounded(median(rates), 1),
		lowest: rounded(Math.min(...rates), 1),
		highest: rounded(Math.max(...rates), 1),
	};
}

function print(figures: readonly Figure[]): void {
	printTable(
		figures.map(({ name, what, unit, value, lowest = '', highest = '', times, against }) => ({
			trigger: name,
			what: `${String(what)}, ${unit}`,
			median: value,
			lowest: String(lowest),
			highest: String(highest),
			compared: times === undefined ? '' : `× ${String(times)} of ${String(against)}`,
		})),
	);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	const { values } = parseArgs({
		options: {
			json: { type: 'boolean', default: false },
			rounds: { type: 'string', default: '7' },
			requests: { type: 'string', default: '100' },
		},
	});
	await run({
		json: values.json,
		rounds: Number(values.rounds),
		requests: Number(values.requests),
	});
}
