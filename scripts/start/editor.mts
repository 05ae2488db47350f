import { rm } from 'node:fs/promises';
import path from 'node:path';
import { installN8n } from '../host/install.mts';
import { startN8n, type RunningN8n } from '../host/n8n.mts';
import { buildPackage, installPackage, packPackage } from '../host/pack.mts';
import { freePort } from '../host/ports.mts';
import { step } from '../host/progress.mts';
import type { Closers } from './closers.mts';

/** Where n8n's editor is usually found. */
const EDITOR_PORT = 5678;

/** Installs n8n if it is not there, and puts this checkout's package into the folder as a user gets it. */
export async function putPackageInto(userFolder: string): Promise<void> {
	await installN8n();
	await step('Building and packing the package', async () => {
		await buildPackage();
		const tarball = await packPackage();
		await installPackage(tarball, userFolder);
		await rm(path.dirname(tarball), { recursive: true, force: true });
	});
}

/**
 * Starts n8n for somebody to look into, on its usual port if that is free. Its clock is this
 * machine's, as people expect of a schedule; n8n's own default is New York.
 */
export async function startEditor(userFolder: string, closers: Closers): Promise<RunningN8n> {
	const env = { GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone };
	const start = async (preferredPort?: number) =>
		await startN8n({ userFolder, port: await freePort(preferredPort), env });
	return await step('Starting n8n', async () => {
		const n8n = await start(EDITOR_PORT).catch(async (error: Error) => {
			// Somebody else can take the port while n8n comes up.
			if (!/port \d+ is already in use/.test(error.message)) throw error;
			return await start();
		});
		closers.add('n8n', async () => await n8n.stop());
		return n8n;
	});
}

/** What to type to get into the editor. */
export function accessTo(
	{ url, email, password }: RunningN8n,
	forms: string[] = [],
	exports: string[] = [],
): string {
	return [
		`Editor    ${url}`,
		...forms.map((form) => `Form      ${form}`),
		`E-mail    ${email}`,
		`Password  ${password}`,
		...(exports.length > 0
			? ['', 'Exports to download and give to the form publishers-to-mediarails:']
			: []),
		...exports.map((file) => `          ${file}`),
	].join('\n');
}
