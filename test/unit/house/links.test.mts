import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const project = resolve(__dirname, '../../..');

/** Where the project is published: the editor of n8n and the sample workflows link to it. */
const home = 'https://github.com/n8n-nodes-rakuten-advertising/n8n-nodes-rakuten-advertising';

/** Folders that hold what others have written, or what a build makes. */
const foreign = new Set(['node_modules', 'dist', 'coverage', '.git']);

function filesIn(folder: string, ending: RegExp): string[] {
	return readdirSync(join(project, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return foreign.has(entry.name) ? [] : filesIn(path, ending);
		return ending.test(entry.name) ? [path] : [];
	});
}

const textOf = (path: string) => readFileSync(join(project, path), 'utf8');

const withoutCode = (markdown: string) =>
	markdown.replace(/^(`{3,}).*?^\1/gms, '').replace(/(`+)[^`].*?\1/g, '');

/** Targets of links and pictures in a page, as they are written. */
const targetsIn = (markdown: string): string[] =>
	[
		...withoutCode(markdown).matchAll(/\]\(\s*<?([^)\s>]+)/g),
		...withoutCode(markdown).matchAll(/\b(?:src|href)="([^"]+)"/g),
	].map(([, target]) => target);

/** Links to pages of the project from anything that is not a page. */
const homeLinksIn = (text: string): string[] =>
	[...text.matchAll(/https:\/\/github\.com\/[^\s"'`\\)<>]+/g)]
		.map(([link]) => link)
		.filter((link) => link.startsWith(home));

/** The anchors that GitHub makes of a page's headings. */
function anchorsOf(markdown: string): Set<string> {
	const anchors = new Set<string>();
	for (const [, heading] of markdown
		.replace(/^(`{3,}).*?^\1/gms, '')
		.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
		const plain = heading
			.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
			.replace(/(^|\W)_([^_]+)_(?=\W|$)/g, '$1$2')
			.toLowerCase()
			.replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
			.replaceAll(' ', '-');
		let anchor = plain;
		for (let number = 1; anchors.has(anchor); number++) anchor = `${plain}-${number}`;
		anchors.add(anchor);
	}
	return anchors;
}

/** Why a link leads nowhere; undefined if it leads somewhere, or out of the project. */
function whyBroken(page: string, target: string): string | undefined {
	const inProject = target.startsWith(`${home}#`)
		? target.replace(`${home}#readme`, '/README.md').replace(`${home}#`, '/README.md#')
		: target.replace(`${home}/blob/main/`, '/');
	if (/^[a-z][a-z\d+.-]*:/i.test(inProject)) return undefined;
	const [path, anchor] = inProject.split('#');
	const file = decodeURIComponent(
		path === '' ? page : path.startsWith('/') ? path.slice(1) : join(page, '..', path),
	);
	if (file.startsWith('..') || !existsSync(join(project, file))) return 'no such file';
	if (anchor === undefined || !file.endsWith('.md')) return undefined;
	return anchorsOf(textOf(file)).has(anchor) ? undefined : `no such heading in ${file}`;
}

const brokenLinks = (page: string, targets: readonly string[]): string[] =>
	targets.flatMap((target) => {
		const reason = whyBroken(page, target);
		return reason === undefined ? [] : [`${relative('.', page)}: ${target} (${reason})`];
	});

describe('links', () => {
	const pages = filesIn('.', /\.md$/);

	it('in pages lead to files and headings that are there', () => {
		expect(pages.flatMap((page) => brokenLinks(page, targetsIn(textOf(page))))).toEqual([]);
		expect(pages.flatMap((page) => targetsIn(textOf(page))).length).toBeGreaterThan(150);
	});

	it('in nodes, credentials and sample workflows lead to pages that are there', () => {
		const others = [
			'package.json',
			...['nodes', 'credentials', 'workflows'].flatMap((folder) => filesIn(folder, /\.(ts|json)$/)),
		];
		expect(others.flatMap((file) => brokenLinks(file, homeLinksIn(textOf(file))))).toEqual([]);
		expect(others.flatMap((file) => homeLinksIn(textOf(file))).length).toBeGreaterThan(5);
	});

	it.each([
		['docs/report-get.md', '[x](nowhere.md)', 'nowhere.md (no such file)'],
		['docs/report-get.md', '![x](images/no-picture.png)', 'images/no-picture.png (no such file)'],
		['README.md', '<img src="docs/images/no.png" width="4">', 'docs/images/no.png (no such file)'],
		['README.md', '[x](#nothing)', '#nothing (no such heading in README.md)'],
		['docs/testing.md', '[x](../README.md#no)', '../README.md#no (no such heading in README.md)'],
		['README.md', `[x](${home}/blob/main/no.md)`, `${home}/blob/main/no.md (no such file)`],
	])('that lead nowhere are found: in %s, %s', (page, text, expected) => {
		expect(brokenLinks(page, targetsIn(text))).toEqual([`${page}: ${expected}`]);
	});

	it.each([
		['docs/report-get.md', '[x](credentials.md#is-the-token-safe) ![y](images/node.png)'],
		['docs/credentials.md', '[x](../README.md#installation) [y](#base-url "title")'],
		['docs/decisions.md', '[x](rakuten-reporting-api.md#23-the-answer)'],
		['README.md', `[x](${home}#readme) [y](${home}#resources) [z](https://example.com/no.md)`],
		['README.md', '`[x](no.md)`\n\n```md\n[x](no.md)\n```\n'],
	])('that lead somewhere are not: in %s, %s', (page, text) => {
		expect(brokenLinks(page, targetsIn(text))).toEqual([]);
	});

	it('lead to the second heading of a name by its number', () => {
		const anchors = anchorsOf('# Get\n## Get\n```\n# Not one\n```\n## `§99.9` _The_ [answer](x)\n');
		expect([...anchors]).toEqual(['get', 'get-1', '999-the-answer']);
	});
});
