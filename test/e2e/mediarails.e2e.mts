import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import {
	expectedImports,
	publisherExportFile,
	type PublisherExportOptions,
} from '../../sandbox/dashboard/publisherExports.mts';
import type { Execution } from '../../scripts/host/api/execution.mts';
import { withReportingCredential } from '../../scripts/start/sampleWorkflows.mts';
import { newPage, signIn } from './support/browser.mts';
import { theHouse, type House } from './support/house.mts';
import { publishForm } from './support/publishedForm.mts';
import { credentialData } from './support/sandbox.mts';

const REJECTED_TABLE = 'mediarails_rejected';
const FILES_TABLE = 'mediarails_files';

const IMPORT_COLUMNS = [
	'Network Publisher ID',
	'Name',
	'Media Property URLs',
	'Primary Contact Email',
	'Network Date Accepted',
	'Publisher Group',
	'Categories',
	'Network',
	'Brand',
];

/** Exports as an advertiser has them, with some of what goes wrong in them. */
const EXPORTS: PublisherExportOptions = {
	seed: 11,
	count: 400,
	otherColumns: true,
	damage: { noSiteId: 2, shortenedSiteId: 1, contradicted: 2, repeated: 1, badEmail: 3, badUrl: 1 },
};

type Row = Record<string, string>;

/** A file to be chosen in a form. */
interface Upload {
	name: string;
	content: string | Buffer;
}

/** What a page shows, and the files that its buttons give. */
interface Result {
	ready: number;
	warnings: number;
	rejected: number;
	text: string;
	readyRows: Row[];
	rejectedRows: Row[];
	rejectedFiles: Upload[];
}

