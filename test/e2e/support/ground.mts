import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startN8n, type N8nOptions, type RunningN8n } from '../../../scripts/host/n8n.mts';
import { buildPackage, installPackage, packPackage } from '../../../scripts/host/pack.mts';
import { say, step } from '../../../scripts/host/progress.mts';
import { Closers } from '../../../scripts/start/closers.mts';

/** What this run of the tests has started; ended together, even when tests fail. */
export const closers = new Closers();

/** The folders of every n8n of this run. */
export const userFolders: string[] = [];

let folder: string;
let tarball: string;

/** Builds and packs the package once for all scenarios. */
export async function prepareGround(): Promise<void> {
	folder = await mkdtemp(path.join(tmpdir(), 'rakuten-e2e-'));
	await step('Building and packing the package', async () => {
		await buildPackage();
		tarball = await packPackage(undefined, folder);
	});
}

/** Ends everything and removes every trace, or says where it is. */
export async function clearGround(keep: boolean): Promise<void> {
	await closers.closeAll();
	if (keep) say(`  Kept: ${folder}`);
	else if (folder) await rm(folder, { recursive: true, force: true });
}

/** A new folder of an n8n with the packed package installed as a user has it. */
export async function newUserFolder(name: string): Promise<string> {
	const userFolder = path.join(folder, name);
	await installPackage(tarball, userFolder);
	userFolders.push(userFolder);
	return userFolder;
}

/**
 * Starts n8n in such a folder, with a log of everything; it is ended after the tests unless it was
 * ended before.
 */
export async function startTestedN8n(
	userFolder: string,
	options: Omit<N8nOptions, 'userFolder'> = {},
): Promise<RunningN8n> {
	const n8n = await step('Starting n8n', async () => {
		return await startN8n({
			...options,
			userFolder,
			env: { N8N_LOG_LEVEL: 'debug', ...options.env },
		});
	});
	closers.add('n8n', async () => await n8n.kill9());
	return n8n;
}
