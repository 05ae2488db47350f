import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const GUARD = fileURLToPath(new URL('orphanGuard.mts', import.meta.url));

export interface OwnProcessOptions {
	cwd: string;
	env: NodeJS.ProcessEnv;
	/** File descriptor that stdout and stderr are written to. */
	output: number;
	/** The user it runs as (root only). */
	user?: { uid: number; gid: number };
}

/** A long-running process that we started. */
export interface OwnProcess {
	pid: number;
	/** Resolves to the exit status, or to null when a signal ended it. */
	ended: Promise<number | null>;
	hasEnded(): boolean;
	/** To the process alone. Nothing happens if it has ended. */
	signal(name: NodeJS.Signals): void;
	/** Ends the process and everything in its group at once. */
	killAll(): void;
}

/**
 * Starts a process that must not outlive this one: in a process group of its own (so that Ctrl-C
 * reaches us first), with a guard that ends the group as soon as we are gone.
 */
export async function startOwn(
	command: string,
	args: string[],
	options: OwnProcessOptions,
): Promise<OwnProcess> {
	const child = spawn(command, args, {
		cwd: options.cwd,
		env: options.env,
		stdio: ['ignore', options.output, options.output],
		detached: true,
		...options.user,
	});
	const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
	const pid = await new Promise<number>((resolve, reject) => {
		child.once('error', reject);
		child.once('spawn', () => resolve(child.pid as number));
	});
	const guard = spawn(process.execPath, [GUARD, String(pid)], {
		stdio: ['pipe', 'ignore', 'ignore'],
		detached: true,
	});
	guard.unref();
	void ended.then(() => guard.kill('SIGKILL'));
	return {
		pid,
		ended,
		hasEnded: () => child.exitCode !== null || child.signalCode !== null,
		signal(name) {
			child.kill(name);
		},
		killAll() {
			try {
				process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
			}
		},
	};
}
