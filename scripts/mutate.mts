import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { runMain } from './host/main.mts';
import { PROJECT_FOLDER } from './host/pack.mts';
import { say } from './host/progress.mts';
import { mutationTarget, type MutationTarget } from './mutate/mutationTarget.mts';
import { sharesOf, survivorsOf, type TestedMutant } from './mutate/survivors.mts';

type Options = ConstructorParameters<typeof Stryker>[0];

const USAGE = `npm run mutate -- <folder of rakuten/> [...] [--concurrency 1]
  Makes hundreds of small changes to the folder's code, one at a time, runs the folder's unit tests on
  each, and lists the changes that no test notices. A file also works, with or without lines:
  npm run mutate -- money polling/sweep.ts csv/CsvScanner.ts:40-90`;

/** Where the reports go, one HTML page for each target. Git ignores it. */
const REPORTS = path.join(PROJECT_FOLDER, 'coverage/mutation');

/** Folders that no unit test of the domain reads, so that they need not be copied for each run. */
const NOT_COPIED = ['coverage', 'dist', 'docs', 'icons', 'test/e2e', 'test/engine'];

/** Runs StrykerJS on a copy of the project. mutate/jest.config.cjs says how the tests differ from `npm test`. */
async function mutate(target: MutationTarget, concurrency: number): Promise<TestedMutant[]> {
	// Outside the project, because lint would read what a killed run leaves behind.
	const tempDirName = await mkdtemp(path.join(tmpdir(), 'mutation-'));
	try {
		const stryker = new Stryker({
			mutate: [target.code],
			testRunner: 'jest',
			plugins: ['@stryker-mutator/jest-runner'],
			jest: {
				configFile: 'scripts/mutate/jest.config.cjs',
				config: { roots: [`<rootDir>/${target.tests}`] },
				enableFindRelatedTests: false,
			},
			coverageAnalysis: 'perTest',
			concurrency,
			// StrykerJS finds most endless loops by counting. The time limit is for the others; it is long
			// because a mutant must not count as killed just because the machine is busy.
			timeoutMS: 10_000,
			timeoutFactor: 4,
			ignorePatterns: NOT_COPIED.map((folder) => `/${folder}`),
			tempDirName,
			cleanTempDir: 'always',
			reporters: [process.stdout.isTTY ? 'progress' : 'progress-append-only', 'html'],
			htmlReporter: { fileName: path.join(REPORTS, `${target.name}.html`) },
			allowConsoleColors: false,
			logLevel: 'warn' as Options['logLevel'],
		});
		return await stryker.runMutationTest();
	} finally {
		await rm(tempDirName, { recursive: true, force: true });
	}
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { concurrency: { type: 'string', default: '1' } },
	});
	if (positionals.length === 0) throw new Error(USAGE);
	const targets = positionals.map((name) => mutationTarget(name, PROJECT_FOLDER));
	const figures: string[] = [];
	for (const target of targets) {
		const mutants = await mutate(target, Number(values.concurrency));
		say(['', ...(await survivorsOf(mutants, PROJECT_FOLDER))].join('\n'));
		figures.push('', ...sharesOf(mutants, PROJECT_FOLDER));
	}
	say(figures.join('\n'));
}

await runMain(main);
