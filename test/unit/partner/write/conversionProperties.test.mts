import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine } from '../../../../rakuten/csv/csvLine';
import {
	expectedImports,
	publisherExportFile,
} from '../../../../sandbox/dashboard/publisherExports.mts';
import type { PublisherExportOptions } from '../../../../sandbox/dashboard/publisherExports.mts';
import { convert, rejectedFile } from '../converting.mts';
import { myPublishersHeader, overviewHeader } from '../exportLines.mts';

type Cells = Record<string, string>;
type Layout = 'overview' | 'myPublishers';

/** What the import calls a column of an export. */
const importNames: Record<string, string> = {
	'Site ID': 'Network Publisher ID',
	'Publisher Name': 'Name',
	URL: 'Media Property URLs',
	Email: 'Primary Contact Email',
	'Join Date': 'Network Date Accepted',
	Group: 'Publisher Group',
	'Publisher Categories': 'Categories',
};

const headers: Record<Layout, string[]> = {
	overview: overviewHeader,
	myPublishers: myPublishersHeader,
};

/** Letters that all four encodings have, those that mean something in CSV among them. */
const letters = [
	'"',
	'""',
	',',
	';',
	'\t',
	'\r\n',
	'\n',
	'\r',
	' ',
	"'",
	'=',
	'+',
	'@',
	'é',
	'€',
	'’',
	'Ÿ',
	'a',
	'1',
];
const anyText = fc
	.array(fc.constantFrom(...letters), { maxLength: 6 })
	.map((parts) => parts.join(''));

/** Few numbers, so that many rows share one. */
const anySiteId = fc.oneof(
	{ weight: 8, arbitrary: fc.integer({ min: 1, max: 12 }).map(String) },
	{ weight: 1, arbitrary: fc.constantFrom('', ' ', 'n/a', '1.23E+06', '0', '=7', '####') },
);
const fewTexts = fc.oneof(fc.constantFrom('', 'Amber', 'Birch'), anyText);

interface Day {
	iso: string;
	written: Record<'mdy' | 'dmy' | 'iso', string>;
}

const anyDay: fc.Arbitrary<Day> = fc
	.record({
		year: fc.integer({ min: 1996, max: 2026 }),
		month: fc.integer({ min: 1, max: 12 }),
		day: fc.integer({ min: 1, max: 28 }),
	})
	.map(({ year, month, day }) => {
		const iso = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
		return {
			iso,
			written: { mdy: `${month}/${day}/${year}`, dmy: `${day}/${month}/${year}`, iso },
		};
	});

interface AnyRow {
	cells: Cells;
	day: Day | undefined;
}

/** Any row of a layout; its date is in the cells once the format is chosen. */
const anyRowOf = (layout: Layout): fc.Arbitrary<AnyRow> =>
	fc.record({
		cells: fc.record(
			Object.fromEntries([
				...headers[layout].map((name): [string, fc.Arbitrary<string>] => [
					name,
					name === 'Site ID' ? anySiteId : fewTexts,
				]),
				['Notes', anyText],
				['Größe', anyText],
			]),
		),
		day: fc.option(anyDay, { nil: undefined }),
	});

const anyWriting = fc.record({
	delimiter: fc.constantFrom(',', ';', '\t'),
	encoding: fc.constantFrom('utf-8', 'utf-8 with mark', 'utf-16le', 'utf-16be', 'windows-1252'),
	lineEnd: fc.constantFrom('\r\n', '\n'),
	dates: fc.constantFrom('mdy' as const, 'dmy' as const, 'iso' as const),
	/** Order of the columns: sorted by these. */
	order: fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
	lastLineEnd: fc.boolean(),
});

type Writing = typeof anyWriting extends fc.Arbitrary<infer Value> ? Value : never;

/** A table as a file, and its rows as written there. */
function write(layout: Layout, rows: AnyRow[], writing: Writing): { bytes: Buffer; rows: Cells[] } {
	const { delimiter, lineEnd, dates, order } = writing;
	const columns = [...headers[layout], 'Notes', 'Größe']
		.map((name, at) => ({ name, rank: order[at] }))
		.sort((a, b) => a.rank - b.rank)
		.map(({ name }) => name);
	const written = rows.map(({ cells, day }) => ({
		...cells,
		'Join Date': day ? day.written[dates] : cells['Join Date'],
	}));
	// One date that can be read in one way, so that none has to be asked about.
	written.push({
		...Object.fromEntries(columns.map((name) => [name, ''])),
		'Site ID': '999',
		'Join Date': { mdy: '12/31/2020', dmy: '31/12/2020', iso: '2020-12-31' }[dates],
	} as (typeof written)[number]);
	const line = (values: string[]) =>
		values.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter);
	const text = [columns, ...written.map((row) => columns.map((name) => (row as Cells)[name]))]
		.map(line)
		.join(lineEnd);
	return {
		bytes: encode(text + (writing.lastLineEnd ? lineEnd : ''), writing.encoding),
		rows: written,
	};
}

