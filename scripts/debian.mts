import { existsSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment, run, works } from './host/command.mts';
import { runMain } from './host/main.mts';
import { say, step } from './host/progress.mts';

/** What the end-to-end tests need from the operating system, and how to check that it is there. */
interface SystemNeed {
	what: string;
	debianPackage: string;
	present: () => boolean;
}

const NEEDS: SystemNeed[] = [
	{ what: 'Chromium', debianPackage: 'chromium', present: () => chromium() !== undefined },
	{
		what: 'PostgreSQL',
		debianPackage: 'postgresql',
		present: () => existsSync('/usr/lib/postgresql') || inPath('postgres'),
	},
	{ what: 'Redis', debianPackage: 'redis-server', present: () => inPath('redis-server') },
];

/**
 * Makes sure that Chromium, PostgreSQL and Redis are on this machine. What is missing is installed
 * with apt-get where that is possible (as root on Debian and Ubuntu); elsewhere an error names what
 * is missing and the command that installs it.
 */
export async function ensureSystemPackages(): Promise<void> {
	const missing = NEEDS.filter((need) => !need.present());
	if (missing.length === 0) return;
	const packages = missing.map((need) => need.debianPackage);
	const names = missing.map((need) => need.what).join(', ');
	const canInstall = process.getuid?.() === 0 && (await works('apt-get'));
	if (!canInstall) {
		throw new Error(
			`The end-to-end tests need ${names}. Install it and start again: sudo apt-get install -y ${packages.join(' ')}`,
		);
	}
	say(`Installing ${names} for the end-to-end tests`);
	const env = childEnvironment({ DEBIAN_FRONTEND: 'noninteractive' });
	await step('apt-get update', async () => await run('apt-get', ['update'], { env }));
	await step(`apt-get install ${packages.join(' ')}`, async () => {
		await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env });
	});
	const still = missing.filter((need) => !need.present()).map((need) => need.what);
	if (still.length > 0) throw new Error(`Installed, but not to be found: ${still.join(', ')}`);
}

/** The path of a Chromium or Chrome, for playwright-core's `executablePath`; undefined without one. */
export function chromium(): string | undefined {
	return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
		.map(findInPath)
		.find(Boolean);
}

function inPath(program: string): boolean {
	return findInPath(program) !== undefined;
}

function findInPath(program: string): string | undefined {
	const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin', '/usr/sbin'];
	return folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file));
}

if (import.meta.main) {
	await runMain(async () => {
		await ensureSystemPackages();
		say('Chromium, PostgreSQL and Redis are here.');
	});
}
