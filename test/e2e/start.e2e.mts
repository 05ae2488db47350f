import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { npm } from '../../scripts/host/npm.mts';
import { PROJECT_FOLDER } from '../../scripts/host/pack.mts';
import { step } from '../../scripts/host/progress.mts';
import { CommandFailed } from '../../scripts/host/command.mts';
import type { EarningsFigures } from '../../scripts/start/earningsFigures.mts';
import type { Told } from '../../scripts/start/importRun.mts';
import type { LogFigures, LogTrial } from '../../scripts/start/logFigures.mts';
import type { Met } from '../../scripts/start/sandboxPlan.mts';

interface Summary extends EarningsFigures {
	expected: EarningsFigures;
	equal: boolean;
	met: Met;
	told: Told;
	log: LogFigures & Omit<LogTrial, 'logged'>;
}

describe('npm start', () => {
	it('-- --once --json: does the main job and prints the figures in its last line', async () => {
		const output = await step('npm start -- --once --json', async () => {
			return await npm(['start', '--', '--once', '--json'], { cwd: PROJECT_FOLDER });
		});
		// stdout and stderr come together here, and n8n is ended after the figures are printed.
		const lines = output.split('\n').filter((line) => line.startsWith('{'));
		assert.equal(lines.length, 1);
		const { expected, equal, met, told, log, ...summary } = JSON.parse(lines[0]!) as Summary;
		const { rows, orders, corrections, totals, rejected } = summary;
		assert.deepEqual({ rows, orders, corrections, totals, rejected }, expected);
		assert.ok(equal);
		assert.ok(expected.rows > 3000 && expected.corrections > 100 && expected.rejected > 0);
		assert.ok(met.tooManyRequests > 0 && met.tooLarge > 0 && met.halved > 0);
		assert.ok(met.shortestGapSeconds > 0.3, `${met.shortestGapSeconds} s between two requests`);
		assert.equal(told.halved, met.halved);
		const { lines: logged, states, totals: sums, expected: sent } = log;
		assert.deepEqual({ lines: logged, states, totals: sums }, sent);
		assert.ok(sent.lines > 30 && log.hits > sent.lines && log.answered === log.hits);
		assert.ok(log.missed > 0 && log.caughtUp === log.missed);
	});

	it('explains its options, and what it does not understand', async () => {
		const help = await npm(['start', '--', '--help'], { cwd: PROJECT_FOLDER });
		for (const option of ['--once', '--json', '--live']) assert.ok(help.includes(option));
		await assert.rejects(
			npm(['start', '--', '--twice'], { cwd: PROJECT_FOLDER }),
			(error: CommandFailed) => error.result.code === 1 && /'--twice'/.test(error.result.output),
		);
	});
});