function encode(text: string, encoding: string): Buffer {
	if (encoding === 'utf-16le') return Buffer.from(`\uFEFF${text}`, 'utf16le');
	if (encoding === 'utf-16be') return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
	if (encoding === 'utf-8') return Buffer.from(text);
	if (encoding === 'utf-8 with mark') return Buffer.from(`\uFEFF${text}`);
	const upper: Record<string, string> = { '€': '\x80', '’': '\x92', Ÿ: '\x9f' };
	return Buffer.from(
		text.replace(/[€’Ÿ]/g, (letter) => upper[letter]),
		'latin1',
	);
}

interface Expected {
	rows: Cells[];
	read: number;
	rejected: number;
	repeated: number;
}

/** What the rows must become, worked out from their texts independently. */
function expectedOf(layout: Layout, rows: Cells[], days: ReadonlyMap<Cells, string>): Expected {
	const imported = rows
		.filter((row) => Object.values(row).some((cell) => cell.trim() !== ''))
		.map((row) => {
			const values = headers[layout].map((name) => [importNames[name], row[name].trim()]);
			const plain = Object.fromEntries(values) as Cells;
			const day = days.get(row);
			return day === undefined ? plain : { ...plain, 'Network Date Accepted': day };
		});
	const isUsable = (row: Cells) => /^[1-9]\d*$/.test(row['Network Publisher ID']);
	const contents = new Map<string, Set<string>>();
	for (const row of imported.filter(isUsable)) {
		const id = row['Network Publisher ID'];
		contents.set(id, (contents.get(id) ?? new Set()).add(JSON.stringify(row)));
	}
	const accepted = imported.filter(
		(row) => isUsable(row) && contents.get(row['Network Publisher ID'])!.size === 1,
	);
	const once = [...new Map(accepted.map((row) => [row['Network Publisher ID'], row])).values()];
	return {
		rows: once.map((row) => ({ ...row, Network: 'LinkShare', Brand: 'Acme' })),
		read: imported.length,
		rejected: imported.length - accepted.length,
		repeated: accepted.length - once.length,
	};
}

const isoDates = (given: AnyRow[], rows: Cells[]): Map<Cells, string> => {
	const days = new Map(given.flatMap(({ day }, at) => (day ? [[rows[at], day.iso] as const] : [])));
	return days.set(rows.at(-1)!, '2020-12-31');
};

const anyFile = fc.constantFrom<Layout>('overview', 'myPublishers').chain((layout) =>
	fc.record({
		layout: fc.constant(layout),
		rows: fc.array(anyRowOf(layout), { maxLength: 14 }),
		writing: anyWriting,
	}),
);

/** Windows-1252 whose bytes happen to be UTF-8 is UTF-8 for everyone; the user has to say so. */
const encodingFor = ({ encoding }: Writing) =>
	encoding === 'windows-1252' ? ({ encoding } as const) : {};

