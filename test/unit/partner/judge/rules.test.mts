import { findingKinds, rejectedByDefault } from '../../../../rakuten/partner/read/findings';
import type { FindingKind } from '../../../../rakuten/partner/read/findings';
import { convert, reasons, warnings } from '../converting.mts';
import { csvText, myPublishersOf, overviewHeader, overviewOf } from '../exportLines.mts';
import { thrownLater } from '../thrownLater.mts';

const importColumns = (text: string) => text.split(', ');

describe('the columns of the import', () => {
	it.each([
		[
			'a Publisher Overview',
			overviewOf({ id: '1' }),
			'Network Publisher ID, Name, Media Property URLs, Primary Contact Email, Network Date Accepted, Network, Brand',
		],
		[
			'My Publishers',
			myPublishersOf({ id: '1' }),
			'Network Publisher ID, Name, Media Property URLs, Network Date Accepted, Publisher Group, Categories, Network, Brand',
		],
		[
			'mr-publisher-report',
			csvText(
				['Publisher ID', 'Publisher Name', 'Publisher URL', 'Publisher Group Name', '# of Clicks'],
				['1', 'N', 'u.example', 'VIP', '7'],
			),
			'Network Publisher ID, Name, Media Property URLs, Publisher Group, Network, Brand',
		],
	])('are those of Mediarails that %s can fill', async (_, file, columns) => {
		expect((await convert([file])).columns).toEqual(importColumns(columns));
	});

	it('hold what the export holds, with network and brand', async () => {
		const { ready } = await convert([
			overviewOf({
				id: ' 3771737 ',
				name: ' Amber ',
				url: 'a.example\nb.example',
				email: 'j@a.example',
			}),
		]);
		expect(ready).toEqual([
			{
				'Network Publisher ID': '3771737',
				Name: 'Amber',
				'Media Property URLs': 'a.example\nb.example',
				'Primary Contact Email': 'j@a.example',
				'Network Date Accepted': '2019-02-22',
				Network: 'LinkShare',
				Brand: 'Acme',
			},
		]);
	});

	it('can be renamed and added to without losing the others', async () => {
		const file = csvText(
			[...overviewHeader, 'Business Model', 'Country'],
			['1', 'N', 'u.example', '', '2/22/2019', 'Content', 'France'],
			['2', 'M', 'v.example', '', '2/22/2019', '', ''],
		);
		const { columns, ready } = await convert([file], {
			renamed: new Map([
				['siteId', 'Partner ID'],
				['brand', 'Program'],
			]),
			fixedColumns: [
				{ name: 'Country', value: 'United States' },
				{ name: 'Currency', value: 'USD' },
			],
			fileColumns: [
				{ header: 'business model', name: '' },
				{ header: 'Country', name: 'Country' },
			],
		});
		expect(columns).toEqual([
			'Partner ID',
			'Name',
			'Media Property URLs',
			'Primary Contact Email',
			'Network Date Accepted',
			'Network',
			'Program',
			'business model',
			'Country',
			'Currency',
		]);
		expect(
			ready.map((row) => [row.Program, row['business model'], row.Country, row.Currency]),
		).toEqual([
			['Acme', 'Content', 'France', 'USD'],
			['Acme', '', 'United States', 'USD'],
		]);
	});

	it('can be filled from another column of the file', async () => {
		const file = csvText(
			[...overviewHeader, 'Second Email'],
			['1', 'N', 'u.example', '', '2/22/2019', 'second@u.example'],
			['2', 'M', 'v.example', 'first@v.example', '2/22/2019', 'second@v.example'],
		);
		const { columns, ready } = await convert([file], {
			fileColumns: [{ header: 'Second Email', name: 'Primary Contact Email' }],
		});
		expect(columns).toHaveLength(7);
		expect(ready.map((row) => row['Primary Contact Email'])).toEqual([
			'second@u.example',
			'first@v.example',
		]);
	});

	it('can have a network of the user that a fixed column gives', async () => {
		const { columns, ready } = await convert([overviewOf({ id: '1' })], {
			fixedColumns: [{ name: 'network', value: 'Rakuten' }],
		});
		expect(columns.filter((name) => /network$/i.test(name))).toEqual(['Network']);
		expect(ready[0].Network).toBe('Rakuten');
	});

	it('stop if one is asked for that the file does not have', async () => {
		const problem = await thrownLater(
			convert([overviewOf({ id: '1' })], { fileColumns: [{ header: 'Publisher Nam', name: '' }] }),
		);
		expect(problem.problemName).toBe('unknownFileColumn');
		expect(problem.description).toMatch(/nearest is "Publisher Name"/);
	});

	it('need a brand', async () => {
		const problem = await thrownLater(convert([overviewOf({ id: '1' })], { brand: '' }));
		expect(problem.problemName).toBe('noBrand');
	});
});

