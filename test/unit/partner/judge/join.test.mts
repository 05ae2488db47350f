import type { FindingKind } from '../../../../rakuten/partner/read/findings';
import { RecordSource } from '../../../../rakuten/partner/read/RecordSource';
import { recordSources } from '../../../../rakuten/partner/read/recordSources';
import { convert, convertSources, reading, reasons, warnings } from '../converting.mts';
import { csvText, myPublishersOf, overviewOf } from '../exportLines.mts';
import { thrownLater } from '../thrownLater.mts';
import { thrownBy } from '../../thrownBy.mts';

const ids = (rows: Array<Record<string, string>>) => rows.map((row) => row['Network Publisher ID']);

describe('both exports', () => {
	const overview = overviewOf({ id: '1', email: 'one@a.example' }, { id: '2' }, { id: '3' });
	const mine = myPublishersOf({ id: '4' }, { id: '2', group: 'Top' }, { id: '1', group: '' });

	it.each([
		['in this order', [overview, mine]],
		['in the other order', [mine, overview]],
	])('become one import with e-mails and groups, %s', async (_, files) => {
		const { columns, ready, account } = await convert(files);
		expect(columns).toEqual([
			'Network Publisher ID',
			'Name',
			'Media Property URLs',
			'Primary Contact Email',
			'Network Date Accepted',
			'Publisher Group',
			'Categories',
			'Network',
			'Brand',
		]);
		expect(
			ready.map((row) => [
				row['Network Publisher ID'],
				row['Primary Contact Email'],
				row['Publisher Group'],
				row.Categories,
			]),
		).toEqual([
			['1', 'one@a.example', '', 'Travel'],
			['2', '', 'Top', 'Travel'],
			['3', '', '', ''],
			['4', '', 'VIP', 'Travel'],
		]);
		expect(account).toMatchObject({ read: 6, kept: 6, ready: 4, joined: 2, rejected: 0 });
		expect(account.withWarnings).toBe(0);
	});

	it('show who is in one and not in the other', async () => {
		const { account, joinedNames } = await convert([overview, mine]);
		expect(joinedNames).toEqual({ main: 'Publisher Overview', other: 'My Publishers' });
		expect(account.onlyInMain).toEqual({
			publishers: 1,
			list: [{ siteId: '3', name: 'Amber Reviews' }],
		});
		expect(account.onlyInOther).toEqual({
			publishers: 1,
			list: [{ siteId: '4', name: 'Amber Reviews' }],
		});
	});

	it('fill each other: what one leaves empty comes from the other', async () => {
		const converted = await convert([
			overviewOf({ id: '1', name: '', url: '', joined: '' }),
			myPublishersOf({ id: '1', name: 'N', url: 'u.example', joined: '12/31/2020' }),
		]);
		expect(converted.ready).toMatchObject([
			{ Name: 'N', 'Media Property URLs': 'u.example', 'Network Date Accepted': '2020-12-31' },
		]);
		expect(warnings(converted)).toEqual({});
	});

	it('are joined by the number, whatever its spelling, and whatever the date formats', async () => {
		const converted = await convert([
			overviewOf({ id: '3771737', joined: '02/22/2019' }),
			myPublishersOf({ id: '3,771,737', joined: '22/02/2019' })
				.replaceAll(',', ';')
				.replace('3;771;737', '3,771,737'),
		]);
		expect(ids(converted.ready)).toEqual(['3771737']);
		expect(Object.values(warnings(converted)).flat()).toEqual([
			'Site ID is written "3,771,737"; 3771737 is used',
		]);
	});

	it('warn if they differ, and the Publisher Overview counts', async () => {
		const converted = await convert([
			overviewOf(
				{ id: '1', name: 'Amber', url: 'https://www.A.example/', joined: '12/31/2020' },
				{ id: '2', name: 'Same  Name', url: 'a.example, b.example', joined: '' },
			),
			myPublishersOf(
				{ id: '1', name: 'Birch', url: 'a.example', joined: '12/30/2020' },
				{ id: '2', name: 'same name', url: 'http://b.example;a.example', joined: '12/30/2020' },
			),
		]);
		expect(converted.ready[0].Name).toBe('Amber');
		expect(warnings(converted)).toEqual({
			2: [
				'Name is "Amber" here and "Birch" in My Publishers',
				'Join date is "2020-12-31" here and "2020-12-30" in My Publishers',
			],
		});
	});

	it('reject both rows if they differ and the user wants that', async () => {
		const converted = await convert(
			[
				overviewOf({ id: '1', name: 'Amber' }, { id: '2' }),
				myPublishersOf({ id: '1', name: 'Birch' }, { id: '2' }),
			],
			{ rejects: new Set<FindingKind>(['exportsDiffer']) },
		);
		expect(ids(converted.ready)).toEqual(['2']);
		expect(reasons(converted, 0)).toEqual({
			2: 'Name is "Amber" here and "Birch" in My Publishers',
		});
		expect(reasons(converted, 1)).toEqual({
			2: 'The row with this Site ID in the Publisher Overview has other values',
		});
		expect(converted.account).toMatchObject({ read: 4, rejected: 2, joined: 1 });
	});

	it('keep a publisher whose row in one of them is rejected', async () => {
		const torn = await convert([
			overviewOf({ id: '1', name: 'A' }, { id: '1', name: 'B' }),
			myPublishersOf({ id: '1' }),
		]);
		expect(torn.ready).toMatchObject([{ 'Network Publisher ID': '1', 'Publisher Group': 'VIP' }]);
		expect(torn.account).toMatchObject({ rejected: 2, ready: 1, joined: 0 });
		expect(torn.account.onlyInOther.publishers).toBe(0);

		const twoGroups = await convert([
			overviewOf({ id: '1' }),
			myPublishersOf({ id: '1', group: 'A' }, { id: '1', group: 'B' }),
		]);
		expect(twoGroups.ready).toMatchObject([{ 'Network Publisher ID': '1', 'Publisher Group': '' }]);
		expect(twoGroups.account).toMatchObject({ rejected: 2, ready: 1 });
	});

	it('use no value of a row that is rejected for it', async () => {
		const long = 'G'.repeat(256);
		const converted = await convert(
			[overviewOf({ id: '1' }), myPublishersOf({ id: '1', group: long })],
			{
				rejects: new Set<FindingKind>(['tooLong']),
			},
		);
		expect(converted.ready).toMatchObject([{ 'Publisher Group': '' }]);
		expect(reasons(converted, 1)).toEqual({ 2: 'Publisher Group has 256 characters' });
	});

	it('count repeated rows of either once', async () => {
		const { account, ready } = await convert([
			overviewOf({ id: '1' }, { id: '1' }),
			myPublishersOf({ id: '1' }, { id: '1' }, { id: '2' }, { id: '2' }),
		]);
		expect(account).toMatchObject({ read: 6, ready: 2, joined: 1, repeated: 3, rejected: 0 });
		expect(ids(ready)).toEqual(['1', '2']);
	});

	it('pass on other columns of both', async () => {
		const [overviewFile, mineFile] = [overviewOf({ id: '1' }), myPublishersOf({ id: '1' })].map(
			(file, at) =>
				file
					.replace('"Site ID"', `"Rank ${at}","Tier","Site ID"`)
					.replace('"1"', `"r${at}","${at === 0 ? '' : 'gold'}","1"`),
		);
		const { ready } = await convert([overviewFile, mineFile], {
			fileColumns: ['Rank 0', 'Rank 1', 'Tier'].map((header) => ({ header, name: '' })),
		});
		expect(ready).toMatchObject([{ 'Rank 0': 'r0', 'Rank 1': 'r1', Tier: 'gold' }]);
	});

	it('may also be a Publisher Overview and mr-publisher-report', async () => {
		const active = csvText(
			['Publisher ID', 'Publisher Name', 'Publisher URL', 'Publisher Group Name'],
			['1', 'Amber Reviews', 'amber.example', 'Top'],
		);
		const { ready } = await convert([active, overviewOf({ id: '1', email: 'j@a.example' })]);
		expect(ready).toMatchObject([
			{ 'Primary Contact Email': 'j@a.example', 'Publisher Group': 'Top' },
		]);
	});
});

