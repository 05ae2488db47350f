import { moduleStateIn } from './moduleState.mts';
import { filesIn, textOf } from './sources.mts';

const sources = ['rakuten', 'services', 'nodes', 'credentials'].flatMap(filesIn);

/** The rows of the table below a heading of docs/architecture.md, as lists of cells. */
function tableBelow(heading: string): string[][] {
	const [, section = ''] = textOf('docs/architecture.md').split(`\n${heading}\n`);
	const [own] = section.split(/\n#/);
	const [, , ...rows] = own!.split('\n').filter((line) => line.startsWith('|'));
	return rows.map((row) => row.split('|').slice(1, -1));
}

const codeIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);

describe('what is remembered', () => {
	it('in memory has a row in docs/architecture.md', () => {
		const named = tableBelow('### In the memory of a process').flatMap(([file]) => codeIn(file!));
		const remembering = sources.filter((file) => moduleStateIn(textOf(file)).length > 0);
		expect(named.sort()).toEqual(remembering.sort());
		expect(remembering.length).toBeGreaterThan(5);
	});

	it("in n8n's static data has a row in docs/architecture.md", () => {
		const rows = tableBelow("### In n8n's static data");
		const writing = sources.filter((file) => textOf(file).includes('getWorkflowStaticData('));
		expect(rows.flatMap(([file]) => codeIn(file!)).sort()).toEqual(writing.sort());
		for (const [file, key] of rows) {
			const [path] = codeIn(file!);
			const [stem] = codeIn(key!)[0]!.split('<');
			expect(textOf(path!)).toContain(stem);
		}
	});
});

describe('module state', () => {
	it.each([
		['let count = 0;', ['count']],
		['const seen = new Map<string, number>();', ['seen']],
		['export const seen = new WeakSet();', ['seen']],
		['const scratch = Buffer.alloc(8), words = new Uint32Array(2);', ['scratch', 'words']],
		['const gate = new Gate();', ['gate']],
		['const list: string[] = [];', ['list']],
		['const byName = {} as Record<string, number>;', ['byName']],
		['const mark = randomUUID().slice(0, 8);', ['mark']],
		['const since = new Date().toISOString();', ['since']],
		["const names = new Set(['a']);\nexport const note = (name) => names.add(name);", ['names']],
		['const totals = { all: 0 };\nfunction count() { totals.all++; }', ['totals']],
		['const last = [1, 2];\nfunction note(n) { last[0] = n; }', ['last']],
		['class Pace { static turns = 0; static readonly most = 5; }', ['Pace.turns']],
	])('is found: %s', (text, names) => {
		expect(moduleStateIn(text)).toEqual(names);
	});

	it.each([
		"const names: ReadonlySet<string> = new Set(['a']);",
		'const byId = new Map(networks.map((network) => [network.id, network]));',
		'const digits = /^\\d+$/;\nconst pattern = new RegExp(`^${word}$`);',
		'const most = 200;\nexport const fields = [{ name: "a" }] as const;',
		'export function read() { const rows = []; let n = 0; rows.push(n++); return rows; }',
		'const twoDigits = Array.from({ length: 60 }, (_, n) => String(n));',
		'class Reader { #rows = 0; read() { this.#rows++; } }',
	])('is not found: %s', (text) => {
		expect(moduleStateIn(text)).toEqual([]);
	});
});
