import { run, type CommandOptions } from './command.mts';

/**
 * Runs npm. Inside `npm run …` it is the same npm that started us (found without a shell on every
 * platform), otherwise the one in PATH.
 */
export async function npm(args: string[], options: CommandOptions = {}): Promise<string> {
	const self = process.env.npm_execpath;
	if (self && /npm-cli\.c?js$/.test(self)) {
		return await run(process.execPath, [self, ...args], options);
	}
	return await run('npm', args, options);
}
