import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const project = resolve(__dirname, '../../..');

function filesIn(folder: string): string[] {
	return readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.m?ts$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name));
}

/** What a file imports: packages by name, project files by their path from the project's folder. */
function importsOf(file: string): string[] {
	const text = readFileSync(file, 'utf8');
	const named = [...text.matchAll(/(?:from|import|require\()\s*'([^']+)'/g)].map(
		([, name]) => name,
	);
	return named.map((name) =>
		name.startsWith('.') ? relative(project, resolve(file, '..', name)) : name,
	);
}

/** Imports of a room's files that its rule does not allow. */
function strangers(folder: string, allowed: (name: string) => boolean): string[] {
	return filesIn(folder).flatMap((file) =>
		importsOf(file)
			.filter((name) => !allowed(name))
			.map((name) => `${relative(project, file)} imports ${name}`),
	);
}

const within =
	(...folders: string[]) =>
	(name: string) =>
		folders.some((folder) => name === folder || name.startsWith(`${folder}/`));

describe('the rooms of the house', () => {
	it('rakuten/ knows no n8n and no I/O', () => {
		const allowed = within('rakuten', 'luxon', 'node:crypto');
		expect(strangers('rakuten', allowed)).toEqual([]);
	});

	it('services/ knows the domain and n8n, and no node', () => {
		const allowed = within('rakuten', 'services', 'n8n-workflow', 'node:crypto');
		expect(strangers('services', allowed)).toEqual([]);
	});

	it('credentials/ and nodes/ import nothing but the package and what n8n provides', () => {
		const allowed = within('rakuten', 'services', 'nodes', 'n8n-workflow', 'luxon', 'node:crypto');
		expect([...strangers('nodes', allowed), ...strangers('credentials', allowed)]).toEqual([]);
	});

	it('only services/ sends requests', () => {
		const senders = [...['services', 'nodes', 'credentials', 'rakuten'].flatMap(filesIn)]
			.filter((file) => /httpRequest|\bfetch\(/.test(readFileSync(file, 'utf8')))
			.map((file) => relative(project, file));
		expect(senders).toContain('services/reporting/reportingApi.ts');
		expect(senders.filter((file) => !file.startsWith('services/'))).toEqual([]);
	});

	it('sandbox/ shares no code with what it stands in for', () => {
		const packages = (name: string) =>
			!/^(rakuten|nodes|credentials|test|scripts|bench)\//.test(name);
		expect(strangers('sandbox', packages)).toEqual([]);
	});

	it('finds something to look at in every room', () => {
		for (const room of ['rakuten', 'nodes', 'services', 'credentials', 'sandbox']) {
			expect(filesIn(room).length).toBeGreaterThan(0);
		}
	});
});
