import { parse } from 'csv-parse/sync';
import type { FindingKind } from '../../../../rakuten/partner/read/findings';
import { csvLine } from '../../../../rakuten/csv/csvLine';
import { convert, rejectedFile, reasons, warnings } from '../converting.mts';
import { csvText, overviewHeader, overviewOf } from '../exportLines.mts';

describe('a file of rejected rows', () => {
	const damaged = csvText(
		[...overviewHeader, 'Status'],
		['1', 'Fine', 'u.example', '', '12/31/2020', 'ok'],
		['', '=Deals', 'two.example\nthree.example', 'j@u.example', '3/4/2020', 'x'],
		['4E+06', "'quoted", ' blanks ', '', '5/6/2020', ''],
	);

	it('keeps all values, with reason, line number and how dates are written', async () => {
		const { rejected } = await convert([damaged]);
		expect(rejected[0]).toEqual([
			['Failure Reason', 'Line Number', 'Join Date Format', ...overviewHeader, 'Status'],
			[
				'No Site ID',
				'3',
				'M/D/Y',
				'',
				"'=Deals",
				'two.example\nthree.example',
				'j@u.example',
				'3/4/2020',
				'x',
			],
			[
				'Site ID "4E+06" was shortened by a spreadsheet; its digits are lost',
				'5',
				'M/D/Y',
				'4E+06',
				"'quoted",
				' blanks ',
				'',
				'5/6/2020',
				'',
			],
		]);
	});

	it('goes in again as it is: what was corrected is accepted, as it was', async () => {
		const { rejected } = await convert([damaged]);
		const corrected = rejected[0].map((row) =>
			row[1] === '3' ? row.with(3, '7') : row[1] === '5' ? row.with(3, '8') : row,
		);
		const again = await convert([rejectedFile(corrected)]);
		expect(again.account).toMatchObject({ read: 2, rejected: 0 });
		expect(again.columns).toHaveLength(7);
		expect(again.ready.map((row) => [row.Name, row['Network Date Accepted']])).toEqual([
			['=Deals', '2020-03-04'],
			["'quoted", '2020-05-06'],
		]);
	});

	it('that was not corrected comes out again the same, with its lines in the new file', async () => {
		const { rejected } = await convert([damaged]);
		const again = await convert([rejectedFile(rejected[0])]);
		expect(again.rejected[0].map((row) => row.with(1, ''))).toEqual(
			rejected[0].map((row) => row.with(1, '')),
		);
		expect(reasons(again)).toMatchObject({ 2: 'No Site ID' });
	});

	it('may be saved by a spreadsheet in between: other order, semicolons, another encoding', async () => {
		const { rejected } = await convert([damaged]);
		const [header, ...rows] = rejected[0].map((row) => row.toReversed());
		const text = [header, ...rows.map((row) => row.with(5, '7'))]
			.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';'))
			.join('\n');
		const again = await convert([Buffer.from(text, 'utf16le')], {
			rejects: new Set<FindingKind>(['noSiteId']),
		});
		expect(again.account).toMatchObject({ read: 2, rejected: 0 });
		expect(again.ready.map(({ Name }) => Name)).toEqual(['=Deals', "'quoted"]);
	});

	it('is read with its formulas as they are, if they were left so', async () => {
		const leave = { harmlessRejected: false };
		const file = overviewOf({ id: '1', joined: '12/31/2020' }, { id: '', name: "'=x" });
		const { rejected } = await convert([file], leave);
		const corrected = rejected[0].map((row, at) => (at === 0 ? row : row.with(3, '9')));
		const again = await convert([rejectedFile(corrected)], leave);
		expect(again.ready[0].Name).toBe("'=x");
	});

	it('keeps what a row has beyond the columns', async () => {
		const file = csvText(overviewHeader, ['', 'N', 'Ltd', 'u.example', '', '12/31/2020', 'more']);
		const { rejected } = await convert([file]);
		const [, row] = rejected[0];
		expect(row.slice(2)).toEqual(['', 'N', 'Ltd', 'u.example', '', '12/31/2020', 'more']);
		const again = await convert([rejectedFile(rejected[0])]);
		expect(again.rejected[0][1].slice(2)).toEqual(row.slice(2));
	});

	it('needs no date format if dates can be read in one way only', async () => {
		const { rejected } = await convert([overviewOf({ joined: '2020-12-31' })]);
		expect(rejected[0][0]).toEqual(['Failure Reason', 'Line Number', ...overviewHeader]);
	});
});