describe('dates of the import', () => {
	it.each([
		['iso', '2019-02-03'],
		['mdy', '02/03/2019'],
		['dmy', '03/02/2019'],
		['asIs', '2/3/19'],
	] as const)('are written as %s: %s', async (outputDates, written) => {
		const file = overviewOf({ id: '1', joined: '2/3/19' }, { id: '2', joined: '12/31/19' });
		const { ready } = await convert([file], { outputDates });
		expect(ready[0]['Network Date Accepted']).toBe(written);
	});

	it('are not asked about if they are written as they are', async () => {
		const file = overviewOf({ id: '1', joined: '2/3/19' });
		const problem = await thrownLater(convert([file]));
		expect(problem.problemName).toBe('ambiguousDates');
		const { ready } = await convert([file], { outputDates: 'asIs', needsDateFormat: false });
		expect(ready[0]['Network Date Accepted']).toBe('2/3/19');
	});

	it('are read as the user says', async () => {
		const file = overviewOf({ id: '1', joined: '2/3/19' });
		const dateWith = async (joinDates: 'mdy' | 'dmy' | 'iso') =>
			(await convert([file], { joinDates })).ready[0]['Network Date Accepted'];
		expect(await dateWith('mdy')).toBe('2019-02-03');
		expect(await dateWith('dmy')).toBe('2019-03-02');
		expect(await dateWith('iso')).toBe('2/3/19');
	});
});

describe('what is normal', () => {
	it('is not a finding: no e-mail, bare domains, several URLs, no group, no join date', async () => {
		const overview = await convert([
			overviewOf(
				{ id: '1', url: 'amber.example', email: '' },
				{ id: '2', url: 'https://a.example, b.example;c.example\nd.example' },
				{ id: '3', joined: '' },
			),
		]);
		const mine = await convert([myPublishersOf({ id: '1', group: '', categories: '' })]);
		for (const { account } of [overview, mine]) {
			expect([account.rejected, account.withWarnings]).toEqual([0, 0]);
		}
	});

	it('is not a row: a line without any value, wherever it is', async () => {
		const file = `${overviewOf({ id: '1' })}\r\n,,,,\r\n   \r\n"",""\r\n${csvText(['2', 'M', 'm.example', '', '2/22/2019'])}`;
		const { account, ready } = await convert([file]);
		expect([ready.length, account.read, account.blankLines]).toEqual([2, 2, 4]);
		const joinedFile = await convert([file, myPublishersOf({ id: '1' })]);
		expect(joinedFile.account.blankLines).toBe(4);
	});
});

