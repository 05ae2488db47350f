import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

interface Manifest {
	name: string;
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	bundledDependencies?: unknown;
	bundleDependencies?: unknown;
	n8n?: { nodes?: string[]; credentials?: string[] };
}

const TOP_LEVEL = new Set(['dist', 'LICENSE', 'LICENSE.md', 'README.md', 'package.json']);

/** What every n8n brings, so that a package may require it without depending on it. */
const BROUGHT_BY_N8N = new Set(['n8n-workflow', 'luxon', 'lodash', 'zod', 'crypto', 'node:crypto']);

/**
 * Looks through an unpacked tarball for what a user would stumble over or a reviewer would refuse.
 * Returns one line for each finding; an empty list means that all is well.
 */
export async function tarballFindings(folder: string, sourceFolder: string): Promise<string[]> {
	const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
		.map((file) => file.split(path.sep).join('/'))
		.sort();
	const manifest = JSON.parse(
		await readFile(path.join(folder, 'package.json'), 'utf8'),
	) as Manifest;
	return [
		...strayFiles(files),
		...missingFiles(files, manifest),
		...forbiddenDependencies(manifest),
		...(await contentFindings(folder, files, sourceFolder)),
	];
}

function strayFiles(files: string[]): string[] {
	const rules: Array<[(file: string) => boolean, string]> = [
		[(file) => !TOP_LEVEL.has(file.split('/')[0]), 'does not belong into the package'],
		[(file) => file.endsWith('.map'), 'is a source map; its sources are not in the package'],
		[(file) => /\.(png|jpe?g|gif|webp)$/i.test(file), 'is a picture; icons are SVG'],
		[(file) => /(^|\/)docs\//.test(file), 'is documentation; it stays in the repository'],
		[(file) => /(?<!\.d)\.[cm]?tsx?$/.test(file), 'is TypeScript source'],
		[(file) => /\.(test|spec)\.|(^|\/)(test|sandbox|bench|scripts)\//.test(file), 'is for tests'],
		[(file) => /^dist\/package\.json$|\.tsbuildinfo$/.test(file), 'is left over from the build'],
	];
	return rules.flatMap(([isStray, reason]) =>
		files.filter(isStray).map((file) => `${file} ${reason}`),
	);
}

function missingFiles(files: string[], manifest: Manifest): string[] {
	const nodes = manifest.n8n?.nodes ?? [];
	const named = [...nodes, ...(manifest.n8n?.credentials ?? [])];
	const codex = nodes.map((file) => file.replace(/\.js$/, '.json'));
	const missing = (list: string[], reason: string) =>
		list.filter((file) => !files.includes(file)).map((file) => `${file} ${reason}`);
	return [
		...missing(named, 'is named in package.json (n8n) but is not in the package'),
		...missing(codex, '(description for the node panel) is not in the package'),
		...missing(['README.md'], 'is not in the package'),
		...(files.some((file) => /^LICENSE(\.md)?$/.test(file)) ? [] : ['There is no LICENSE']),
		...(nodes.length === 0 ? ['package.json names no nodes'] : []),
		...files
			.filter((file) => /\.(node|credentials)\.js$/.test(file) && !named.includes(file))
			.map((file) => `${file} is not named in package.json (n8n)`),
	];
}

function forbiddenDependencies(manifest: Manifest): string[] {
	const dependencies = Object.keys({
		...manifest.dependencies,
		...manifest.optionalDependencies,
	}).map((name) => `package.json depends on ${name}; a verifiable package depends on nothing`);
	const bundled = manifest.bundledDependencies ?? manifest.bundleDependencies;
	return bundled ? [...dependencies, 'package.json bundles dependencies'] : dependencies;
}

async function contentFindings(
	folder: string,
	files: string[],
	sourceFolder: string,
): Promise<string[]> {
	const findings: string[] = [];
	for (const file of files.filter((name) => /\.(js|json|md|ts|svg)$/.test(name))) {
		const text = await readFile(path.join(folder, file), 'utf8');
		if (text.includes(sourceFolder)) findings.push(`${file} holds a path of this machine`);
		if (!file.endsWith('.js')) continue;
		const from = path.join(folder, path.dirname(file));
		findings.push(
			...requireFindings(text, from).map((finding) => `${file} ${finding}`),
			...iconFindings(text, from).map((finding) => `${file} ${finding}`),
		);
	}
	return findings;
}

/** Everything a compiled file requires must be in the package or be brought by n8n. */
function requireFindings(text: string, from: string): string[] {
	return [...text.matchAll(/\brequire\(\s*["']([^"']+)["']\s*\)/g)].flatMap(([, wanted]) => {
		if (!wanted.startsWith('.')) {
			const name = wanted.split('/')[0];
			return BROUGHT_BY_N8N.has(name) ? [] : [`requires ${wanted}, which n8n does not bring`];
		}
		const target = path.join(from, wanted);
		const candidates = [target, `${target}.js`, `${target}.json`, path.join(target, 'index.js')];
		return candidates.some((candidate) => path.extname(candidate) && existsSync(candidate))
			? []
			: [`requires ${wanted}, which is not in the package`];
	});
}

function iconFindings(text: string, from: string): string[] {
	const icons = [...text.matchAll(/["']file:([^"']+)["']/g)].map(([, icon]) => icon);
	return [...new Set(icons)]
		.filter((icon) => !existsSync(path.join(from, icon)))
		.map((icon) => `names the icon ${icon}, which is not in the package`);
}
