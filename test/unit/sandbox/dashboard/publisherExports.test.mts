import { parse } from 'csv-parse/sync';
import {
	expectedImports,
	publisherExport,
	publisherExportFile,
} from '../../../../sandbox/dashboard/publisherExports.mts';
import type {
	ExportKind,
	PublisherExportOptions,
} from '../../../../sandbox/dashboard/publisherExports.mts';

type Row = Record<string, string>;

const damage = {
	noSiteId: 3,
	shortenedSiteId: 2,
	contradicted: 4,
	repeated: 5,
	badEmail: 2,
	badUrl: 1,
	badDate: 1,
	noName: 1,
};

const rowsOf = (kind: ExportKind, options: PublisherExportOptions = {}): Row[] =>
	parse(publisherExportFile(kind, options), {
		columns: true,
		bom: true,
		delimiter: options.delimiter ?? ',',
	});

describe('publisher exports', () => {
	it('are the same for the same options, and others for another seed', () => {
		expect(publisherExportFile('overview')).toEqual(publisherExportFile('overview'));
		expect(publisherExportFile('overview', { seed: 2 })).not.toEqual(
			publisherExportFile('overview'),
		);
	});

	it('hold the same publishers, each with its own values, but for some in one only', () => {
		const overview = rowsOf('overview', { count: 1000 });
		const mine = new Map(
			rowsOf('myPublishers', { count: 1000 }).map((row) => [row['Site ID'], row]),
		);
		const both = overview.filter((row) => mine.has(row['Site ID']));
		for (const row of both) {
			const other = mine.get(row['Site ID'])!;
			expect(other).toMatchObject({ URL: row.URL, 'Publisher Name': row['Publisher Name'] });
		}
		expect(both.length).toBeGreaterThan(800);
		expect(both.length).toBeLessThan(overview.length);
		expect(both.length).toBeLessThan(mine.size);
	});

	it('have what real ones have: opted-out e-mails, lists of URLs, line breaks, missing groups', () => {
		const overview = rowsOf('overview', { count: 500 });
		const mine = rowsOf('myPublishers', { count: 500 });
		const has = (rows: Row[], column: string, form: RegExp) =>
			rows.filter((row) => form.test(row[column])).length;
		expect(has(overview, 'Email', /^$/)).toBeGreaterThan(50);
		expect(has(overview, 'URL', /\n|, |;/)).toBeGreaterThan(50);
		expect(has(overview, 'URL', /^site-\d+\.example$/)).toBeGreaterThan(20);
		expect(has(mine, 'Group', /^$/)).toBeGreaterThan(50);
		expect(has(mine, 'Group', /\n/)).toBeGreaterThan(20);
		expect(has(mine, 'Publisher Name', /[^\x20-\x7e]/)).toBeGreaterThan(50);
	});

	it.each(['overview', 'myPublishers'] as const)(
		'are the same table in every encoding and with every delimiter: %s',
		(kind) => {
			const plain = rowsOf(kind);
			for (const delimiter of [',', ';', '\t'] as const) {
				expect(rowsOf(kind, { delimiter })).toEqual(plain);
			}
			const text = publisherExportFile(kind).toString('utf8');
			const decoded = (encoding: PublisherExportOptions['encoding'], label: string) =>
				new TextDecoder(label).decode(publisherExportFile(kind, { encoding }));
			expect(decoded('utf-8-bom', 'utf-8')).toBe(text);
			expect(decoded('utf-16le', 'utf-16le')).toBe(text);
			expect(decoded('utf-16be', 'utf-16be')).toBe(text);
			expect(decoded('windows-1252', 'windows-1252')).toBe(text);
		},
	);

	it('expects counts that agree with the files', () => {
		const options = { count: 400, damage };
		const overview = rowsOf('overview', options);
		const mine = rowsOf('myPublishers', options);
		const expected = expectedImports(options);
		expect(expected.overviewAlone.read).toBe(overview.length);
		expect(expected.myPublishersAlone.read).toBe(mine.length);
		const names = new Map<string, Set<string>>();
		for (const row of overview.filter((each) => /^\d+$/.test(each['Site ID']))) {
			const met = names.get(row['Site ID']) ?? new Set();
			names.set(row['Site ID'], met.add(row['Publisher Name']));
		}
		const accepted = new Set([...names].filter(([, met]) => met.size === 1).map(([id]) => id));
		const mineIds = new Set(mine.map((row) => row['Site ID']));
		expect(expected.overviewAlone).toMatchObject({
			ready: accepted.size,
			repeated: 5,
			rejected: 13,
		});
		expect(expected.both.joined).toBe([...accepted].filter((id) => mineIds.has(id)).length);
		expect(expected.both.ready).toBe(new Set([...accepted, ...mineIds]).size);
		expect(expected.both.onlyOverview).toBe([...accepted].filter((id) => !mineIds.has(id)).length);
		expect(expected.both.onlyMyPublishers).toBe([...mineIds].filter((id) => !names.has(id)).length);
	});

	it('can leave open which number of a date is the month', () => {
		const parts = rowsOf('overview', { ambiguousDates: true }).map((row) =>
			row['Join Date'].split('/').map(Number),
		);
		expect(parts.every(([first, second]) => first <= 12 && second <= 12)).toBe(true);
		expect(parts.some(([first, second]) => first !== second)).toBe(true);
	});

	it('come in pieces that do not grow with the number of publishers', () => {
		for (const piece of publisherExport('myPublishers', { count: 20_000 })) {
			expect(piece.length).toBeLessThan(100_000);
		}
	});
});