/** A finding of each kind: the row in line 3 (of the given file) has it, the others do not. */
const cases: Array<{ kind: FindingKind; row: string[]; text: RegExp; written?: boolean }> = [
	{ kind: 'noSiteId', row: ['', 'N', 'u.example', '', '2/22/2019'], text: /^No Site ID$/ },
	{
		kind: 'noSiteId',
		row: ['1.23E+06', 'N', 'u.example', '', '2/22/2019'],
		text: /shortened by a spreadsheet/,
	},
	{
		kind: 'siteIdRewritten',
		row: ['3,771,737', 'N', 'u.example', '', '2/22/2019'],
		text: /^Site ID is written "3,771,737"; 3771737 is used$/,
	},
	{ kind: 'noName', row: ['7', '', 'u.example', '', '2/22/2019'], text: /^No name$/ },
	{ kind: 'noUrl', row: ['7', 'N', ' ', '', '2/22/2019'], text: /^No URL$/ },
	{
		kind: 'badUrl',
		row: ['7', 'N', 'u.example n/a', '', '2/22/2019'],
		text: /^Not a valid URL: "n\/a"$/,
	},
	{
		kind: 'badEmail',
		row: ['7', 'N', 'u.example', 'n/a', '2/22/2019'],
		text: /^E-mail "n\/a" is not an e-mail address$/,
	},
	{
		kind: 'tooLong',
		row: ['7', 'N'.repeat(256), 'u.example', '', '2/22/2019'],
		text: /^Name has 256 characters$/,
	},
	{
		kind: 'unreadableDate',
		row: ['7', 'N', 'u.example', '', 'soon'],
		text: /^Join date "soon" can't be read$/,
	},
	{
		kind: 'unreadableDate',
		row: ['7', 'N', 'u.example', '', '43882'],
		text: /can't be read: it is a spreadsheet's serial number$/,
	},
	{
		kind: 'unreadableDate',
		row: ['7', 'N', 'u.example', '', '#######'],
		text: /can't be read: a spreadsheet has hidden it$/,
	},
	{
		kind: 'unlikelyDate',
		row: ['7', 'N', 'u.example', '', '12/31/1995'],
		text: /^Join date 1995-12-31 is before 1996$/,
	},
	{
		kind: 'unlikelyDate',
		row: ['7', 'N', 'u.example', '', '11/23/2026'],
		text: /^Join date 2026-11-23 is in the future$/,
	},
	{
		kind: 'lostCharacters',
		row: ['7', 'Caf\uFFFD', 'u.example', '', '2/22/2019'],
		text: /^Name has unreadable characters: "Caf\uFFFD"$/,
	},
	{
		kind: 'lostCharacters',
		row: ['7', 'Caf\u0000', 'u.example', '', '2/22/2019'],
		text: /^Name has unreadable characters/,
	},
	{
		kind: 'cellCount',
		row: ['7', 'N', 'u.example', '', '2/22/2019', 'more'],
		text: /^The row has 6 values, the header 5 columns$/,
	},
	{
		kind: 'shiftedCells',
		row: ['7', 'N', 'Ltd', 'u.example', '', '2/22/2019'],
		text: /^Values seem to be in the wrong columns: there are more of them than columns/,
	},
	{
		kind: 'shiftedCells',
		row: ['7', 'N', 'Inc.', 'u.example', 'joe@u.example', '2/22/2019'],
		text: /^Values seem to be in the wrong columns/,
	},
	{
		kind: 'hiddenCharacters',
		row: ['7', 'N', 'u.example', '\u200bjoe@u.example', '2/22/2019'],
		text: /^Primary Contact Email had invisible characters around it; they are removed$/,
	},
	{
		kind: 'hiddenCharacters',
		row: ['7', 'N\u200e ', 'u.example', '', '2/22/2019'],
		text: /^Name had invisible characters/,
	},
	{
		kind: 'hiddenCharacters',
		row: ['7', 'N', '\u2060u.example', '', '2/22/2019'],
		text: /^Media Property URLs had invisible characters/,
	},
	...['NULL', '(null)', '#N/A', '#REF!', 'N/A', 'undefined'].map((name) => ({
		kind: 'placeholder' as const,
		row: ['7', name, 'u.example', '', '2/22/2019'],
		text: /^Name is ".+", which stands for no value$/,
	})),
	...['Tom &amp; Jerry', 'Jerry&#39;s', 'Caf&eacute;', 'Caf&#xE9;'].map((name) => ({
		kind: 'htmlEntities' as const,
		row: ['7', name, 'u.example', '', '2/22/2019'],
		text: /^Name has HTML entities: ".+"$/,
	})),
	{
		kind: 'dottedDate',
		row: ['7', 'N', 'u.example', '', '05.01.2024'],
		text: /^Join date "05\.01\.2024" is read with the month first, as 2024-05-01, like the other dates/,
	},
	{
		kind: 'cellCount',
		row: ['7', 'N', 'u.example'],
		text: /^The row has 3 values, the header 5 columns$/,
	},
	{
		kind: 'repeatedRow',
		row: ['1', 'Amber Reviews', 'amber.example', '', '02/22/2019'],
		text: /^Repeats line 2; it is written once$/,
		written: false,
	},
];

