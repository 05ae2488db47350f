import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { CommandFailed } from './host/command.mts';
import { runMain } from './host/main.mts';
import { npm } from './host/npm.mts';
import { packPackage, PROJECT_FOLDER, unpackTarball } from './host/pack.mts';
import { say, step } from './host/progress.mts';
import { loadScanner, scanSource, scanTarball } from './verify/scanner.mts';
import { tarballFindings } from './verify/tarball.mts';

/**
 * `npm run verify`: everything between this checkout and a package that n8n verifies and users can
 * install: lint, types, build, pack, n8n's own scanner on source and tarball, and a look through
 * the tarball. All checks are made even if an early one finds something; the findings are listed at
 * the end and make the exit status 1.
 */
const findings: string[] = [];

async function check(title: string, work: () => Promise<string[]>): Promise<boolean> {
	const before = findings.length;
	await step(title, async () => {
		const found = await work();
		findings.push(...found.map((finding) => `${title}: ${finding}`));
		if (found.length > 0) throw new Finding();
	}).catch((error: unknown) => {
		if (!(error instanceof Finding)) findings.push(`${title}: ${String(error)}`);
	});
	return findings.length === before;
}

class Finding extends Error {}

/** Runs a script of package.json; what it says is a finding when it fails or warns. */
async function script(name: string): Promise<string[]> {
	try {
		const said = stripVTControlCharacters(await npm(['run', name], { cwd: PROJECT_FOLDER }));
		return /\b[1-9]\d* warnings?\b/.test(said) ? [said.trim()] : [];
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		return [stripVTControlCharacters(error.result.output).trim()];
	}
}

async function verify(folder: string): Promise<void> {
	await check('Lint', async () => await script('lint'));
	await check('Types', async () => await script('typecheck'));
	const scanner = await loadScanner();
	await check("n8n's scanner on the source", async () => await scanSource(scanner, PROJECT_FOLDER));
	if (!(await check('Build', async () => await script('build')))) return;
	const unpacked = path.join(folder, 'package');
	const packed = await check('Pack', async () => {
		await unpackTarball(await packPackage(PROJECT_FOLDER, folder), unpacked);
		return [];
	});
	if (!packed) return;
	await check("n8n's scanner on the tarball", async () => await scanTarball(scanner, unpacked));
	await check('Tarball', async () => await tarballFindings(unpacked, PROJECT_FOLDER));
}

await runMain(async () => {
	const folder = await mkdtemp(path.join(tmpdir(), 'verify-'));
	try {
		await verify(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
	if (findings.length === 0) {
		say('\nVerified: nothing found.');
		return;
	}
	const list = findings.map((finding) => `• ${finding}`).join('\n\n');
	throw new Error(`${findings.length} finding${findings.length === 1 ? '' : 's'}:\n\n${list}`);
});
