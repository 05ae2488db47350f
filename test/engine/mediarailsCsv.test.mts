import { parse } from 'csv-parse/sync';
import type { INodeExecutionData } from 'n8n-workflow';

import { prepareEngine } from './harness.mts';
import { fileText, itemWith, runMediarails } from './mediarailsNode.mts';

beforeAll(async () => await prepareEngine());

const lines = (...each: string[]) => each.map((line) => `${line}\r\n`).join('');

const overview = lines(
	'Site ID,Publisher Name,URL,Email,Join Date',
	'3771737,"Amber Reviews, Ltd",amber.example,jane@amber.example,2/22/2019',
	'3771738,Birch Daily,https://birch.example,,3/4/2020',
);

const myPublishers = lines(
	'Site ID,Publisher Name,URL,Group,Join Date,Publisher Categories',
	'3771738,Birch Daily,https://birch.example,Content,3/4/2020,"Fashion, Home"',
	'3771799,Clover Savings,clover.example,,12/31/2021,',
);

const table = async (item: INodeExecutionData, field?: string) =>
	parse(await fileText(item, field), { columns: true, bom: true }) as Array<Record<string, string>>;

const idColumn = 'Network Publisher ID';
const uploadAt = 'Mediarails: Partners by Brand > Tools > Import CSV > Upload';