describe('a finding', () => {
	const fileWith = (row: string[]) => overviewOf({ id: '1' }) + csvText(row);

	it.each(cases.map((each) => [each.kind, each] as const))(
		'%s is what it is by default, and the other if the user says so',
		async (kind, { row, text, written = true }) => {
			const file = fileWith(row);
			const asWarning = await convert([file], { rejects: new Set() });
			expect(asWarning.account.rejected).toBe(0);
			const found = asWarning.account.listed.filter(({ line }) => line === 3);
			expect(found).toHaveLength(1);
			expect(found[0].Warnings.filter((each) => text.test(each))).toHaveLength(1);
			expect(asWarning.ready).toHaveLength(written ? 2 : 1);
			expect(asWarning.account.warningsByKind.map((each) => each.kind)).toContain(kind);

			const asRejection = await convert([file], { rejects: new Set([kind]) });
			expect(asRejection.account.rejected).toBe(1);
			expect(asRejection.ready).toHaveLength(1);
			expect(reasons(asRejection)[3]).toMatch(text);
			expect(asRejection.rejected[0][1].slice(3)).toEqual(row);
			expect(asRejection.account.rejectedByReason).toEqual([
				expect.objectContaining({ kind, rows: 1 }),
			]);

			const byDefault = await convert([file]);
			const isRejected = rejectedByDefault.includes(kind);
			expect(byDefault.account.rejected).toBe(isRejected ? 1 : 0);
		},
	);

	it('of each kind is tried here or below', () => {
		const tried = new Set<FindingKind>(cases.map(({ kind }) => kind));
		const below = ['sameSiteId', 'exportsDiffer', 'noBrand', 'strayQuote'] as const;
		for (const kind of below) tried.add(kind);
		expect([...tried].sort()).toEqual(findingKinds.map(({ value }) => value).sort());
	});

	it('rejects by default only if nobody can say whose values they are', () => {
		expect([...rejectedByDefault].sort()).toEqual(['noSiteId', 'sameSiteId', 'shiftedCells']);
	});

	it.each([
		['7,"Acme "Best" Deals",u.example,,2/22/2019', 'Acme Best" Deals"'],
		['7,"Acme \\"Best\\" Deals",u.example,,2/22/2019', 'Acme \\Best\\" Deals"'],
	])('says that a quotation mark is not doubled: %s', async (row, name) => {
		const { account, ready } = await convert([`${overviewOf({ id: '1' })}${row}\r\n`]);
		expect(account.warningsByKind).toEqual([
			{ kind: 'strayQuote', name: 'Quotation Mark Not Doubled', rows: 1 },
		]);
		expect(ready[1].Name).toBe(name);
	});

	it.each(['Best &amp Co', 'R&D; sales', 'Null Set', 'Nones', 'A#N/A', 'AT&T'])(
		'is not made of a name that only resembles one: %s',
		async (name) => {
			const file = fileWith(['7', name, 'u.example', '', '2/22/2019']);
			const { account } = await convert([file]);
			expect(account.warningsByKind).toEqual([]);
		},
	);

	it('is not made of what is usual around dates, cells and names', async () => {
		const rows = [
			['7', 'N', 'u.example', '', '22.02.2019'],
			['8', 'N', 'u.example', '', '13.02.2019'],
		].map((row) => csvText(row));
		const { account } = await convert([
			`${overviewOf({ id: '1', joined: '22.02.2019' })}${rows.join('')}`,
		]);
		expect(account.warningsByKind).toEqual([]);
	});

	it('is not made of a comma at the end of each line, or of the header alone', async () => {
		const [header, row] = overviewOf({ id: '1' }).trimEnd().split('\r\n');
		for (const file of [
			`${header},\r\n${row}\r\n`,
			`${header},\r\n${row},\r\n`,
			`${header}\r\n${row},,\r\n`,
			`${header},,,\r\n${row},,\r\n`,
		]) {
			const { account, ready } = await convert([file]);
			expect([account.withWarnings, ready.length]).toEqual([0, 1]);
		}
		const { account } = await convert([`${header},\r\n${row},more,\r\n`]);
		expect(account.warningsByKind.map(({ kind }) => kind)).toEqual(['cellCount']);
	});

	it('is not made of rows whose e-mails differ in case only: they are equal', async () => {
		const { account, ready } = await convert([
			overviewOf({ id: '1', email: 'Joe@A.example' }, { id: '1', email: 'joe@a.example' }),
		]);
		expect([account.rejected, account.repeated, ready.length]).toEqual([0, 1, 1]);
		expect(ready[0]['Primary Contact Email']).toBe('Joe@A.example');
	});

	it('is made once of rows whose Site IDs differ in their spelling only: they are equal', async () => {
		const { account, ready } = await convert([
			overviewOf(
				{ id: '3771737' },
				{ id: '03771737' },
				{ id: '="3771737"' },
				{ id: '\u200b3771737' },
			),
		]);
		expect([account.rejected, account.repeated, ready.length]).toEqual([0, 3, 1]);
		expect(account.warningsByKind.map(({ kind, rows }) => [kind, rows])).toEqual([
			['repeatedRow', 3],
			['siteIdRewritten', 3],
		]);
	});

	it('is listed with others of the same row', async () => {
		const converted = await convert([
			overviewOf({ id: '1', name: '', url: '', email: 'x', joined: 'y' }),
		]);
		expect(warnings(converted)[2]).toEqual([
			'No name',
			'No URL',
			'E-mail "x" is not an e-mail address',
			'Join date "y" can\'t be read',
		]);
		expect(converted.account.withWarnings).toBe(1);
		const rejected = await convert([overviewOf({ id: '', name: '' })], {
			rejects: new Set<FindingKind>(['noSiteId', 'noName']),
		});
		expect(reasons(rejected)[2]).toBe('No Site ID; No name');
		expect(rejected.account.rejected).toBe(1);
	});

	it('is listed for a limited number of rows, and counted for all', async () => {
		const rows = Array.from({ length: 20 }, (_, at) => ({ id: String(at + 1), name: '' }));
		const { account } = await convert([overviewOf(...rows)], { listedRows: 3 });
		expect(account.listed.map(({ line }) => line)).toEqual([2, 3, 4]);
		expect(account.withWarnings).toBe(20);
		expect(account.warningsByKind).toEqual([{ kind: 'noName', name: 'No Name', rows: 20 }]);
	});

	it('of one kind counts once for a row, however often the row has it', async () => {
		const long = 'x'.repeat(300);
		const { account } = await convert([
			overviewOf({ id: '1', name: long, email: `${long}@u.example` }),
		]);
		expect(account.listed[0].Warnings).toHaveLength(3);
		expect(account.warningsByKind.find(({ kind }) => kind === 'tooLong')!.rows).toBe(1);
	});

	it('names the line where its row begins, past line breaks within values', async () => {
		const converted = await convert([
			overviewOf({ id: '1', url: 'a.example\r\nb.example\nc.example' }, { id: '2', name: '' }),
		]);
		expect(warnings(converted)).toEqual({ 5: ['No name'] });
	});
});

