import { climbs, fileCircles, folderCircles, isWithin, strangers } from './importRules.mts';
import { filesIn, importsIn, textOf, type Imports } from './sources.mts';

const rooms = ['rakuten', 'services', 'nodes', 'credentials', 'sandbox'];

/** Imports that break a rule today, and are to go. */
const tolerated: string[] = [];

const house: Imports = new Map(
	[...importsIn(...rooms)].map(([file, names]) => [
		file,
		names.filter((name) => !tolerated.includes(`${file} imports ${name}`)),
	]),
);

/** rakuten/ from the ground up: a file imports from its own storey and those below. */
const storeys = [
	[
		...['line', 'site', 'network', 'secrets', 'csv', 'xml', 'date', 'money'],
		...['hash', 'service', 'developer'],
	],
	['report', 'postback', 'polling', 'partner'],
	// Rooms to come, which may use all of the above.
	['conversion', 'order', 'outbox', 'link', 'click', 'adEvent', 'programme', 'earnings', 'page'],
];

const within =
	(...folders: string[]) =>
	(name: string) =>
		isWithin(name, ...folders);

/** Folders of nodes/ that hold one node, as opposed to what nodes share. */
const isNodeFolder = (name: string) => /^nodes\/[A-Z]/.test(name);

const nodeFolderOf = (file: string) => file.split('/').slice(0, 2).join('/');

/** Imports from one node's folder into another's. */
const visits = (imports: Imports) =>
	[...new Set([...imports.keys()].filter(isNodeFolder).map(nodeFolderOf))].flatMap((folder) =>
		strangers(imports, folder, (name) => !isNodeFolder(name) || isWithin(name, folder)),
	);

