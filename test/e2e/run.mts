import { after, before } from 'node:test';
import { runMain } from '../../scripts/host/main.mts';
import { elapsed, say, step } from '../../scripts/host/progress.mts';
import { installN8n } from '../../scripts/host/install.mts';
import { ensureSystemPackages } from '../../scripts/debian.mts';
import { untilStopped } from '../../scripts/start/closers.mts';
import { clearGround, prepareGround } from './support/ground.mts';

/**
 * `npm run test:e2e [-- [--keep] name …]`: the packed package in a real n8n. Without names every
 * scenario is run, in this order; with names only those (they make what they need themselves).
 * `--keep` leaves n8n's folders, with their logs, in place.
 */
const SCENARIOS = [
	'start',
	'workflows',
	'credential',
	'preview',
	'backfill',
	'daily',
	'answers',
	'sheets',
	'postgres',
	'customReport',
	'mediarails',
	'files',
	'database',
	'eventLog',
	'eventLogRaces',
	'alert',
	'forward',
	'registration',
	'postbackFuzz',
	'postbackLoad',
	'postbackKills',
	'pollKills',
	'queueMode',
	'secrets',
];

function chosenScenarios(args: string[]): string[] {
	const names = args.filter((arg) => !arg.startsWith('--'));
	const unknown = names.find((name) => !SCENARIOS.includes(name));
	if (unknown) throw new Error(`No scenario "${unknown}"; there are ${SCENARIOS.join(', ')}.`);
	return names.length === 0 ? SCENARIOS : SCENARIOS.filter((name) => names.includes(name));
}

await runMain(async () => {
	const started = Date.now();
	const args = process.argv.slice(2);
	const scenarios = chosenScenarios(args);
	let cleared: Promise<void> | undefined;
	const clear = async () => {
		cleared ??= step('Ending what was started', async () => {
			await clearGround(args.includes('--keep'));
		});
		await cleared;
	};
	const clearWhenStopped = () => {
		void untilStopped().then(async () => {
			await clear();
			process.exit(130);
		});
	};
	clearWhenStopped();
	try {
		await ensureSystemPackages();
		await installN8n();
		await prepareGround();
	} catch (error) {
		await clear();
		throw error;
	}
	after(async () => {
		await clear();
		say(`${elapsed(Date.now() - started)} in all`);
	});
	before(() => {
		// The test runner's own way to stop would leave before everything is ended.
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
		clearWhenStopped();
	});
	for (const name of scenarios) await import(`./${name}.e2e.mts`);
});