describe('one file', () => {
	it('becomes a file with the columns of Mediarails, Network and Brand', async () => {
		const run = await runMediarails([await itemWith({ data: overview })]);
		expect(run.error).toBeUndefined();
		expect(run.outputs[0]).toHaveLength(1);
		expect(await fileText(run.outputs[0][0])).toBe(
			lines(
				'Network Publisher ID,Name,Media Property URLs,Primary Contact Email,Network Date Accepted,Network,Brand',
				'3771737,"Amber Reviews, Ltd",amber.example,jane@amber.example,2019-02-22,LinkShare,Acme',
				'3771738,Birch Daily,https://birch.example,,2020-03-04,LinkShare,Acme',
			),
		);
		const file = run.outputs[0][0].binary!.data;
		expect(file.fileName).toMatch(/^Mediarails_Acme_\d{4}-\d\d-\d\d\.csv$/);
		expect(file).toMatchObject({ mimeType: 'text/csv', id: expect.stringMatching(/^filesystem/) });
		expect(run.outputs[1]).toEqual([]);
		expect(run.outputs[2]).toHaveLength(1);
		expect(run.outputs[0][0].pairedItem).toEqual({ item: 0 });
	});

	it('comes with a summary: counts, what was found, where to upload', async () => {
		const run = await runMediarails([await itemWith({ data: overview })]);
		expect(run.summary).toMatchObject({
			brand: 'Acme',
			network: 'LinkShare',
			read: 2,
			kept: 2,
			rejected: 0,
			ready: 2,
			rows: 2,
			rejectedByReason: [],
			warnings: [],
			rowsWithWarnings: [],
			uploadAt,
			files: [
				{
					file: '"data.csv"',
					kind: 'Publisher Overview',
					encoding: 'utf-8',
					delimiter: ',',
					joinDateFormat: 'M/D/Y',
				},
			],
		});
		expect(run.hints).toEqual([
			{
				message: `2 publishers ready for Acme. 2 rows read = 2 kept + 0 rejected. Upload at ${uploadAt}.`,
				location: 'outputPane',
			},
		]);
		expect(run.summary.message).toBe(run.hints[0].message);
	});

	it('adds up where both exports have a publisher, and the row of one is rejected', async () => {
		const header = 'Site ID,Publisher Name,URL,Email,Join Date';
		const overviewFile = lines(
			header,
			'1,One,a.example,,2/22/2019',
			'2,Two,b.example,,2/22/2019',
			'2,Other,c.example,,2/22/2019',
			'3,Three,d.example,,2/22/2019',
		);
		const mineFile = lines(
			'Site ID,Publisher Name,URL,Group,Join Date,Publisher Categories',
			'1,One,a.example,Top,2/22/2019,Travel',
			'2,Two,b.example,Top,2/22/2019,Travel',
			'4,Four,e.example,Top,2/22/2019,Travel',
		);
		const run = await runMediarails([await itemWith({ data: overviewFile, mine: mineFile })]);
		const { summary } = run;
		expect(summary).toMatchObject({ ready: 4, joined: 1, rejected: 2 });
		expect(summary.onlyInOne).toMatchObject([
			{ export: 'Publisher Overview', publishers: 1, list: [{ siteId: '3' }] },
			{ export: 'My Publishers', publishers: 1, list: [{ siteId: '4' }] },
		]);
		expect(summary.otherRejected).toEqual({ publishers: 1, list: [{ siteId: '2', name: 'Two' }] });
		expect(summary.message).toContain(
			'1 in both exports, 1 only in Publisher Overview, 1 only in My Publishers. 1 publisher in both, but written from one: the row of the other was rejected.',
		);
	});

	it('says that a column is there twice, and reads the first', async () => {
		const file = lines(
			'Site ID,Publisher Name,URL,Url,Email,URL,Join Date',
			'1,N,a.example,b.example,,,',
		);
		const run = await runMediarails([await itemWith({ data: file })]);
		expect(run.summary.notes).toEqual([
			'"data.csv" has more than one column "Url"; only the first is read.',
			'"data.csv" has more than one column "URL"; only the first is read.',
		]);
		expect(await table(run.outputs[0][0])).toMatchObject([{ 'Media Property URLs': 'a.example' }]);
	});

	it('gives its warnings by row, and its rejected rows as a file that goes in again', async () => {
		const file = overview + lines('x,=Bad ID,b.example,,1/2/2020', '9,No Mail,c.example,n/a,');
		const run = await runMediarails([await itemWith({ data: file })]);
		expect(run.summary).toMatchObject({
			read: 4,
			kept: 3,
			rejected: 1,
			rejectedByReason: [{ reason: 'No Usable Site ID', rows: 1 }],
			rejectedRows: [
				{
					file: '"data.csv"',
					line: 4,
					siteId: 'x',
					name: '=Bad ID',
					reasons: ['Site ID "x" is not a number'],
				},
			],
			warnings: [{ reason: 'Invalid E-Mail', rows: 1 }],
			rowsWithWarnings: [
				{
					file: '"data.csv"',
					line: 5,
					siteId: '9',
					name: 'No Mail',
					Warnings: ['E-mail "n/a" is not an e-mail address'],
				},
			],
		});
		expect(run.hints.map(({ message, type }) => [message, type])).toEqual([
			[run.summary.message, undefined],
			[
				'1 row rejected (1 × No Usable Site ID): see the output Rejected. Correct them and pass them to this node again.',
				'warning',
			],
		]);
		const [rejected] = run.outputs[1];
		expect(rejected.json).toMatchObject({ rows: 1, brand: 'Acme', source: '"data.csv"' });
		expect(rejected.binary!.data.fileName).toMatch(
			/^Mediarails_Acme_[\d-]+_rejected_Publisher-Overview\.csv$/,
		);
		expect(await fileText(rejected)).toBe(
			`\uFEFF${lines(
				'Failure Reason,Line Number,Join Date Format,Site ID,Publisher Name,URL,Email,Join Date',
				`"Site ID ""x"" is not a number",4,M/D/Y,x,'=Bad ID,b.example,,1/2/2020`,
			)}`,
		);

		const corrected = (await fileText(rejected)).replace(',x,', ',77,');
		const again = await runMediarails([await itemWith({ data: corrected })]);
		expect(await table(again.outputs[0][0])).toMatchObject([
			{ [idColumn]: '77', Name: '=Bad ID', 'Network Date Accepted': '2020-01-02' },
		]);
		expect(again.outputs[1]).toEqual([]);
	});

	it('without a row for the import gives the summary without a file', async () => {
		const file = lines('Site ID,Publisher Name,URL,Email,Join Date', ',N,u.example,,');
		const run = await runMediarails([await itemWith({ data: file })]);
		expect(run.outputs[0]).toHaveLength(1);
		expect(run.outputs[0][0].binary).toBeUndefined();
		expect(run.summary).toMatchObject({ rows: 0, ready: 0, rejected: 1 });
		expect(run.summary.uploadAt).toBeUndefined();
		expect(run.outputs[1]).toHaveLength(1);
	});

	it('that n8n keeps in memory is read as well', async () => {
		const data = Buffer.from(overview).toString('base64');
		const item: INodeExecutionData = {
			json: {},
			binary: { data: { data, mimeType: 'text/csv', fileName: 'export.csv' } },
		};
		const run = await runMediarails([item]);
		expect((await table(run.outputs[0][0])).map((row) => row[idColumn])).toEqual([
			'3771737',
			'3771738',
		]);
		expect(run.summary.files).toMatchObject([{ file: '"export.csv"' }]);
	});

	it('in a field of an item is found, by its path too', async () => {
		const { binary } = await itemWith({ file: overview });
		const item: INodeExecutionData = { json: { form: { upload: binary!.file as never } } };
		for (const binaryField of ['', 'form.upload']) {
			const run = await runMediarails([item], { binaryField });
			expect(run.summary).toMatchObject({ ready: 2 });
		}
	});
});

describe('both exports', () => {
	it.each([
		['as two fields of one item, as a form gives them', ''],
		['as two fields by name', 'Publisher_Overview, My_Publishers'],
	])('%s', async (_, binaryField) => {
		const item = await itemWith(
			{ Publisher_Overview: overview, My_Publishers: myPublishers },
			{ Brand: 'Acme Shoes', formMode: 'test' },
		);
		const run = await runMediarails([item], { brand: '={{ $json.Brand }}', binaryField });
		expect(run.error).toBeUndefined();
		expect(await table(run.outputs[0][0])).toEqual([
			{
				[idColumn]: '3771737',
				Name: 'Amber Reviews, Ltd',
				'Media Property URLs': 'amber.example',
				'Primary Contact Email': 'jane@amber.example',
				'Network Date Accepted': '2019-02-22',
				'Publisher Group': '',
				Categories: '',
				Network: 'LinkShare',
				Brand: 'Acme Shoes',
			},
			expect.objectContaining({
				[idColumn]: '3771738',
				'Publisher Group': 'Content',
				Categories: 'Fashion, Home',
			}),
			expect.objectContaining({ [idColumn]: '3771799', 'Network Date Accepted': '2021-12-31' }),
		]);
		expect(run.summary).toMatchObject({
			read: 4,
			ready: 3,
			joined: 1,
			onlyInOne: [
				{ export: 'Publisher Overview', publishers: 1, list: [{ siteId: '3771737' }] },
				{ export: 'My Publishers', publishers: 1, list: [{ siteId: '3771799' }] },
			],
		});
		expect(run.summary.message).toMatch(
			/4 rows read = 4 kept \+ 0 rejected\. 1 in both exports, 1 only in Publisher Overview, 1 only in My Publishers\./,
		);
	});

	it('as two items of one brand are joined too', async () => {
		const run = await runMediarails([
			await itemWith({ data: myPublishers }),
			await itemWith({ data: overview }),
		]);
		expect(run.outputs[0]).toHaveLength(1);
		expect(run.summary).toMatchObject({ ready: 3, joined: 1 });
		expect(run.outputs[0][0].pairedItem).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('give one file of rejected rows each', async () => {
		const run = await runMediarails([
			await itemWith({
				a: overview + lines(',N,u.example,,'),
				b: myPublishers + lines(',M,v.example,,,', '-,O,w.example,,,'),
			}),
		]);
		expect(run.outputs[1].map(({ json }) => [json.source, json.rows])).toEqual([
			['"a.csv"', 1],
			['"b.csv"', 2],
		]);
		const names = run.outputs[1].map(({ binary }) => binary!.data.fileName);
		expect(new Set(names).size).toBe(2);
		const again = await runMediarails(
			await Promise.all(
				run.outputs[1].map(async (item, at) => ({
					...(await itemWith({
						data: (await fileText(item)).replace(/^(No Site ID,\d+,M\/D\/Y,),/m, `$1${50 + at},`),
					})),
				})),
			),
		);
		expect(again.summary).toMatchObject({ read: 3, ready: 2, rejected: 1 });
	});

	it('may lack one: a form then sends a file without content', async () => {
		const item = await itemWith({ Publisher_Overview: overview, My_Publishers: '' });
		item.binary!.My_Publishers.bytes = 0;
		const run = await runMediarails([item]);
		expect(run.summary).toMatchObject({
			ready: 2,
			notes: ['An empty file was skipped.'],
		});
	});
});

describe('several brands in one run', () => {
	it('give an output each, by the brand of each item', async () => {
		const run = await runMediarails(
			[
				await itemWith({ data: overview }, { brand: 'Acme' }),
				await itemWith({ data: overview }, { brand: 'Böser / Brand: 2' }),
				await itemWith({ data: myPublishers }, { brand: 'Acme' }),
			],
			{ brand: '={{ $json.brand }}' },
		);
		expect(run.outputs[0].map(({ json }) => [json.brand, json.ready])).toEqual([
			['Acme', 3],
			['Böser / Brand: 2', 2],
		]);
		const name = run.outputs[0][1].binary!.data.fileName!;
		expect(name).toMatch(/^Mediarails_Böser-Brand-2_[\d-]+\.csv$/);
		expect((await table(run.outputs[0][1]))[0].Brand).toBe('Böser / Brand: 2');
		expect(run.hints).toHaveLength(2);
	});

	it('continue after one that cannot be used, with Continue on Fail', async () => {
		const items = [
			await itemWith({ data: 'Order ID,Sales' }, { brand: 'Bad' }),
			await itemWith({ data: overview }, { brand: 'Good' }),
		];
		const stopped = await runMediarails(items, { brand: '={{ $json.brand }}' });
		expect(stopped.error!.message).toMatch(/"data\.csv" is neither .* \[item 0\]$/);
		expect(stopped.error!.description).toMatch(/missing here: Site ID/);
		const run = await runMediarails(
			items,
			{ brand: '={{ $json.brand }}' },
			{ onError: 'continueRegularOutput' },
		);
		expect(run.outputs[0].map(({ json }) => json.brand)).toEqual(['Good']);
		expect(run.outputs[1]).toMatchObject([
			{
				json: {
					error: expect.stringMatching(/is neither/),
					details: expect.stringMatching(/missing here: Site ID/),
				},
				pairedItem: { item: 0 },
			},
		]);
	});
});

describe('items of another node', () => {
	const row = (id: unknown, more: object = {}) => ({
		json: {
			'Site ID': id,
			'Publisher Name': 'N',
			URL: 'u.example',
			Email: null,
			'Join Date': '2020-01-02',
			...more,
		} as INodeExecutionData['json'],
	});

	it('are rows, and come out as items, each from its own', async () => {
		const run = await runMediarails([row(7), row('x', { Rank: 3 }), row(8)], { output: 'items' });
		expect(run.outputs[0].map(({ json, pairedItem }) => [json[idColumn], pairedItem])).toEqual([
			['7', { item: 0 }],
			['8', { item: 2 }],
		]);
		expect(run.outputs[0][0].json).toEqual({
			[idColumn]: '7',
			Name: 'N',
			'Media Property URLs': 'u.example',
			'Primary Contact Email': '',
			'Network Date Accepted': '2020-01-02',
			Network: 'LinkShare',
			Brand: 'Acme',
		});
		expect(run.outputs[1]).toMatchObject([
			{
				json: {
					'Failure Reason': 'Site ID "x" is not a number',
					'Line Number': '2',
					'Site ID': 'x',
					Email: null,
					Rank: 3,
				},
				pairedItem: { item: 1 },
			},
		]);
		const corrected = [{ json: { ...run.outputs[1][0].json, 'Site ID': 9 } }];
		const again = await runMediarails(corrected, { output: 'items' });
		expect(again.outputs[0].map(({ json }) => json[idColumn])).toEqual(['9']);
		expect(again.outputs[0][0].json).not.toHaveProperty('Failure Reason');
	});

	it('of both exports are joined, and pair with both', async () => {
		const { Email: _, ...other } = row(7).json;
		const run = await runMediarails(
			[row(7), { json: { ...other, Group: 'VIP', 'Publisher Categories': '' } }],
			{ output: 'items' },
		);
		expect(run.outputs[0]).toMatchObject([
			{ json: { 'Publisher Group': 'VIP' }, pairedItem: [{ item: 0 }, { item: 1 }] },
		]);
	});

	it('become a file as well, also by the saved report of active partners', async () => {
		const run = await runMediarails([
			{
				json: {
					clicks: 7,
					impressions: 0,
					publisherGroupName: null,
					publisherId: '3771737',
					publisherName: 'Amber',
					publisherUrl: 'amber.example',
				},
			},
		]);
		expect(await table(run.outputs[0][0])).toEqual([
			{
				[idColumn]: '3771737',
				Name: 'Amber',
				'Media Property URLs': 'amber.example',
				'Publisher Group': '',
				Network: 'LinkShare',
				Brand: 'Acme',
			},
		]);
	});

	it('that are not publishers, as from a form without a file, are named', async () => {
		const run = await runMediarails([{ json: { submittedAt: 'now', formMode: 'test' } }]);
		expect(run.error!.message).toMatch(/^The input is neither .* submittedAt, formMode$/);
		const named = await runMediarails([{ json: {} }], { binaryField: 'data' });
		expect(named.error!.message).toBe("No item has a file in the field 'data'");
	});

	it('may be thousands without overflowing the stack', async () => {
		const many = Array.from({ length: 125_000 }, (_, at) => row(at + 1));
		const run = await runMediarails(many, { output: 'items' });
		expect(run.error).toBeUndefined();
		expect(run.outputs[0]).toHaveLength(125_000);
	});
});

describe('options', () => {
	it('write another file: name, byte order mark, columns, dates', async () => {
		const run = await runMediarails([await itemWith({ data: overview })], {
			network: 'Rakuten',
			outputField: 'import',
			options: {
				fileName: '../acme partners.csv',
				byteOrderMark: true,
				outputDateFormat: 'mdy',
				renamedColumns: { columns: [{ field: 'siteId', name: 'Partner ID' }] },
				fixedColumns: { columns: [{ column: 'Country', value: '={{ "U" + "S" }}' }] },
				fileColumns: { columns: [{ header: 'Email', column: 'Billing Email' }] },
			},
		});
		const file = run.outputs[0][0].binary!.import;
		expect(file).toMatchObject({ fileName: 'acme-partners.csv' });
		expect(file.directory).toBeUndefined();
		expect(await fileText(run.outputs[0][0], 'import')).toMatch(/^\uFEFFPartner ID,/);
		expect((await table(run.outputs[0][0], 'import'))[0]).toMatchObject({
			'Partner ID': '3771737',
			Country: 'US',
			'Billing Email': 'jane@amber.example',
			'Network Date Accepted': '02/22/2019',
			Network: 'Rakuten',
		});
	});

	it('split the file, each part with a header', async () => {
		const rows = Array.from({ length: 25 }, (_, at) => `${at + 1},N,u${at}.example,,2/22/2019`);
		const file = lines('Site ID,Publisher Name,URL,Email,Join Date', ...rows);
		for (const [splitEveryRows, sizes] of [
			[10, [10, 10, 5]],
			[25, [25]],
			[1, rows.map(() => 1)],
		] as const) {
			const run = await runMediarails([await itemWith({ data: file })], {
				options: { splitEveryRows },
			});
			const tables = await Promise.all(run.outputs[0].map(async (item) => await table(item)));
			expect(tables.map((each) => each.length)).toEqual(sizes);
			expect(run.outputs[0].map(({ json }) => json.rows)).toEqual(sizes);
			expect(tables.flat().map((row) => Number(row[idColumn]))).toEqual(
				rows.map((_, at) => at + 1),
			);
			expect(run.outputs[0].at(-1)!.binary!.data.fileName).toMatch(`_${sizes.length}.csv`);
			expect(run.summary).toMatchObject({ ready: 25 });
		}
	});

	it('say what columns are called, what rejects, and in which form', async () => {
		const file = lines('Partner,Publisher Name,URL,Email', '7,,u.example,', '8,N,v.example,');
		const run = await runMediarails([await itemWith({ data: file })], {
			output: 'items',
			options: {
				sourceColumns: {
					columns: [
						{ field: 'siteId', header: 'Partner' },
						{ field: 'joinDate', header: '' },
					],
				},
				rejectRowsWith: ['noName'],
				rejectedAs: 'csv',
			},
		});
		expect(run.outputs[0].map(({ json }) => json[idColumn])).toEqual(['8']);
		expect(run.outputs[1]).toHaveLength(1);
		expect(await table(run.outputs[1][0])).toMatchObject([
			{ 'Failure Reason': 'No name', Partner: '7' },
		]);
		expect(run.outputs[2]).toMatchObject([
			{ json: { type: 'summary', read: 2, ready: 1, rejected: 1 }, pairedItem: { item: 0 } },
		]);
	});

	it('give rejected rows of a file as items, all their cells with them', async () => {
		const file = lines(
			'Site ID,Publisher Name,URL,Email,Join Date',
			',N,Ltd,u.example,,,1/31/2020',
		);
		const run = await runMediarails([await itemWith({ data: file })], {
			options: { rejectedAs: 'items' },
		});
		expect(run.outputs[1].map(({ json }) => json)).toEqual([
			{
				'Failure Reason':
					'No Site ID; Values seem to be in the wrong columns: there are more of them than columns, and the e-mail, URL or date is not valid',
				'Line Number': '2',
				'Site ID': '',
				'Publisher Name': 'N',
				URL: 'Ltd',
				Email: 'u.example',
				'Join Date': '',
				'Column (8)': '',
				'Column (9)': '1/31/2020',
				'Source File': '"data.csv"',
			},
		]);
	});

	it.each([
		[{ joinDateFormat: 'american' }, /'Join Date Format' is set to a value/],
		[{ output: 'xml' }, /'Output' is set to a value/],
		[{ options: { splitEveryRows: 'many' } }, /'Split Every N Rows'/],
		[{ options: { rejectRowsWith: ['noSiteId', 'rain'] } }, /'Reject Rows With' .*: rain$/],
		[{ options: { delimiter: '^' } }, /'Delimiter of the File'/],
		[{ options: { encoding: 'utf-7' } }, /'Encoding of the File'/],
		[{ brand: '={{ undefined }}' }, /^'Brand' is empty$/],
	])('that make no sense are named: %j', async (parameters, message) => {
		const run = await runMediarails([await itemWith({ data: overview })], parameters);
		expect(run.error!.message).toMatch(message);
		expect(run.error!.description).toBeTruthy();
	});
});

describe('when something is wrong', () => {
	it('asks about dates that can all be read in two ways', async () => {
		const file = lines('Site ID,Publisher Name,URL,Email,Join Date', '7,N,u.example,,3/4/2020');
		const run = await runMediarails([await itemWith({ data: file })]);
		expect(run.error!.message).toBe(
			'Every join date of "data.csv" can be read in two ways: "3/4/2020" is March 4, 2020 with the month first, and April 3, 2020 with the day first',
		);
		const told = await runMediarails([await itemWith({ data: file })], { joinDateFormat: 'dmy' });
		expect((await table(told.outputs[0][0]))[0]['Network Date Accepted']).toBe('2020-04-03');
	});

	it('names a workbook', async () => {
		const run = await runMediarails([await itemWith({ data: Buffer.from('PK\x03\x04 xl/') })]);
		expect(run.error!.message).toMatch(/^"data\.csv" is an Excel workbook/);
	});

	it('puts out nothing if the store takes no file', async () => {
		const item = await itemWith({ data: overview });
		const run = await runMediarails([item], {}, { failingStore: true });
		expect(run.error!.message).toMatch(/ENOSPC/);
		expect(run.outputs.flat()).toEqual([]);
	});

	it('says which file no longer exists', async () => {
		const item = await itemWith({ data: overview });
		item.binary!.data.id = item.binary!.data.id!.replace(/[0-9a-f]{12}$/, '000000000000');
		const run = await runMediarails([item]);
		expect(run.error).toBeDefined();
	});

	it('ends when it is cancelled', async () => {
		const rows = Array.from(
			{ length: 200_000 },
			(_, at) => `${at + 1},N,u${at}.example,,2/22/2019`,
		);
		const file = `Site ID,Publisher Name,URL,Email,Join Date\n${rows.join('\n')}`;
		const item = await itemWith({ data: file });
		const started = Date.now();
		const run = await runMediarails([item], {}, { cancel: AbortSignal.timeout(100) });
		expect(run.status).toBe('canceled');
		expect(Date.now() - started).toBeLessThan(3000);
	});
});