describe('any table in either layout, whatever its delimiter, encoding, dates and order', () => {
	it('is kept or rejected row by row, and what is kept reads back equal', async () => {
		await fc.assert(
			fc.asyncProperty(anyFile, async ({ layout, rows, writing }) => {
				const file = write(layout, rows, writing);
				const expected = expectedOf(layout, file.rows, isoDates(rows, file.rows));
				const { ready, account, columns } = await convert([file.bytes], encodingFor(writing));
				expect(account.kept + account.rejected).toBe(account.read);
				expect(account).toMatchObject({
					read: expected.read,
					rejected: expected.rejected,
					repeated: expected.repeated,
					ready: expected.rows.length,
				});
				expect(ready).toEqual(expected.rows.map((row) => ordered(row, columns)));

				const text = [columns, ...ready.map((row) => columns.map((name) => row[name]))]
					.map((row) => csvLine(row))
					.join('');
				expect(parse(text, { columns: true, relax_quotes: true })).toEqual(ready);
				const back = await convert([text], { brand: 'Another' });
				expect([back.columns, back.ready]).toEqual([columns, ready]);
			}),
			{ numRuns: 130 },
		);
	});

	it('has its rejected rows accepted, with all their values, once they are corrected', async () => {
		await fc.assert(
			fc.asyncProperty(anyFile, async ({ layout, rows, writing }) => {
				const file = write(layout, rows, writing);
				const { rejected, account } = await convert([file.bytes], encodingFor(writing));
				const [header, ...lines] = rejected[0];
				const idAt = header.indexOf('Site ID');
				const corrected = lines.map((line, at) => line.with(idAt, String(5000 + at)));
				const again = await convert([rejectedFile([header, ...corrected])]);
				expect(again.account).toMatchObject({ read: account.rejected, rejected: 0, repeated: 0 });
				const days = isoDates(rows, file.rows);
				const asImported = (row: Cells): Cells => ({
					Name: row['Publisher Name'].trim(),
					'Media Property URLs': row.URL.trim(),
					'Network Date Accepted': days.get(row) ?? row['Join Date'].trim(),
				});
				const given = file.rows.map((row) => JSON.stringify(asImported(row)));
				const wanted = ['Name', 'Media Property URLs', 'Network Date Accepted'];
				for (const row of again.ready) {
					const values = Object.fromEntries(wanted.map((name) => [name, row[name]]));
					expect(given).toContain(JSON.stringify(values));
				}
				expect(again.ready.map((row) => row['Network Publisher ID'])).toEqual(
					corrected.map((_, at) => String(5000 + at)),
				);
			}),
			{ numRuns: 100 },
		);
	});

	it('is joined with one in the other layout so that every accepted publisher comes once', async () => {
		const anyPair = fc.record({
			overview: fc.array(anyRowOf('overview'), { maxLength: 12 }),
			myPublishers: fc.array(anyRowOf('myPublishers'), { maxLength: 12 }),
			writings: fc.tuple(anyWriting, anyWriting),
			isReversed: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(anyPair, async ({ overview, myPublishers, writings, isReversed }) => {
				fc.pre(writings.every(({ encoding }) => encoding !== 'windows-1252'));
				const first = write('overview', overview, writings[0]);
				const second = write('myPublishers', myPublishers, writings[1]);
				const files = [first.bytes, second.bytes];
				const { ready, account } = await convert(isReversed ? files.toReversed() : files);
				const one = expectedOf('overview', first.rows, isoDates(overview, first.rows));
				const other = expectedOf('myPublishers', second.rows, isoDates(myPublishers, second.rows));
				const idOf = (row: Cells) => row['Network Publisher ID'];
				const byId = (rows: Cells[]) => new Map(rows.map((row) => [idOf(row), row]));
				const [ones, others] = [byId(one.rows), byId(other.rows)];
				expect(account.read).toBe(one.read + other.read);
				expect(account.rejected).toBe(one.rejected + other.rejected);
				expect(account.repeated).toBe(one.repeated + other.repeated);
				expect(account.joined).toBe([...ones.keys()].filter((id) => others.has(id)).length);
				expect(ready.map(idOf)).toEqual([
					...ones.keys(),
					...[...others.keys()].filter((id) => !ones.has(id)),
				]);
				for (const row of ready) {
					const [leading, joined] = [ones.get(idOf(row)), others.get(idOf(row))];
					for (const [name, value] of Object.entries(row)) {
						expect(value).toBe(leading?.[name] || joined?.[name] || '');
					}
				}
			}),
			{ numRuns: 100 },
		);
	});
});

const ordered = (row: Cells, columns: string[]): Cells =>
	Object.fromEntries(columns.map((name) => [name, row[name]]));

describe('believable exports', () => {
	const damage = {
		noSiteId: 4,
		shortenedSiteId: 3,
		contradicted: 5,
		repeated: 6,
		badEmail: 2,
		badUrl: 2,
		badDate: 2,
		noName: 2,
	};

	it.each<[string, PublisherExportOptions]>([
		['as the dashboard writes them', {}],
		['damaged', { damage }],
		['with semicolons, in UTF-16', { delimiter: ';', encoding: 'utf-16le', dates: 'dmy', damage }],
		['with tabs, in big endian', { delimiter: '\t', encoding: 'utf-16be', dates: 'iso', damage }],
		['in Windows-1252, other columns', { encoding: 'windows-1252', otherColumns: true, damage }],
		['with a byte order mark, few in common', { encoding: 'utf-8-bom', onlyOverview: 0.4, damage }],
	])('become the import that was expected: %s', async (_, options) => {
		const given = { count: 600, seed: 3, ...options };
		const overview = publisherExportFile('overview', given);
		const myPublishers = publisherExportFile('myPublishers', given);
		const expected = expectedImports(given);
		const alone = await convert([overview]);
		expect(alone.account).toMatchObject(expected.overviewAlone);
		const mine = await convert([myPublishers]);
		expect(mine.account).toMatchObject(expected.myPublishersAlone);
		expect(mine.account.withWarnings).toBe(0);
		const { onlyOverview, onlyMyPublishers, ...counts } = expected.both;
		const both = await convert([myPublishers, overview]);
		expect(both.account).toMatchObject(counts);
		expect(both.account.onlyInMain.publishers).toBe(onlyOverview);
		expect(both.account.onlyInOther.publishers).toBe(onlyMyPublishers);
	});
});
