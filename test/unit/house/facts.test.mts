import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const tests = resolve(__dirname, '../..');
const sandboxTests = join(tests, 'unit/sandbox');

/** Facts about the reporting API that this package must handle, by the numbers test titles carry. */
const reportingFacts = [
	...['2.3', '2.4'],
	...[1, 2, 3, 4, 5, 6, 7, 8, 12, 14, 15, 16, 17, 19, 23, 30, 31].map((number) => `10.${number}`),
];

/** Those about access tokens, the Events API and the postback. */
const developerFacts = [
	...['1', '1.1', '3', '4.1', '4.2'],
	...[9, 13, 20, 21, 27, 28].map((number) => `10.${number}`),
];

/** Numbers in the titles of tests: `it('§10.12 …')`. Those of the sandbox are not about the package. */
function testedFacts(): Set<string> {
	const files = readdirSync(tests, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.test.mts'))
		.filter(
			(entry) => entry.name !== 'facts.test.mts' && !entry.parentPath.startsWith(sandboxTests),
		)
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
	return new Set(
		files.flatMap((text) => [...text.matchAll(/§(\d+(?:\.\d+)?)/g)].map(([, fact]) => fact)),
	);
}

it('every fact the package relies on has a test that carries its number', () => {
	const tested = testedFacts();
	const facts = [...reportingFacts, ...developerFacts];
	expect(facts.filter((fact) => !tested.has(fact))).toEqual([]);
});
