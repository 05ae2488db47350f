import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from './npm.mts';
import { step } from './progress.mts';

/** The package.json of a folder that only exists to hold installed tools. */
export interface ToolManifest {
	name: string;
	private: true;
	dependencies?: Record<string, string>;
	devDependencies?: Record<string, string>;
	overrides?: Record<string, string>;
	/** Packages whose install scripts npm may run (npm 11 and later ask for it). */
	allowScripts?: Record<string, boolean>;
}

/**
 * Installs the packages of `manifest` into `folder`, without running any of their install scripts.
 *
 * npm writes `node_modules/.package-lock.json` when it has finished; a `node_modules` without it was
 * left by an interrupted run and may hold half-unpacked packages that npm would take for whole ones,
 * so it is removed first. What had been downloaded is still in npm's own cache.
 */
export async function installToolPackages(folder: string, manifest: ToolManifest): Promise<void> {
	await mkdir(folder, { recursive: true });
	const modules = path.join(folder, 'node_modules');
	const manifestFile = path.join(folder, 'package.json');
	const text = `${JSON.stringify({ version: '1.0.0', ...manifest }, null, 2)}\n`;
	const wanted = await sameDependencies(manifestFile, manifest);
	if (!wanted) await rm(path.join(folder, 'package-lock.json'), { force: true });
	if (existsSync(modules) && !(wanted && existsSync(path.join(modules, '.package-lock.json')))) {
		await step('Removing what an interrupted installation left', async () => {
			await rm(modules, { recursive: true, force: true });
		});
	}
	await writeFile(manifestFile, text);
	await step(
		`Downloading and unpacking the packages of ${manifest.name}`,
		async () => {
			await npm(['install', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'], {
				cwd: folder,
				logFile: path.join(folder, 'npm-install.log'),
			});
		},
		() => unpackedSoFar(modules),
	);
}

/** Whether the folder's package.json asks for the same packages as `manifest`. */
async function sameDependencies(file: string, manifest: ToolManifest): Promise<boolean> {
	try {
		const present = JSON.parse(await readFile(file, 'utf8')) as ToolManifest;
		return (['dependencies', 'devDependencies', 'overrides'] as const).every(
			(key) => sorted(present[key]) === sorted(manifest[key]),
		);
	} catch {
		return false;
	}
}

function sorted(record: Record<string, string> = {}): string {
	return JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** npm says nothing until it is done; how far it is can be seen in the folder. */
function unpackedSoFar(modules: string): string {
	if (!existsSync(modules)) return 'working out which versions fit together';
	const folders = readdirSync(modules).filter((name) => !/^[.@]/.test(name));
	const unpacked = folders.filter((name) => existsSync(path.join(modules, name, 'package.json')));
	return `${unpacked.length} of ${folders.length} packages`;
}
