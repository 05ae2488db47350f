import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { startOwn } from './ownProcess.mts';

export interface CommandOptions {
	cwd?: string;
	/** The whole environment of the command. Default: `childEnvironment()`. */
	env?: NodeJS.ProcessEnv;
	/**
	 * Where its output goes (overwritten). Such a command may take long, and is ended when this process
	 * ends. Without it the output is only kept in memory.
	 */
	logFile?: string;
	/** The user it runs as (root only). */
	user?: { uid: number; gid: number };
}

export interface CommandResult {
	/** Exit status; null when a signal ended it. */
	code: number | null;
	/** stdout and stderr, in the order they came. */
	output: string;
}

/** A command that failed: its message holds the command, the status and the end of its output. */
export class CommandFailed extends Error {
	readonly result: CommandResult;

	constructor(command: string, result: CommandResult, logFile?: string) {
		const tail = result.output.trimEnd().split('\n').slice(-25).join('\n');
		const seeLog = logFile ? `\n(everything it said: ${logFile})` : '';
		super(`"${command}" ended with status ${result.code ?? 'of a signal'}:\n${tail}${seeLog}`);
		this.name = 'CommandFailed';
		this.result = result;
	}
}

/**
 * This process's environment without what `npm run` adds about the package it was started in, so that
 * an npm started in another folder works for that folder.
 */
export function childEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^npm_(package|lifecycle|command|config_local_prefix|execpath)/.test(name),
	);
	return { ...Object.fromEntries(inherited), ...extra };
}

/** Runs a command without a shell and without stdin, and waits for it. Any status is a result. */
export async function tryRun(
	command: string,
	args: string[],
	options: CommandOptions = {},
): Promise<CommandResult> {
	if (options.logFile) return await runIntoFile(command, args, options, options.logFile);
	const chunks: Buffer[] = [];
	const code = await new Promise<number | null>((resolve, reject) => {
		const child = spawn(command, args, {
			cwd: options.cwd,
			env: options.env ?? childEnvironment(),
			stdio: ['ignore', 'pipe', 'pipe'],
			...options.user,
		});
		child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
		child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
		child.once('error', reject);
		child.once('close', resolve);
	});
	return { code, output: Buffer.concat(chunks).toString('utf8') };
}

async function runIntoFile(
	command: string,
	args: string[],
	options: CommandOptions,
	logFile: string,
): Promise<CommandResult> {
	await mkdir(path.dirname(logFile), { recursive: true });
	const output = openSync(logFile, 'w');
	try {
		const { ended } = await startOwn(command, args, {
			cwd: options.cwd ?? process.cwd(),
			env: options.env ?? childEnvironment(),
			output,
			user: options.user,
		});
		return { code: await ended, output: readFileSync(logFile, 'utf8') };
	} finally {
		closeSync(output);
	}
}

/** Runs a command and throws `CommandFailed` unless it ends with status 0. Returns its output. */
export async function run(
	command: string,
	args: string[],
	options: CommandOptions = {},
): Promise<string> {
	const result = await tryRun(command, args, options);
	if (result.code !== 0) {
		throw new CommandFailed([command, ...args].join(' '), result, options.logFile);
	}
	return result.output;
}

/** Whether the command can be started and ends with status 0. */
export async function works(command: string, args: string[] = ['--version']): Promise<boolean> {
	try {
		return (await tryRun(command, args)).code === 0;
	} catch {
		return false;
	}
}