describe('the same Site ID twice', () => {
	it('with different content rejects all its rows: a person has to choose', async () => {
		const converted = await convert([
			overviewOf(
				{ id: '1', name: 'One' },
				{ id: '2' },
				{ id: '1', name: 'Another' },
				{ id: '3' },
				{ id: '1', name: 'One' },
			),
		]);
		expect(converted.ready.map((row) => row['Network Publisher ID'])).toEqual(['2', '3']);
		expect(reasons(converted)).toEqual({
			2: 'Site ID 1 is also in a row below, with other values',
			4: 'Site ID 1 is also in line 2, with other values',
			6: 'Site ID 1 is also in line 2, with other values',
		});
	});

	it('with the same content is written once, and still counts as kept', async () => {
		const converted = await convert([
			overviewOf({ id: '1' }, { id: '1' }, { id: '2' }, { id: '1', joined: '02/22/2019' }),
		]);
		expect(converted.ready).toHaveLength(2);
		expect(converted.account).toMatchObject({ ready: 2, repeated: 2, rejected: 0 });
		expect(warnings(converted)).toEqual({
			3: ['Repeats line 2; it is written once'],
			5: ['Repeats line 2; it is written once'],
		});
	});

	it('differs by what is written only, not by columns that are not', async () => {
		const file = csvText(
			[...overviewHeader, 'Clicks'],
			['1', 'N', 'u.example', '', '2/22/2019', '5'],
			['01', 'N', 'u.example', '', '2/22/2019', '6'],
		);
		expect((await convert([file])).account).toMatchObject({ ready: 1, repeated: 1 });
		const passedOn = await convert([file], { fileColumns: [{ header: 'Clicks', name: '' }] });
		expect(passedOn.account).toMatchObject({ ready: 0, rejected: 2 });
	});

	it('is met in several files of one kind, as if they were one', async () => {
		const converted = await convert([
			{ name: '"us.csv"', content: overviewOf({ id: '1' }, { id: '2', name: 'A' }) },
			{ name: '"uk.csv"', content: overviewOf({ id: '1' }, { id: '2', name: 'B' }, { id: '3' }) },
		]);
		expect(converted.account).toMatchObject({ read: 5, ready: 2, repeated: 1, rejected: 2 });
		expect(reasons(converted, 1)).toEqual({
			3: 'Site ID 2 is also in line 3 of "us.csv", with other values',
		});
		expect(converted.account.listed[0]).toMatchObject({
			file: '"uk.csv"',
			Warnings: ['Repeats line 2 of "us.csv"; it is written once'],
		});
	});

	it('is written as often as it comes if the user wants no rejection', async () => {
		const { ready, account } = await convert(
			[overviewOf({ id: '1', name: 'A' }, { id: '1', name: 'B' })],
			{
				rejects: new Set(),
			},
		);
		expect(ready.map(({ Name }) => Name)).toEqual(['A', 'B']);
		expect(account.warningsByKind).toMatchObject([{ kind: 'sameSiteId', rows: 2 }]);
	});

	it('is never lost if the first of two equal rows is rejected for itself', async () => {
		const file = `${overviewOf()}${csvText(
			['1', 'N', 'u.example', '', '2/22/2019', 'surplus'],
			['1', 'N', 'u.example', '', '2/22/2019'],
		)}`;
		const { ready, account } = await convert([file], {
			rejects: new Set<FindingKind>(['cellCount', 'sameSiteId']),
		});
		expect([ready.length, account.rejected]).toEqual([0, 2]);
	});
});

describe('cells like formulas', () => {
	const file = overviewOf({ id: '1', name: '=1+1' }, { id: '', name: '@deals' });

	it('are left as they are in the import and made harmless in the rejected rows', async () => {
		const { ready, rejected } = await convert([file]);
		expect(ready[0].Name).toBe('=1+1');
		expect(rejected[0][1]).toContain("'@deals");
	});

	it('are the other way round if the user says so', async () => {
		const { ready, rejected } = await convert([file], {
			harmlessReady: true,
			harmlessRejected: false,
		});
		expect(ready[0].Name).toBe("'=1+1");
		expect(rejected[0][1]).toContain('@deals');
	});
});