describe("a file with Mediarails' own columns", () => {
	const back = csvText(
		[
			'Failure Reason',
			'Network Publisher ID',
			'Name',
			'Tags',
			'Brand',
			'Network',
			'Country',
			'Tags',
		],
		['Name is taken', '1', 'One', 'a', 'Acme US', 'LinkShare', 'US', 'b'],
		['URL missing', '2', 'Two', '', '', '', '', ''],
		['x', '', 'Three', '', '', '', '', 'c'],
	);

	it('is read again, and its other columns are carried through', async () => {
		const { columns, readyRows, ready } = await convert([back]);
		expect(columns).toEqual([
			'Network Publisher ID',
			'Name',
			'Network',
			'Brand',
			'Failure Reason',
			'Tags',
			'Country',
			'Tags',
		]);
		expect(readyRows).toEqual([
			['1', 'One', 'LinkShare', 'Acme US', 'Name is taken', 'a', 'US', 'b'],
			['2', 'Two', 'LinkShare', 'Acme', 'URL missing', '', '', ''],
		]);
		expect(ready).toHaveLength(2);
	});

	it('keeps its own network, brand and columns; fixed values fill what is empty', async () => {
		const { columns, ready } = await convert([back], {
			brand: 'Acme EU',
			fixedColumns: [{ name: 'country', value: 'France' }],
		});
		expect(columns.filter((name) => /country/i.test(name))).toEqual(['Country']);
		expect(ready.map((row) => [row.Brand, row.Country])).toEqual([
			['Acme US', 'US'],
			['Acme EU', 'France'],
		]);
	});

	it('needs no brand from the user, with a warning if a row has none either', async () => {
		const converted = await convert([back], { brand: '' });
		expect(converted.ready.map(({ Brand }) => Brand)).toEqual(['Acme US', '']);
		expect(warnings(converted)[3]).toEqual(['No brand', 'No URL']);
		const rejecting = await convert([back], {
			brand: '',
			rejects: new Set<FindingKind>(['noSiteId', 'noBrand']),
		});
		expect(reasons(rejecting)).toEqual({ 3: 'No brand', 4: 'No Site ID; No brand' });
	});

	it('goes in a third time after rows of it were rejected', async () => {
		const { rejected } = await convert([back]);
		expect(rejected[0][0]).toEqual([
			'Failure Reason',
			'Line Number',
			'Failure Reason',
			'Network Publisher ID',
			'Name',
			'Tags',
			'Brand',
			'Network',
			'Country',
			'Tags',
		]);
		const again = await convert([
			rejectedFile(rejected[0].map((row, at) => (at ? row.with(3, '3') : row))),
		]);
		expect(again.ready).toMatchObject([
			{ 'Network Publisher ID': '3', 'Failure Reason': 'x', Tags: 'c' },
		]);
	});

	it('is what an import was: converting an import gives the same import', async () => {
		const first = await convert([
			overviewOf(
				{ id: '1', name: 'A "quoted", name', url: 'a.example\nb.example', email: 'j@a.example' },
				{ id: '2', name: '=x', joined: '3/4/2020' },
			),
		]);
		const file = [first.columns, ...first.ready.map((row) => Object.values(row))]
			.map((row) => csvLine(row))
			.join('');
		expect(parse(file, { columns: true })).toEqual(first.ready);
		const second = await convert([file], { brand: 'Other' });
		expect(second.columns).toEqual(first.columns);
		expect(second.ready).toEqual(first.ready);
	});
});
