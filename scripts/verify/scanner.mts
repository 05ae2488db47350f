import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder } from '../host/cache.mts';
import { withLock } from '../host/lock.mts';
import { say } from '../host/progress.mts';
import { runResumable } from '../host/resumable.mts';
import { installToolPackages, type ToolManifest } from '../host/toolFolder.mts';

const SCANNER_VERSION = '0.32.0';

/**
 * n8n's own check of community packages. As published it brings a TypeScript its parser can't work
 * with, and expects n8n-workflow beside it; both are fixed in a folder of its own.
 */
const MANIFEST: ToolManifest = {
	name: 'n8n-package-scanner',
	private: true,
	dependencies: {
		'@n8n/scan-community-package': SCANNER_VERSION,
		'n8n-workflow': '2.41.0',
		typescript: '5.9.3',
	},
	overrides: { typescript: '5.9.3' },
};

interface ScanResult {
	passed: boolean;
	message?: string;
	details?: string;
}

interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage(folder: string, patterns: string[]): Promise<ScanResult>;
}

/** Loads n8n's scanner, installing it into the cache first (15 seconds) if it is not there. */
export async function loadScanner(): Promise<Scanner> {
	const folder = cacheFolder(`scanner-${SCANNER_VERSION}`);
	await withLock(
		`${folder}.lock`,
		async () =>
			await runResumable(folder, JSON.stringify(MANIFEST), [
				{ name: 'packages', work: async () => await installToolPackages(folder, MANIFEST) },
			]),
		() => say("  n8n's scanner is being installed by another process; waiting for it …"),
	);
	const file = path.join(folder, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs');
	return (await import(pathToFileURL(file).href)) as Scanner;
}

/** What n8n's scanner says of the sources, as it would fetch them from the published commit. */
export async function scanSource(scanner: Scanner, projectFolder: string): Promise<string[]> {
	return findingsOf(await scanner.analyzePackage(projectFolder, scanner.SOURCE_FILE_PATTERNS));
}

/** What n8n's scanner says of an unpacked tarball. */
export async function scanTarball(scanner: Scanner, packageFolder: string): Promise<string[]> {
	return findingsOf(await scanner.analyzePackage(packageFolder, ['**/*.js', 'package.json']));
}

function findingsOf({ passed, message, details }: ScanResult): string[] {
	if (message === 'No files found to analyze') return [message];
	return passed ? [] : [[message, details].filter(Boolean).join('\n')];
}
