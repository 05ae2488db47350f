import { dirname } from 'node:path';

import type { Imports } from './sources.mts';

export const isWithin = (name: string, ...folders: string[]) =>
	folders.some((folder) => name === folder || name.startsWith(`${folder}/`));

/** Imports of a folder's files that `allowed` does not name, as "a imports b". */
export function strangers(
	imports: Imports,
	folder: string,
	allowed: (name: string) => boolean,
): string[] {
	return edges(imports)
		.filter(([file, name]) => isWithin(file, folder) && !allowed(name))
		.map(told);
}

/**
 * Imports that go up.
 * @param storeys names of the folders of `room`, the lowest storey first; files right inside it
 * belong to the lowest
 * @returns "a imports b" for each, and each file of the room that is in no storey
 */
export function climbs(
	imports: Imports,
	room: string,
	storeys: ReadonlyArray<readonly string[]>,
): string[] {
	const storeyOf = (file: string) => {
		const [name, ...below] = file.slice(room.length + 1).split('/');
		if (below.length === 0) return 0;
		return storeys.findIndex((names) => names.includes(name!));
	};
	const homeless = [...imports.keys()]
		.filter((file) => isWithin(file, room) && storeyOf(file) < 0)
		.map((file) => `${file} has no storey`);
	const upwards = edges(imports)
		.filter(([file, name]) => isWithin(file, room) && isWithin(name, room))
		.filter(([file, name]) => storeyOf(name) > storeyOf(file));
	return [...homeless, ...upwards.map(told)];
}

/** Files that import one another, directly or by way of others: one text for each such group. */
export function fileCircles(imports: Imports): string[] {
	return circles(imports);
}

/** The same for folders. A file right inside a room (`rakuten/problem.ts`) counts by itself. */
export function folderCircles(imports: Imports): string[] {
	const folderOf = (file: string) => (file.split('/').length > 2 ? dirname(file) : file);
	const folders = new Map<string, string[]>();
	for (const [file, names] of imports) {
		const folder = folderOf(file);
		const others = names
			.filter((name) => imports.has(name))
			.map(folderOf)
			.filter((other) => other !== folder);
		folders.set(folder, [...(folders.get(folder) ?? []), ...others]);
	}
	return circles(folders);
}

function edges(imports: Imports): Array<[file: string, name: string]> {
	return [...imports].flatMap(([file, names]) =>
		names.map((name): [string, string] => [file, name]),
	);
}

const told = ([file, name]: [string, string]) => `${file} imports ${name}`;

/** Groups of nodes from each of which every other of the group can be reached. */
function circles(graph: Imports): string[] {
	const reached = new Map([...graph.keys()].map((node) => [node, reachableFrom(node, graph)]));
	const groups = [...graph.keys()].map((node) =>
		[...reached.get(node)!].filter((other) => reached.get(other)?.has(node)).sort(),
	);
	return [...new Set(groups.filter(({ length }) => length > 0).map((group) => group.join(', ')))];
}

/** Without the node itself, unless a way leads back to it. */
function reachableFrom(node: string, graph: Imports): Set<string> {
	const reached = new Set<string>();
	const open = [node];
	while (open.length > 0) {
		for (const next of graph.get(open.pop()!) ?? []) {
			if (reached.has(next)) continue;
			reached.add(next);
			open.push(next);
		}
	}
	return reached;
}