/** Imports of the files right inside services/ from the folders of hosts. */
const knownHosts = (imports: Imports) => {
	const root = new Map([...imports].filter(([file]) => /^services\/[^/]+$/.test(file)));
	return strangers(root, 'services', (name) => !/^services\/[^/]+\//.test(name));
};

describe('the rooms of the house', () => {
	it('rakuten/ knows no n8n and no I/O', () => {
		expect(strangers(house, 'rakuten', within('rakuten', 'luxon', 'node:crypto'))).toEqual([]);
	});

	it('imports go down the storeys of rakuten/', () => {
		expect(climbs(house, 'rakuten', storeys)).toEqual([]);
	});

	it('services/ knows the domain and n8n, and no node', () => {
		const allowed = within('rakuten', 'services', 'n8n-workflow', 'node:crypto');
		expect(strangers(house, 'services', allowed)).toEqual([]);
	});

	it('what is common to all services knows no host', () => {
		expect(knownHosts(house)).toEqual([]);
	});

	it('credentials/ and nodes/ import nothing but the package and what n8n provides', () => {
		const allowed = within('rakuten', 'services', 'nodes', 'n8n-workflow', 'luxon', 'node:crypto');
		expect(strangers(house, 'nodes', allowed)).toEqual([]);
		expect(strangers(house, 'credentials', allowed)).toEqual([]);
	});

	it('nodes/kit, nodes/reading and nodes/webhook know no node', () => {
		const shared = (name: string) => !isWithin(name, 'nodes') || isWithin(name, 'nodes/kit');
		expect(strangers(house, 'nodes/kit', shared)).toEqual([]);
		for (const room of ['nodes/reading', 'nodes/webhook']) {
			expect(strangers(house, room, (name) => shared(name) || isWithin(name, room))).toEqual([]);
		}
	});

	it('no node reaches into the folder of another', () => {
		expect(visits(house)).toEqual([]);
	});

	it('no files and no folders import one another', () => {
		expect(fileCircles(house)).toEqual([]);
		expect(folderCircles(house)).toEqual([]);
	});

	it('only services/ sends requests', () => {
		const senders = ['services', 'nodes', 'credentials', 'rakuten']
			.flatMap(filesIn)
			.filter((file) => /httpRequest|\bfetch\(/.test(textOf(file)));
		expect(senders).toContain('services/context.ts');
		expect(senders.filter((file) => !file.startsWith('services/'))).toEqual([]);
	});

	it('sandbox/ shares no code with the package', () => {
		const isForeign = within('rakuten', 'services', 'nodes', 'credentials');
		const isTool = within('test', 'scripts', 'bench');
		expect(strangers(house, 'sandbox', (name) => !isForeign(name) && !isTool(name))).toEqual([]);
	});

	it('finds something to look at in every room', () => {
		for (const room of rooms) expect(filesIn(room).length).toBeGreaterThan(0);
		const inside = [...house.values()].flat().filter(within(...rooms));
		expect(inside.length).toBeGreaterThan(300);
		expect(inside.filter((name) => !house.has(name) && !name.endsWith('.json'))).toEqual([]);
	});
});

describe('each rule finds what breaks it', () => {
	const imports = (map: Record<string, string[]>): Imports => new Map(Object.entries(map));

	it('a stranger, by a file or a package', () => {
		const found = imports({
			'rakuten/a/x.ts': ['luxon', 'rakuten/b/y.ts', 'n8n-workflow', 'rakutenish/z.ts'],
			'nodes/x.ts': ['n8n-workflow'],
		});
		expect(strangers(found, 'rakuten', within('rakuten', 'luxon'))).toEqual([
			'rakuten/a/x.ts imports n8n-workflow',
			'rakuten/a/x.ts imports rakutenish/z.ts',
		]);
	});

	it('an import that goes up, and a folder in no storey', () => {
		const found = imports({
			'rakuten/problem.ts': ['rakuten/report/b.ts'],
			'rakuten/date/a.ts': ['rakuten/problem.ts', 'rakuten/report/b.ts'],
			'rakuten/report/b.ts': ['rakuten/date/a.ts', 'rakuten/partner/read/c.ts'],
			'rakuten/partner/read/c.ts': ['rakuten/page/d.ts'],
			'rakuten/page/d.ts': ['rakuten/date/a.ts', 'luxon'],
			'rakuten/attic/e.ts': [],
		});
		expect(climbs(found, 'rakuten', storeys)).toEqual([
			'rakuten/attic/e.ts has no storey',
			'rakuten/problem.ts imports rakuten/report/b.ts',
			'rakuten/date/a.ts imports rakuten/report/b.ts',
			'rakuten/partner/read/c.ts imports rakuten/page/d.ts',
		]);
	});

	it('a common file that knows a host', () => {
		const found = imports({
			'services/retry.ts': ['services/pause.ts', 'services/reporting/ask.ts', 'rakuten/line/x.ts'],
			'services/reporting/ask.ts': ['services/developer/ask.ts', 'services/retry.ts'],
		});
		expect(knownHosts(found)).toEqual(['services/retry.ts imports services/reporting/ask.ts']);
	});

	it('a node that reaches into another', () => {
		const found = imports({
			'nodes/One/a.ts': ['nodes/kit/k.ts', 'nodes/One/b.ts', 'nodes/Two/c.ts'],
			'nodes/Two/c.ts': ['nodes/kit/k.ts'],
			'nodes/kit/k.ts': ['nodes/Two/c.ts'],
		});
		expect(visits(found)).toEqual(['nodes/One/a.ts imports nodes/Two/c.ts']);
	});

	it('circles of files, a file that imports itself included', () => {
		const found = imports({
			'rakuten/a.ts': ['rakuten/b.ts'],
			'rakuten/b.ts': ['rakuten/c.ts', 'luxon'],
			'rakuten/c.ts': ['rakuten/a.ts'],
			'rakuten/d.ts': ['rakuten/a.ts'],
			'rakuten/e.ts': ['rakuten/e.ts'],
		});
		expect(fileCircles(found)).toEqual([
			'rakuten/a.ts, rakuten/b.ts, rakuten/c.ts',
			'rakuten/e.ts',
		]);
	});

	it('circles of folders whose files import each other in no circle', () => {
		const found = imports({
			'rakuten/problem.ts': ['rakuten/secrets/s.ts'],
			'rakuten/secrets/s.ts': [],
			'rakuten/secrets/t.ts': ['rakuten/problem.ts'],
			'rakuten/date/a.ts': ['rakuten/date/b.ts', 'rakuten/line/c.ts'],
			'rakuten/date/b.ts': [],
			'rakuten/line/c.ts': [],
			'rakuten/line/d.ts': ['rakuten/date/b.ts'],
		});
		expect(fileCircles(found)).toEqual([]);
		expect(folderCircles(found)).toEqual([
			'rakuten/problem.ts, rakuten/secrets',
			'rakuten/date, rakuten/line',
		]);
	});
});
