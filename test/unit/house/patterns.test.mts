import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { redact } from '../../../rakuten/secrets/redact';
import slowToCheck from './linearPatterns.json';
import { builtIn, patternOf, patternsIn, type Pattern } from './patterns.mts';
import { filesIn, project, textOf } from './sources.mts';

/** Calls that make a file's functions build their regular expressions, with how many those are. */
const builders: Readonly<Record<string, { work: () => void; expressions: number }>> = {
	'rakuten/secrets/redact.ts': {
		work: () => void redact('', ['+-a/B+ +c-=', '++++++']),
		expressions: 1,
	},
};

/** Files with a pattern that recheck can't judge, and what bounds its text instead. */
const bounded: Readonly<Record<string, { begin: string; why: string }>> = {
	'rakuten/partner/read/urlCell.ts': {
		begin: '/^(?:https?:)?(?:\\/\\/)?(?:[^\\s/?#@]+@)?',
		why: 'badUrls looks through no cell of more than 4,000 characters (valueCells.test.mts)',
	},
};

/** Every pattern of a file; throws where one is built that this can't see. */
function allPatternsOf(file: string): Pattern[] {
	const { literals, built } = patternsIn(textOf(file), file);
	const atLoad = built.atLoad === 0 ? [] : builtIn(file, () => load(file));
	const { work, expressions } = builders[file] ?? { expressions: 0 };
	const inFunctions = work ? builtIn(file, work) : [];
	const isSeen = atLoad.length === built.atLoad && built.inFunctions === expressions;
	if (isSeen && inFunctions.length >= expressions) return [...literals, ...atLoad, ...inFunctions];
	throw new Error(
		`${file} builds a regular expression that this test can't see: write a literal, build it when the file is loaded, or give an example in 'builders'`,
	);
}

const load = (file: string) =>
	jest.isolateModules(() => {
		require(join(project, file));
	});

/** What recheck says of each pattern, as it is written in code: `safe`, or how its time grows. */
function growthsOf(literals: readonly string[]): string[] {
	const input = JSON.stringify(literals.map(patternOf));
	const script = join(project, 'test/unit/house/growth.mjs');
	return JSON.parse(execFileSync(process.execPath, [script], { input, encoding: 'utf8' }));
}

const places = new Map<string, string>(
	['rakuten', 'services', 'nodes', 'credentials']
		.flatMap(filesIn)
		.flatMap((file) =>
			allPatternsOf(file).map(({ source, flags }) => [`/${source}/${flags}`, file] as const),
		),
);

const isBounded = (pattern: string) => {
	const { begin } = bounded[places.get(pattern) ?? ''] ?? {};
	return begin !== undefined && pattern.startsWith(begin);
};

describe('the time of a regular expression grows with the length of the text only', () => {
	it('of each one, as recheck finds', () => {
		expect(places.size).toBeGreaterThan(200);
		// RECHECK=all checks the slow ones again, too.
		const known = new Set(process.env.RECHECK === 'all' ? [] : slowToCheck);
		const unknown = [...places.keys()].filter(
			(pattern) => !known.has(pattern) && !isBounded(pattern),
		);
		const growths = growthsOf(unknown);
		const found = unknown
			.map((pattern, at) => `${places.get(pattern)}: ${pattern} is ${growths[at]}`)
			.filter((_, at) => growths[at] !== 'safe');
		expect(found).toEqual([]);
	}, 300_000);

	it('knows no pattern as linear that is gone', () => {
		expect(slowToCheck.filter((pattern) => !places.has(pattern))).toEqual([]);
	});

	it('has no exception that is gone', () => {
		expect([...places.keys()].filter(isBounded)).toHaveLength(Object.keys(bounded).length);
	});

	it('would find those that once grew with the square', () => {
		const growths = growthsOf([
			'/^[,"]+|[,"]+$/g',
			'/<title[^>]*>([^<]*)<\\/title>/i',
			'/^\\s*(null|<none>)?\\s*$/i',
			'/\\(\\s*(?:[A-Z]{3})?\\s*\\d+$/',
		]);
		for (const growth of growths) expect(growth).toMatch(/^vulnerable/);
	}, 60_000);

	it('finds patterns that are built, in functions too', () => {
		const code = 'const a = /x/g, b = new RegExp("y"); const f = (r: RegExp) => RegExp(r + "z");';
		expect(patternsIn(code)).toEqual({
			literals: [{ source: 'x', flags: 'g' }],
			built: { atLoad: 1, inFunctions: 1 },
		});
	});
});