describe('Publishers to Mediarails', () => {
	let house: House;
	let page: Page;
	const forms: Record<string, string> = {};

	before(async () => {
		house = await theHouse();
		forms['10'] = await publishedForm('10', 'publishers-to-mediarails');
		forms['11'] = await publishedForm('11', 'failed-rows-to-mediarails');
		page = await newPage();
		await page.goto(forms['10']);
		await signIn(page, house);
	});

	async function publishedForm(number: string, path: string): Promise<string> {
		return await publishForm(house, house.workflow(number).id, path);
	}

	/** Opens a form, fills it in as a person does, and sends it. */
	async function send(
		number: '10' | '11',
		values: { brand?: string; dates?: string; files?: Record<string, Upload | Upload[]> },
	): Promise<void> {
		await page.goto(forms[number]!);
		const allow = page.getByRole('button', { name: 'Allow access' });
		const field = page.getByLabel('Brand');
		await allow.or(field).first().waitFor();
		if (await allow.isVisible()) await allow.click();
		await field.fill(values.brand ?? '');
		if (values.dates) await page.getByLabel('Join date format').selectOption(values.dates);
		for (const [label, given] of Object.entries(values.files ?? {})) {
			await page.getByLabel(label).setInputFiles(
				[given].flat().map(({ name, content }) => ({
					name,
					mimeType: 'text/csv',
					buffer: Buffer.from(content),
				})),
			);
		}
		await page.getByRole('button', { name: 'Make the file' }).click();
	}

	async function result(): Promise<Result> {
		await page.getByText('How it adds up').waitFor();
		const number = async (kind: string) =>
			Number((await page.locator(`[data-count=${kind}]`).innerText()).replaceAll(',', ''));
		const ready = await downloads(/Download the file/);
		const rejectedFiles = await downloads(/Rejected rows/);
		return {
			ready: await number('ready'),
			warnings: await number('warnings'),
			rejected: await number('rejected'),
			text: await page.locator('.answer').innerText(),
			readyRows: ready.flatMap(rowsOf),
			rejectedRows: rejectedFiles.flatMap(rowsOf),
			rejectedFiles,
		};
	}

	/** Clicks the buttons with this text and returns what they give. */
	async function downloads(label: RegExp): Promise<Upload[]> {
		const files: Upload[] = [];
		for (const button of await page.getByRole('button', { name: label }).all()) {
			const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
			files.push({
				name: download.suggestedFilename(),
				content: await readFile(await download.path()),
			});
		}
		return files;
	}

	async function whyNot(): Promise<string> {
		await page.getByText('No file was made').waitFor();
		return await page.locator('.answer').innerText();
	}

	async function rejectedInTable(brand: string) {
		const rows = await house.client.dataTables.rows(REJECTED_TABLE);
		return rows.filter((row) => row.brand === brand);
	}

	it('lets nobody in who is not logged in', async () => {
		for (const form of Object.values(forms)) {
			const shown = await fetch(form, { redirect: 'manual' });
			assert.equal(shown.status, 302);
			const sent = await fetch(form, { method: 'POST', body: new FormData(), redirect: 'manual' });
			assert.equal(sent.status, 401);
		}
	});

	it('makes one file of both exports, and shows and stores what is rejected', async () => {
		await send('10', { brand: 'Acme Shoes', files: bothExports(EXPORTS) });
		const shown = await result();
		const expected = expectedImports(EXPORTS).both;
		assert.ok(expected.rejected > 5 && expected.joined > 300 && expected.onlyOverview > 5);
		assert.equal(shown.ready, expected.ready);
		assert.equal(shown.rejected, expected.rejected);
		assert.ok(shown.warnings > 0);
		assert.match(
			shown.text,
			new RegExp(`${expected.read} rows read = \\d+ kept \\+ ${expected.rejected} rejected`),
		);
		assert.match(shown.text, new RegExp(`${expected.onlyOverview} only in Publisher Overview`));
		assert.match(shown.text, new RegExp(`${expected.onlyMyPublishers} only in My Publishers`));

		assert.deepEqual(Object.keys(shown.readyRows[0]!), IMPORT_COLUMNS);
		assert.equal(shown.readyRows.length, expected.ready);
		assertEqualToExports(shown.readyRows, EXPORTS, 'Acme Shoes');
		assert.equal(shown.rejectedRows.length, expected.rejected);
		assert.ok(shown.rejectedRows.every((row) => row['Failure Reason'] && row['Line Number']));

		const stored = await rejectedInTable('Acme Shoes');
		assert.deepEqual(
			stored.map(({ reason, line }) => [reason, String(line)]).sort(),
			shown.rejectedRows.map((row) => [row['Failure Reason'], row['Line Number']]).sort(),
		);
		assert.ok(stored.every(({ file }) => file === 'Publisher Overview.csv'));
	});

	it('takes one export in another encoding, and counts its warnings', async () => {
		const options: PublisherExportOptions = {
			...EXPORTS,
			encoding: 'utf-16le',
			delimiter: ';',
			dates: 'dmy',
		};
		const { 'Publisher Overview': overview } = bothExports(options);
		await send('10', { brand: 'Acme Bags', files: { 'Publisher Overview': overview! } });
		const shown = await result();
		const expected = expectedImports(options).overviewAlone;
		assert.deepEqual(
			[shown.ready, shown.warnings, shown.rejected],
			[expected.ready, expected.withWarnings, expected.rejected],
		);
		assert.ok(!('Publisher Group' in shown.readyRows[0]!));
		assert.equal((await rejectedInTable('Acme Bags')).length, expected.rejected);
	});

	it('keeps in the table what the newest upload of a brand left out', async () => {
		const before = await rejectedInTable('Acme Bags');
		assert.ok(before.length > 0);
		const { 'My Publishers': mine } = bothExports({ count: 30 });
		await send('10', { brand: 'Acme Shoes', files: { 'My Publishers': mine! } });
		const shown = await result();
		assert.equal(shown.rejected, 0);
		assert.equal(shown.rejectedFiles.length, 0);
		assert.deepEqual(await rejectedInTable('Acme Shoes'), []);
		assert.deepEqual(await rejectedInTable('Acme Bags'), before);
	});

	it('says why no file is made, and stores nothing', async () => {
		const before = await rejectedInTable('Acme Bags');
		const damaged: Array<[string | Buffer, RegExp]> = [
			[Buffer.from('PK\u0003\u0004xl/workbook.xml'), /Excel/],
			['<!DOCTYPE html><html><title>Log in</title></html>', /web page/],
			['Order ID,Sales\r\n1,2\r\n', /neither a Publisher Overview nor/],
			['', /No file was chosen|empty/],
			[publisherExportFile('overview', { ambiguousDates: true, count: 30 }), /read in two ways/],
		];
		for (const [content, words] of damaged) {
			const files = { 'Publisher Overview': { name: 'export.csv', content } };
			await send('10', { brand: 'Acme Bags', files });
			assert.match(await whyNot(), words);
		}
		await send('10', { brand: 'Acme Bags' });
		assert.match(await whyNot(), /No file was chosen[\s\S]*Publisher Overview/);
		assert.deepEqual(await rejectedInTable('Acme Bags'), before);
	});

	it('reads the dates as the form says', async () => {
		const options: PublisherExportOptions = { ambiguousDates: true, count: 30, dates: 'dmy' };
		const { 'Publisher Overview': overview } = bothExports(options);
		await send('10', {
			brand: 'Acme Hats',
			dates: 'Day/Month/Year',
			files: { 'Publisher Overview': overview! },
		});
		const { readyRows } = await result();
		const [given] = rowsOf(overview!);
		const [day, month, year] = given!['Join Date']!.split('/').map(Number);
		const iso = new Date(Date.UTC(year!, month! - 1, day)).toISOString().slice(0, 10);
		assert.equal(readyRows[0]!['Network Date Accepted'], iso);
	});

	it('shows texts of a file as text', async () => {
		const name = '<img src=x onerror=document.title=1>{{ $json.brand }}';
		const content = `Site ID,Publisher Name,URL,Email,Join Date\r\n3771737,${name},n/a,n/a,2/21/2020\r\n`;
		const brand = '<b>Acme</b>';
		await send('10', { brand, files: { 'Publisher Overview': { name: 'a.csv', content } } });
		const shown = await result();
		assert.ok(shown.text.includes(name));
		assert.ok(shown.text.includes(brand));
		assert.equal(await page.locator('.answer img').count(), 0);
		assert.equal(shown.readyRows[0]!.Name, name);
	});

	it('accepts the rejected rows once they are corrected', async () => {
		await send('10', { brand: 'Acme Shoes', files: bothExports(EXPORTS) });
		const { rejectedFiles, rejectedRows } = await result();
		const [file] = rejectedFiles;
		await send('11', { brand: 'Acme Shoes', files: { 'Corrected file': file! } });
		const asTheyWere = await result();
		assert.equal(asTheyWere.ready, 0);
		assert.equal(asTheyWere.rejected, rejectedRows.length);
		assert.deepEqual(
			asTheyWere.rejectedRows.map(withoutPlace).sort(),
			rejectedRows.map(withoutPlace).sort(),
		);

		const corrected = correctedRows(rejectedRows);
		await send('11', {
			brand: 'Acme Shoes',
			files: { 'Corrected file': { name: 'corrected.csv', content: csvOf(corrected, ';') } },
		});
		const shown = await result();
		assert.deepEqual([shown.ready, shown.rejected], [corrected.length, 0]);
		for (const [index, row] of corrected.entries()) {
			const made = shown.readyRows[index]!;
			assert.equal(made['Network Publisher ID'], row['Site ID']);
			assert.equal(made.Name, withoutApostrophe(row['Publisher Name']!));
			assert.equal(made.Brand, 'Acme Shoes');
			assert.match(made['Network Date Accepted']!, /^\d{4}-\d\d-\d\d$/);
		}
	});

	it("takes Mediarails' own report of failed rows, with its other columns", async () => {
		await send('10', { brand: 'Acme Shoes', files: bothExports({ count: 40 }) });
		const { readyRows } = await result();
		const failed = readyRows.slice(0, 7).map((row, index) => ({
			...row,
			Name: `${row.Name} corrected`,
			'Row Error': `Reason ${index}`,
		}));
		await send('11', {
			files: { 'Corrected file': { name: 'failed.csv', content: csvOf(failed, ',') } },
		});
		const shown = await result();
		assert.deepEqual([shown.ready, shown.rejected], [failed.length, 0]);
		assert.deepEqual(
			shown.readyRows.map((row) => Object.entries(row).sort()),
			failed.map((row) => Object.entries(row).sort()),
		);
	});

	it('is tried with the pinned examples by Execute workflow', async () => {
		for (const [number, ready] of [
			['10', '4'],
			['11', '2'],
		] as const) {
			await page.goto(`${house.n8n.url}/workflow/${house.workflow(number).id}`);
			const opened = page.waitForEvent('popup');
			await page.locator('[data-test-id=execute-workflow-button]').click();
			const popup = await opened;
			await popup.getByText('How it adds up').waitFor();
			assert.equal(await popup.locator('[data-count=ready]').innerText(), ready);
			await popup.close();
		}
	});
});

