/**
 * Publisher exports → the file that Mediarails imports, in a running n8n: a million publishers of
 * one export, both exports joined, and the same work done with n8n's own nodes, at the largest size
 * they can handle.
 *
 * node bench/mediarailsCsv.mts [--json] [--publishers 1000000] [--joined 100000] [--core 1000000,…] [--rounds 3]
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { step } from '../scripts/host/progress.mts';
import { expectedImports } from '../sandbox/dashboard/publisherExports.mts';
import type { PublisherExportOptions } from '../sandbox/dashboard/publisherExports.mts';
import { median, printJson, printTable, rounded } from './measure.mts';
import type { Figure } from './measure.mts';
import { node, PublisherRuns } from './publisherRuns.mts';
import type { PublisherRun, PublisherWay } from './publisherRuns.mts';

export interface MediarailsBenchOptions {
	json?: boolean;
	/** Publishers in the export that is converted alone. */
	publishers?: number;
	/** Publishers in each of the two exports that are joined. */
	joined?: number;
	/** Publishers that n8n's own nodes are tried with, largest first; the first they survive counts. */
	core?: number[];
	rounds?: number;
}

const bench = 'mediarailsCsv';
const brand = 'Acme Shoes';

const mediarailsCsv = node('Mediarails CSV', 'n8n-nodes-rakuten-advertising.mediarailsCsv', 1, {
	brand,
	options: {},
});

const alone: PublisherWay = {
	name: 'Mediarails CSV',
	id: 'benchMediarails1',
	kinds: ['overview'],
	nodes: [mediarailsCsv],
};

const join: PublisherWay = {
	name: 'Mediarails CSV, both exports joined',
	id: 'benchMediarails2',
	kinds: ['overview', 'myPublishers'],
	nodes: [mediarailsCsv],
};

/** What a user does without this package; it compares no Site IDs and checks no values. */
const coreNodes: PublisherWay = {
	name: 'Extract From File + Edit Fields + Convert to File',
	id: 'benchMediarails3',
	kinds: ['overview'],
	nodes: [
		node('Extract From File', 'n8n-nodes-base.extractFromFile', 1, {
			operation: 'csv',
			options: {},
		}),
		node('Edit Fields', 'n8n-nodes-base.set', 3.4, {
			assignments: {
				assignments: Object.entries({
					'Network Publisher ID': "={{ $json['Site ID'] }}",
					Name: "={{ $json['Publisher Name'] }}",
					'Media Property URLs': '={{ $json.URL }}',
					'Primary Contact Email': '={{ $json.Email }}',
					'Network Date Accepted': "={{ $json['Join Date'] }}",
					Network: 'LinkShare',
					Brand: brand,
				}).map(([name, value]) => ({ id: name, name, value, type: 'string' })),
			},
			options: {},
		}),
		node('Convert to File', 'n8n-nodes-base.convertToFile', 1.1, {
			operation: 'csv',
			options: {},
		}),
	],
};

export async function run(options: MediarailsBenchOptions = {}): Promise<Figure[]> {
	const { json = false, publishers = 1_000_000, joined = 100_000, rounds = 3 } = options;
	const { core = [1_000_000, 500_000, 200_000, 100_000] } = options;
	const ways = [alone, join, coreNodes];
	const runs = await step(
		'Preparing n8n with the package',
		async () => await PublisherRuns.prepare(ways),
	);
	const figures: Figure[] = [];
	const failed: Array<{ count: number; why: string }> = [];
	try {
		const measure = async (way: PublisherWay, count: number) =>
			await step(`${way.name}, ${count} publishers`, async () => {
				const exported = exportOf(count);
				const taken = await runs.run(way, exported);
				if (way !== coreNodes) assertWhole(way, exported, taken);
				return taken;
			});
		const measured: Array<{ way: PublisherWay; count: number; taken: PublisherRun[] }> = [];
		const measureRounds = async (way: PublisherWay, count: number, first: PublisherRun[] = []) => {
			const taken = [...first];
			while (taken.length < rounds) {
				const one = await measure(way, count);
				if (typeof one === 'string') break;
				taken.push(one);
			}
			measured.push({ way, count, taken });
		};
		await measureRounds(alone, publishers);
		await measureRounds(join, joined);
		for (const count of core) {
			const one = await measure(coreNodes, count);
			if (typeof one === 'string') {
				failed.push({ count, why: one });
				continue;
			}
			await measureRounds(coreNodes, count, [one]);
			if (count !== publishers) await measureRounds(alone, count);
			break;
		}
		for (const { way, count, taken } of measured) figures.push(...figuresOf(way, count, taken));
	} finally {
		await runs.close();
	}
	for (const { count, why } of failed) {
		const common = { bench, name: coreNodes.name, publishers: count };
		figures.push({ ...common, value: 0, unit: 'survived', why });
	}
	if (json) printJson(figures);
	else {
		process.stdout.write(`\nPublisher exports to a file for Mediarails, median of ${rounds}\n`);
		printTable(
			figures
				.filter(({ unit }) => unit !== 'survived')
				.map(({ name, publishers: count, what, value, unit, lowest, highest }) => ({
					way: name,
					publishers: Number(count),
					what: `${String(what)} (${unit})`,
					median: value,
					lowest: Number(lowest),
					highest: Number(highest),
				})),
		);
		for (const { count, why } of failed) {
			process.stdout.write(`${coreNodes.name}, ${count} publishers: ${why}\n`);
		}
	}
	return figures;
}

/** With rows that are repeated or contradict each other, so that Site IDs have to be compared. */
const exportOf = (count: number): PublisherExportOptions => ({
	count,
	damage: { repeated: Math.floor(count / 1000), contradicted: Math.floor(count / 1000) },
});

function assertWhole(
	way: PublisherWay,
	options: PublisherExportOptions,
	taken: PublisherRun | string,
): asserts taken is PublisherRun {
	if (typeof taken === 'string') throw new Error(`${way.name}: ${taken}`);
	const { ready } = expectedImports(options)[way === join ? 'both' : 'overviewAlone'];
	if (taken.rows !== ready) throw new Error(`${taken.rows} rows were made instead of ${ready}`);
}

function figuresOf(way: PublisherWay, publishers: number, taken: PublisherRun[]): Figure[] {
	const above = taken.map(({ peakMegabytes, idleMegabytes }) => peakMegabytes - idleMegabytes);
	const seconds = taken.map((each) => each.seconds);
	const common = {
		bench,
		name: way.name,
		publishers,
		inputMegabytes: rounded(taken[0].inputMegabytes, 1),
	};
	return [
		{
			...common,
			what: 'peak memory above idle',
			value: Math.round(median(above)),
			unit: 'MB',
			lowest: Math.round(Math.min(...above)),
			highest: Math.round(Math.max(...above)),
		},
		{
			...common,
			what: 'time',
			value: rounded(median(seconds), 2),
			unit: 's',
			lowest: rounded(Math.min(...seconds), 2),
			highest: rounded(Math.max(...seconds), 2),
		},
	];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	const { values } = parseArgs({
		options: {
			json: { type: 'boolean', default: false },
			publishers: { type: 'string', default: '1000000' },
			joined: { type: 'string', default: '100000' },
			core: { type: 'string', default: '1000000,500000,200000,100000' },
			rounds: { type: 'string', default: '3' },
		},
	});
	await run({
		json: values.json,
		publishers: Number(values.publishers),
		joined: Number(values.joined),
		core: values.core.split(',').map(Number),
		rounds: Number(values.rounds),
	});
}
