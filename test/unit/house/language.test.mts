import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { idioms, idiomsIn } from './languageRules.mts';
import { filesIn, project, textOf } from './sources.mts';

/** Files right inside a folder whose names end like this. */
const filesEnding = (folder: string, ending: string) =>
	readdirSync(join(project, folder))
		.filter((name) => name.endsWith(ending))
		.map((name) => join(folder, name));

const rooms = [
	'rakuten',
	'services',
	'nodes',
	'credentials',
	'sandbox',
	'scripts',
	'bench',
	'test',
];

/** Everything that a person reads: pages, workflows, and all sources with their texts and comments. */
const texts = [
	...['', 'docs', 'sandbox', 'workflows'].flatMap((folder) => filesEnding(folder, '.md')),
	...filesEnding('workflows', '.json'),
	...rooms.flatMap(filesIn),
].filter((file) => !file.includes('house/language'));

describe('plain English', () => {
	it.each(idioms)('finds "$bad", and leaves "$good" alone', ({ find, bad, good }) => {
		expect(bad).toMatch(find);
		expect(good).not.toMatch(find);
	});

	it('is found across the lines of a comment, not across paragraphs', () => {
		expect(idiomsIn('/**\n * It goes\n\t * on where it stopped.\n */')).toHaveLength(1);
		expect(idiomsIn('"content": "what it\\nbecame of them, what\\nbecame of it"')).toHaveLength(1);
		expect(idiomsIn('What it goes\n\non from there')).toEqual([]);
	});

	it('is what people read everywhere', () => {
		const found = texts.flatMap((file) =>
			idiomsIn(textOf(file)).map((idiom) => `${file}: ${idiom}`),
		);
		expect(found).toEqual([]);
		expect(texts.length).toBeGreaterThan(300);
	});
});