describe('Active partners to Mediarails', () => {
	it('makes a file for each brand, equal to the report', async () => {
		const house = await theHouse();
		const execution = await run(house, [
			'Acme Shoes = mr-publisher-report',
			'Acme Bags = mr-publisher-report',
		]);
		execution.assertSucceeded();
		const files = execution.items('Mediarails CSV');
		assert.deepEqual(
			files.map(({ json }) => json.brand),
			['Acme Shoes', 'Acme Bags'],
		);
		const report = await activePartners(house);
		assert.ok(report.size > 10);
		for (const { json, binary } of files) {
			const content = await house.client.executions.file(binary!.data!);
			const rows = rowsOf({ name: '', content });
			assert.equal(json.rejected, 0);
			assert.deepEqual(
				new Map(rows.map((row) => [row['Network Publisher ID']!, row.Name!])),
				report,
			);
			assert.ok(rows.every((row) => row.Brand === json.brand && row.Network === 'LinkShare'));
			assert.ok(rows.every((row) => row['Publisher Group'] !== 'null'));
		}
		const noted = await house.client.dataTables.rows(FILES_TABLE);
		assert.deepEqual(
			noted.map(({ brand, ready }) => [brand, ready]),
			[
				['Acme Shoes', report.size],
				['Acme Bags', report.size],
			],
		);
	});

	it('names a column that the report lacks, and makes nothing', async () => {
		const house = await theHouse();
		const columns = '# of Clicks,# of Impressions,Publisher Group Name,Publisher ID,Publisher Name';
		const saved = await fetch(`${house.sandbox.controlUrl}reports/five-columns`, {
			method: 'PUT',
			body: JSON.stringify({ columns: columns.split(','), level: 'aggregate', side: 'advertiser' }),
		});
		assert.equal(saved.status, 200);
		const before = await house.client.dataTables.count(FILES_TABLE);
		const execution = await run(house, ['Acme Shoes = five-columns']);
		assert.equal(execution.status, 'error');
		const { message, description } = execution.error!;
		assert.match(`${message} ${description}`, /Publisher URL/);
		assert.equal(await house.client.dataTables.count(FILES_TABLE), before);
	});
});

