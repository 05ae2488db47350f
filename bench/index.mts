/**
 * All benchmarks: `npm run bench`, with `-- --json` one JSON line per figure instead of tables,
 * with `-- --only <name>` one of them. docs/benchmarks.md says what they measure and holds the
 * figures.
 */
import { parseArgs } from 'node:util';
import { runMain } from '../scripts/host/main.mts';
import type { Figure } from './measure.mts';

interface Benchmark {
	run(options: { json?: boolean; rounds?: number }): Promise<Figure[]>;
}

const benchmarks: Record<string, () => Promise<Benchmark>> = {
	csvReader: async () => await import('./csvReader.mts'),
	reportToItems: async () => await import('./reportToItems.mts'),
	reportToFile: async () => await import('./reportToFile.mts'),
	mediarailsCsv: async () => await import('./mediarailsCsv.mts'),
	postbackTrigger: async () => await import('./postbackTrigger.mts'),
};

await runMain(async () => {
	const { values } = parseArgs({
		options: {
			json: { type: 'boolean', default: false },
			only: { type: 'string' },
			rounds: { type: 'string' },
		},
	});
	const names = values.only === undefined ? Object.keys(benchmarks) : [values.only];
	const unknown = names.find((name) => !Object.hasOwn(benchmarks, name));
	if (unknown !== undefined) {
		throw new Error(`No benchmark "${unknown}"; there are ${Object.keys(benchmarks).join(', ')}`);
	}
	for (const name of names) {
		const benchmark = await benchmarks[name]();
		await benchmark.run({
			json: values.json,
			...(values.rounds !== undefined && { rounds: Number(values.rounds) }),
		});
	}
});
