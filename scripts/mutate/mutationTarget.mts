import { existsSync } from 'node:fs';
import path from 'node:path';

export interface MutationTarget {
	/** Names the report. */
	name: string;
	/** The files to change, as a pattern for StrykerJS, relative to the project's folder. */
	code: string;
	/** The folder of the tests that have to notice, relative to the project's folder. */
	tests: string;
}

/**
 * Reads an argument: a folder of rakuten/, or a file in it, with or without lines (`csv/csvLine.ts:3-9`).
 * Only the tests in the folder of the same name count, even if other tests use the code too: a room's
 * own tests should check what it promises. Throws if the folder or file does not exist.
 */
export function mutationTarget(argument: string, project: string): MutationTarget {
	const wanted = argument.replace(/^rakuten\//, '').replace(/\/+$/, '');
	const [file = ''] = wanted.split(':');
	if (!existsSync(path.join(project, 'rakuten', file))) {
		throw new Error(`There is no rakuten/${file}.`);
	}
	const [folder = ''] = file.split('/');
	const tests = `test/unit/${folder}`;
	if (!existsSync(path.join(project, tests))) throw new Error(`There are no tests in ${tests}.`);
	return {
		name: wanted.replace(/[^\w.-]+/g, '-'),
		code: file.endsWith('.ts') ? `rakuten/${wanted}` : `rakuten/${file}/**/*.ts`,
		tests,
	};
}