/** Runs workflow 12 for these brands, with an advertiser's token. */
async function run({ client, sandbox, workflow }: House, brands: string[]): Promise<Execution> {
	const name = 'Advertiser';
	const known = (await client.credentials.list()).find((each) => each.name === name);
	const credential =
		known ??
		(await client.credentials.create({
			name,
			type: 'rakutenReportingApi',
			data: { ...credentialData(sandbox, sandbox.advertiserToken), siteId: '', siteName: '' },
		}));
	const own = withReportingCredential(workflow('12'), credential);
	await client.workflows.save({
		...own,
		nodes: own.nodes.map((node) =>
			node.name === 'Settings' ? withValue(node, 'brands', brands.join('\n')) : node,
		),
	});
	return await client.executions.run(own.id, { trigger: 'Make the files now' });
}

function withValue<Node extends { parameters: Record<string, unknown> }>(
	node: Node,
	field: string,
	value: string,
): Node {
	const { assignments } = node.parameters.assignments as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	const changed = assignments.map((each) => (each.name === field ? { ...each, value } : each));
	return { ...node, parameters: { ...node.parameters, assignments: { assignments: changed } } };
}

/** Names of the partners in the sandbox's report of all days, by their ID. */
async function activePartners({ sandbox }: House): Promise<Map<string, string>> {
	const url = new URL(sandbox.getApiUrl('mr-publisher-report'));
	const today = new Date();
	const day = (date: Date) => date.toISOString().slice(0, 10);
	url.searchParams.set('start_date', day(new Date(today.getTime() - 29 * 86_400_000)));
	url.searchParams.set('end_date', day(today));
	const answer = await fetch(url);
	assert.equal(answer.status, 200);
	const rows = rowsOf({ name: '', content: await answer.text() });
	return new Map(rows.map((row) => [row['Publisher ID']!, row['Publisher Name']!]));
}