describe("files that can't be combined", () => {
	it('stop, each with what it is', async () => {
		const back = csvText(['Network Publisher ID', 'Name'], ['1', 'N']);
		const problem = await thrownLater(
			convert([
				{ name: '"a.csv"', content: overviewOf({ id: '1' }) },
				{ name: '"b.csv"', content: back },
			]),
		);
		expect(problem.problemName).toBe('mixedKinds');
		expect(problem.message).toBe(
			'These files can\'t be combined: "a.csv" is a Publisher Overview, "b.csv" is a Mediarails file',
		);
	});
});

describe('rows as records', () => {
	const record = (values: Record<string, unknown>, line = 1) => ({ values, line });
	const overviewRecord = {
		'Site ID': 3771737,
		'Publisher Name': 'N',
		URL: ['a.example', 'b.example'],
		Email: null,
		'Join Date': new Date('2019-02-22T10:00:00Z'),
	};

	it('are read like rows of a file', async () => {
		const sources = recordSources('The input', [record(overviewRecord)], reading);
		const { ready } = await convertSources(sources);
		expect(ready).toMatchObject([
			{
				'Network Publisher ID': '3771737',
				'Media Property URLs': 'a.example, b.example',
				'Primary Contact Email': '',
				'Network Date Accepted': '2019-02-22',
			},
		]);
	});

	it('may leave out what is empty', async () => {
		const { 'Publisher Name': _, ...nameless } = overviewRecord;
		const sources = recordSources(
			'The input',
			[record(overviewRecord, 1), record({ ...nameless, 'Site ID': '2' }, 2)],
			reading,
		);
		const converted = await convertSources(sources);
		expect(warnings(converted)).toEqual({ 2: ['No name'] });
	});

	it('of both exports are told apart and joined', async () => {
		const { Email: _, ...rest } = overviewRecord;
		const sources = recordSources(
			'The input',
			[
				record(overviewRecord, 1),
				record({ ...rest, Group: 'VIP', 'Publisher Categories': 'X' }, 2),
			],
			reading,
		);
		expect(sources.map(({ header }) => header.kind)).toEqual(['publisherOverview', 'myPublishers']);
		const { ready, account } = await convertSources(sources);
		expect(ready).toMatchObject([{ 'Publisher Group': 'VIP' }]);
		expect(account.joined).toBe(1);
	});

	it('that hold no publishers are named', () => {
		const problem = thrownBy(() =>
			recordSources('The input', [record({ submittedAt: 'x', formMode: 'test' })], reading),
		);
		expect(problem.message).toBe(
			'The input is neither a Publisher Overview nor a My Publishers export. Its header is: submittedAt, formMode',
		);
	});

	it('ask about dates as files do, and take names of the prototype for what they are', async () => {
		const ambiguous = { ...overviewRecord, 'Join Date': '3/4/2023' };
		expect(
			thrownBy(() => recordSources('The input', [record(ambiguous)], reading)).problemName,
		).toBe('ambiguousDates');
		const hostile = JSON.parse('{"__proto__":"x","constructor":"y","toString":"z"}') as object;
		const [source] = recordSources(
			'The input',
			[record({ ...overviewRecord, ...hostile }), record({ 'Site ID': '5' })],
			reading,
		);
		expect(source).toBeInstanceOf(RecordSource);
		const converted = await convertSources([source], {
			fileColumns: [{ header: 'constructor', name: 'Extra' }],
		});
		expect(converted.ready.map((row) => row.Extra)).toEqual(['y', '']);
	});
});
