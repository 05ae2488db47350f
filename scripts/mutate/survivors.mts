import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Stryker } from '@stryker-mutator/core';

/** One small change to the code, and what the tests made of it. */
export type TestedMutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

const noticed = new Set(['Killed', 'Timeout']);
const unnoticed = new Set(['Survived', 'NoCoverage']);

/** The changes that no test noticed, by file and line: the place, the code and what replaced it. */
export async function survivorsOf(mutants: TestedMutant[], project: string): Promise<string[]> {
	const lines: string[] = [];
	for (const [file, own] of byFile(mutants, project)) {
		const alive = own.filter(({ status }) => unnoticed.has(status)).sort(byPlace);
		if (alive.length === 0) continue;
		const code = (await readFile(path.join(project, file), 'utf8')).split('\n');
		lines.push(file, ...alive.map((mutant) => `  ${told(mutant, code)}`));
	}
	return lines;
}

/** The killed share of each file, and the share of all of them last. */
export function sharesOf(mutants: TestedMutant[], project: string): string[] {
	const files = [...byFile(mutants, project)];
	const all: [string, TestedMutant[]] = [files.length > 1 ? 'All' : '', mutants];
	return [...files, ...(files.length > 1 ? [all] : [])].map(([name, own]) => {
		const killed = own.filter(({ status }) => noticed.has(status)).length;
		const counted = killed + own.filter(({ status }) => unnoticed.has(status)).length;
		const share = counted === 0 ? '-' : `${((killed / counted) * 100).toFixed(1)} %`;
		return `${share.padStart(7)}  ${`${killed} of ${counted}`.padStart(12)}  ${name}`;
	});
}

function byFile(mutants: TestedMutant[], project: string): Map<string, TestedMutant[]> {
	const files = new Map<string, TestedMutant[]>();
	for (const mutant of mutants) {
		const file = path.relative(project, mutant.fileName);
		files.set(file, [...(files.get(file) ?? []), mutant]);
	}
	return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function byPlace(a: TestedMutant, b: TestedMutant): number {
	return (
		a.location.start.line - b.location.start.line ||
		a.location.start.column - b.location.start.column
	);
}

function told(
	{ location, mutatorName, replacement, status }: TestedMutant,
	code: string[],
): string {
	const { start, end } = location;
	const spanned = code.slice(start.line - 1, end.line);
	const last = spanned.length - 1;
	// The end first: a change within one line is cut at both ends of the same line.
	spanned[last] = (spanned[last] ?? '').slice(0, end.column - 1);
	spanned[0] = (spanned[0] ?? '').slice(start.column - 1);
	const uncovered = status === 'NoCoverage' ? ', run by no test' : '';
	return `${start.line}:${start.column} ${mutatorName}${uncovered}: ${short(spanned.join('\n'))} -> ${short(replacement ?? '')}`;
}

function short(code: string): string {
	const line = code.replace(/\s+/g, ' ');
	return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