function bothExports(options: PublisherExportOptions): Record<string, Upload> {
	return {
		'Publisher Overview': {
			name: 'Publisher Overview.csv',
			content: publisherExportFile('overview', options),
		},
		'My Publishers': {
			name: 'My Publishers.csv',
			content: publisherExportFile('myPublishers', options),
		},
	};
}

/** Every publisher of the import has what the exports say, by Site ID. */
function assertEqualToExports(
	ready: readonly Row[],
	options: PublisherExportOptions,
	brand: string,
): void {
	const exports = bothExports(options);
	const overview = bySiteId(rowsOf(exports['Publisher Overview']!));
	const mine = bySiteId(rowsOf(exports['My Publishers']!));
	for (const row of ready) {
		const id = row['Network Publisher ID']!;
		const [one, contradiction] = overview.get(id) ?? [];
		const [other] = mine.get(id) ?? [];
		assert.ok(one ?? other, id);
		// Two different rows of the overview are both rejected, so that only My Publishers counts.
		const isAlone = contradiction && contradiction['Publisher Name'] !== one!['Publisher Name'];
		assert.equal(row['Primary Contact Email'], isAlone ? '' : (one?.Email ?? ''));
		assert.equal(row['Publisher Group'], other?.Group ?? '');
		assert.equal(row.Categories, other?.['Publisher Categories'] ?? '');
		assert.equal(row.Name, (isAlone ? other : (one ?? other))!['Publisher Name']);
		assert.equal(row.Brand, brand);
		assert.equal(row.Network, 'LinkShare');
	}
	assert.equal(new Set(ready.map((row) => row['Network Publisher ID'])).size, ready.length);
}

function bySiteId(rows: readonly Row[]): Map<string, Row[]> {
	const found = new Map<string, Row[]>();
	for (const row of rows) {
		const id = row['Site ID']!;
		found.set(id, [...(found.get(id) ?? []), row]);
	}
	return found;
}

/** As a person corrects them: a number where there was none, one of two rows kept. */
function correctedRows(rejected: readonly Row[]): Row[] {
	const kept = new Map<string, Row>();
	for (const [index, row] of rejected.entries()) {
		const siteId = /^\d+$/.test(row['Site ID']!) ? row['Site ID']! : String(8_000_000 + index);
		kept.set(siteId, { ...row, 'Site ID': siteId });
	}
	return [...kept.values()];
}

function rowsOf({ content }: Upload): Row[] {
	const buffer = Buffer.from(content);
	const isUtf16 = buffer[0] === 0xff && buffer[1] === 0xfe;
	const text = buffer.toString(isUtf16 ? 'utf16le' : 'utf8');
	const delimiter = text.slice(0, text.indexOf('\n')).includes(';') ? ';' : ',';
	return parse(text, { columns: true, bom: true, delimiter });
}

function csvOf(rows: readonly Row[], delimiter: string): string {
	const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
	const lines = [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))];
	return lines.map((cells) => `${cells.map(cell).join(delimiter)}\r\n`).join('');
}

/** The values of a rejected row, without its position. */
function withoutPlace({ 'Failure Reason': _, 'Line Number': __, ...values }: Row): string {
	return JSON.stringify(values);
}

const withoutApostrophe = (text: string) => text.replace(/^'(?=[=+\-@])/, '');
