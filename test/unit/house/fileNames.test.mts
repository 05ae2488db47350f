import { basename } from 'node:path';

import { filesIn, textOf } from './sources.mts';

const rooms = [
	...['rakuten', 'services', 'nodes', 'credentials'],
	...['sandbox', 'scripts', 'test', 'bench'],
];

/** The part before the first dot: `get` of `get.operation.ts`. */
const nameOf = (file: string) => basename(file).split('.')[0]!;

const isTest = (file: string) => /\.test\.mts$/.test(file);

/**
 * Files that are not named after what they export: in PascalCase after a class, all others in
 * camelCase. A test may have the name of the file that it tests.
 */
function misnamed(texts: ReadonlyMap<string, string>): string[] {
	const sources = [...texts.keys()].filter((file) => !isTest(file));
	const names = new Set(sources.map(nameOf));
	return [...texts].flatMap(([file, text]) => {
		const name = nameOf(file);
		if (/^[a-z][A-Za-z0-9]*$/.test(name)) return [];
		if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) return [`${file} is not in camelCase`];
		const isExplained = isTest(file)
			? names.has(name)
			: new RegExp(`^export (abstract )?class ${name}\\b`, 'm').test(text);
		return isExplained ? [] : [`${file} has no class ${name}`];
	});
}

describe('the names of files', () => {
	it('say in PascalCase which class is exported, and are in camelCase otherwise', () => {
		const files = rooms.flatMap(filesIn);
		expect(misnamed(new Map(files.map((file) => [file, textOf(file)])))).toEqual([]);
		for (const room of rooms) expect(files.some((file) => file.startsWith(room))).toBe(true);
	});

	it.each([
		['rakuten/Row.ts', 'export interface Row {}\nclass Row {}', 'has no class Row'],
		['rakuten/Row.ts', 'export class RowReader {}', 'has no class Row'],
		['rakuten/row-reader.ts', 'export class RowReader {}', 'is not in camelCase'],
		['scripts/row_reader.mts', '', 'is not in camelCase'],
		['nodes/A.node.ts', 'export class B {}', 'has no class A'],
		['nodes/a-b.operation.ts', '', 'is not in camelCase'],
		['test/Rows.test.mts', 'export class Rows {}', 'has no class Rows'],
	])('are refused: %s with %j', (file, text, reason) => {
		expect(misnamed(new Map([[file, text]]))).toEqual([`${file} ${reason}`]);
	});

	it('are right: of classes, operations, nodes and tests of them', () => {
		const files = {
			'rakuten/RowReader.ts': '/** Reads. */\nexport class RowReader<T> {}',
			'rakuten/Shape.ts': 'export abstract class Shape {}',
			'rakuten/rows.ts': 'export class Row {}',
			'nodes/A.node.ts': 'export class A implements INodeType {}',
			'nodes/get.operation.ts': 'export const get = {}',
			'test/RowReader.test.mts': '',
			'test/rowStory.e2e.mts': '',
		};
		expect(misnamed(new Map(Object.entries(files)))).toEqual([]);
	});
});
