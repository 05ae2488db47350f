import { runMain } from './host/main.mts';
import { elapsed, say } from './host/progress.mts';
import { Closers, untilStopped } from './start/closers.mts';
import { accessTo } from './start/editor.mts';
import { figuresTable } from './start/figuresTable.mts';
import { logComplaints, logTable, sentInWords } from './start/logFigures.mts';
import { readOptions, USAGE, type StartOptions } from './start/options.mts';
import { startForOwnAccount } from './start/ownAccount.mts';
import { tryInSandbox, type Tried } from './start/trying.mts';
import { complaints, metInWords } from './start/verdict.mts';

/**
 * `npm start`: this package in a real n8n, with the main job done in it. See start/options.mts for
 * its options. Progress goes to stderr; the result goes to stdout.
 */
const started = Date.now();
const closers = new Closers();
/** Whether the requested result has been printed, so that Ctrl-C ends nothing half done. */
let isUp = false;

function tell(text: string): void {
	process.stdout.write(`${text}\n`);
}

async function tryIt(options: StartOptions, stopped: Promise<unknown>): Promise<void> {
	const { n8n, trial, range, log, forms, exports } = await tryInSandbox(closers);
	const found = [...complaints(trial), ...logComplaints(log)];
	const result = [
		'',
		`Earnings from ${range.from} to ${range.to} by process date, in GMT`,
		'',
		figuresTable(trial.stored, trial.expected),
		'',
		metInWords(trial.met),
		'',
		'Conversions in real time, in the event log',
		'',
		logTable(log),
		'',
		sentInWords(log),
		`${elapsed(Date.now() - started)} in all.`,
		'',
	].join('\n');
	if (options.json) say(result);
	else tell(result);
	if (!options.once) {
		(options.json ? say : tell)(
			`${accessTo(n8n, forms, exports)}\n\nUp until Ctrl-C. This n8n and what it holds are thrown away then.`,
		);
	}
	if (options.json) tell(jsonLine({ trial, log, found }));
	if (found.length > 0) {
		const list = found.map((complaint) => `• ${complaint}`).join('\n');
		if (options.once) throw new Error(`Not as it should be:\n${list}`);
		say(`Not as it should be:\n${list}`);
	}
	isUp = true;
	if (!options.once) await stopped;
}

async function forOwnAccount(stopped: Promise<unknown>): Promise<void> {
	await startForOwnAccount(closers, async (text) => {
		tell(`\n${text}\n\nUp until Ctrl-C.`);
		isUp = true;
		await stopped;
	});
}

function jsonLine({
	trial,
	log: { logged, ...log },
	found,
}: Pick<Tried, 'trial' | 'log'> & { found: string[] }): string {
	const { stored, expected, met, told } = trial;
	return JSON.stringify({
		...stored,
		expected,
		equal: found.length === 0,
		complaints: found,
		met,
		told,
		log: { ...logged, ...log },
		seconds: Math.round((Date.now() - started) / 100) / 10,
	});
}

await runMain(async () => {
	const options = readOptions(process.argv.slice(2));
	if (options.help) return tell(USAGE);
	const stopped = untilStopped();
	try {
		await Promise.race([options.live ? forOwnAccount(stopped) : tryIt(options, stopped), stopped]);
	} finally {
		await closers.closeAll();
	}
	// Interrupted half-way, with work still under way that nobody waits for.
	if (!isUp) process.exit(130);
});
