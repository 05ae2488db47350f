import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import ts from 'typescript';

export const project = resolve(__dirname, '../../..');

/** The TypeScript files of a folder, those of its folders included, by their paths in the project. */
export function filesIn(folder: string): string[] {
	return readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.m?ts$/.test(entry.name))
		.map((entry) => relative(project, join(entry.parentPath, entry.name)))
		.sort();
}

export const textOf = (file: string) => readFileSync(join(project, file), 'utf8');

/** What each file imports, types included: files by their paths in the project, packages by name. */
export type Imports = ReadonlyMap<string, readonly string[]>;

export function importsIn(...folders: string[]): Imports {
	return new Map(folders.flatMap(filesIn).map((file) => [file, importsOf(file)]));
}

function importsOf(file: string): string[] {
	const names = ts
		.preProcessFile(textOf(file), true, true)
		.importedFiles.map(({ fileName }) =>
			fileName.startsWith('.') ? resolved(join(file, '..', fileName)) : fileName,
		);
	return [...new Set(names)];
}

/** The file that an import without an ending means. */
function resolved(path: string): string {
	const endings = /\.[a-z]+$/.test(path) ? [''] : [];
	const found = [...endings, '.ts', '.mts', '/index.ts'].find((ending) =>
		existsSync(join(project, path + ending)),
	);
	return found === undefined ? path : path + found;
}
