import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './command.mts';
import { npm } from './npm.mts';

/** The checkout this script is in. */
export const PROJECT_FOLDER = fileURLToPath(new URL('../..', import.meta.url)).replace(
	/[\\/]$/,
	'',
);

/** `npm run build` in the checkout. Throws with the compiler's words when it fails. */
export async function buildPackage(projectFolder = PROJECT_FOLDER): Promise<void> {
	await npm(['run', 'build'], { cwd: projectFolder });
}

/**
 * `npm pack`: the tarball as it would be published, from what is in `dist` now. It is put into
 * `intoFolder` (default: a new temporary folder); returns the tarball's path.
 */
export async function packPackage(
	projectFolder = PROJECT_FOLDER,
	intoFolder?: string,
): Promise<string> {
	const folder = intoFolder ?? (await mkdtemp(path.join(tmpdir(), 'n8n-package-')));
	await mkdir(folder, { recursive: true });
	const { name, version } = JSON.parse(
		await readFile(path.join(projectFolder, 'package.json'), 'utf8'),
	) as { name: string; version: string };
	await npm(['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: projectFolder });
	return path.join(folder, `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`);
}

/** Unpacks a tarball made by `npm pack` so that `folder` holds its package.json. */
export async function unpackTarball(tarball: string, folder: string): Promise<void> {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
}

/**
 * Puts a packed package where n8n looks for installed community nodes:
 * `<userFolder>/.n8n/nodes/node_modules/<name>`, so that its node types carry the prefix they have for
 * every user. n8n must be (re)started afterwards. Returns the folder.
 */
export async function installPackage(tarball: string, userFolder: string): Promise<string> {
	const modules = path.join(userFolder, '.n8n', 'nodes', 'node_modules');
	const unpacked = path.join(modules, '.unpacking');
	await unpackTarball(tarball, unpacked);
	const { name } = JSON.parse(await readFile(path.join(unpacked, 'package.json'), 'utf8')) as {
		name: string;
	};
	const folder = path.join(modules, ...name.split('/'));
	await rm(folder, { recursive: true, force: true });
	await mkdir(path.dirname(folder), { recursive: true });
	await rename(unpacked, folder);
	return folder;
}
