import { parse } from 'csv-parse/sync';
import {
	fakeReportToken,
	startSandbox,
	type Sandbox,
	type Settings,
} from '../../../../sandbox/server.mts';
import { raw, reportRows, reportText, reportUrl, sumOf, TODAY } from '../reading.mts';

const ORDERS = 'signature-orders-report';
const ORDERS_HEADER =
	'Member ID (U1),MID,Advertiser Name,Order ID,Transaction Date,Transaction Time,SKU,Sales,' +
	'# of Items,Total Commission,Process Date,Process Time';

let sandbox: Sandbox;
let defaults: Settings;
beforeAll(async () => {
	sandbox = await startSandbox({ today: TODAY, months: 3, requestsPerMinute: 0 });
	defaults = { ...sandbox.changeSettings({}) };
});
afterEach(() => {
	sandbox.changeSettings(defaults);
	sandbox.clearRequests();
});
afterAll(() => sandbox.close());

describe('tokens', () => {
	it('have the anatomy of real ones, and hold nothing but zeros', () => {
		const text = Buffer.from(sandbox.token, 'base64').toString();
		expect(text).toBe(
			`encrypteda:2:{s:5:"Token";s:64:"${'0'.repeat(64)}";s:8:"UserType";s:9:"Publisher";}`,
		);
		expect(sandbox.token.endsWith('==')).toBe(true);
		expect(sandbox.advertiserToken.endsWith('=')).toBe(false);
	});

	it('work encoded once, not encoded twice', async () => {
		const once = encodeURIComponent(sandbox.token);
		expect((await raw(reportUrl(sandbox, ORDERS, {}, once))).status).toBe(200);
		const twice = await raw(reportUrl(sandbox, ORDERS, {}, encodeURIComponent(once)));
		expect(twice.status).toBe(403);
		expect(JSON.parse(twice.body)).toEqual({ message: expect.any(String) });
		expect(sandbox.requests().map(({ tokenEncoding }) => tokenEncoding)).toEqual(['once', 'twice']);
	});

	it.each([
		['missing', '', 400, { errors: [expect.any(String)] }],
		[
			'another',
			encodeURIComponent(fakeReportToken('publisher', 1)),
			403,
			{ message: expect.any(String) },
		],
	])('are refused when %s', async (_, token, status, body) => {
		const answer = await raw(reportUrl(sandbox, ORDERS, {}, token));
		expect(answer.status).toBe(status);
		expect(JSON.parse(answer.body)).toEqual(body);
	});

	it('decide which reports there are', async () => {
		const advertiser = encodeURIComponent(sandbox.advertiserToken);
		expect((await raw(reportUrl(sandbox, 'mr-publisher-report'))).status).toBe(403);
		expect((await raw(reportUrl(sandbox, ORDERS, {}, advertiser))).status).toBe(403);
		const rows = await reportRows(sandbox, 'mr-publisher-report', {}, advertiser);
		expect(Object.keys(rows[0]!).join()).toBe(
			'# of Clicks,# of Impressions,Publisher Group Name,Publisher ID,Publisher Name,Publisher URL',
		);
		expect(new Set(rows.map((row) => row['Publisher ID'])).size).toBe(rows.length);
	});
});

describe('report keys', () => {
	it('are matched as they are in the path', async () => {
		const key = 'Individual-Item-Report-%2B-Transaction-ID-%2B-Currency';
		expect((await raw(reportUrl(sandbox, key))).status).toBe(200);
		expect((await raw(reportUrl(sandbox, 'reporting-portal%3A-transaction'))).status).toBe(200);
		for (const wrong of [
			key.toLowerCase(),
			key.replaceAll('%2B', '+'),
			key.replaceAll('%2B', '%252B'),
			'no-such-report',
		]) {
			const answer = await raw(reportUrl(sandbox, wrong));
			expect(answer.status).toBe(400);
			expect(JSON.parse(answer.body)).toEqual({ errors: [expect.any(String)] });
		}
	});

	it('all have an answer', async () => {
		const { reports } = await (await fetch(sandbox.controlUrl)).json();
		expect(reports.length).toBeGreaterThan(14);
		for (const key of reports) {
			const token = key === 'mr-publisher-report' ? sandbox.advertiserToken : sandbox.token;
			const rows = await reportRows(sandbox, key, {}, encodeURIComponent(token));
			expect(rows.length).toBeGreaterThan(1);
		}
	});
});

describe('filters', () => {
	it.each([
		['start_date', '2026-02-30'],
		['end_date', '3/1/2026'],
		['end_date', '2020-01-01'],
		['tz', 'Mars/Olympus'],
		['tz', '+02:00'],
		['network', '2'],
		['network', '1,3'],
		['date_type', 'posted'],
		['date_range', 'for-ever'],
		['include_summary', 'yes'],
	])('%s=%s is refused', async (name, value) => {
		const answer = await raw(reportUrl(sandbox, ORDERS, { [name]: value }));
		expect(answer.status).toBe(400);
		expect(JSON.parse(answer.body).errors[0]).toContain(name);
	});

	it('take the presets of the dashboard', async () => {
		const preset = await reportText(sandbox, ORDERS, { date_range: 'last-7-days' });
		expect(preset).toBe(await reportText(sandbox, ORDERS, { start_date: '2026-03-12' }));
	});

	it('take several networks', async () => {
		const rows = await reportRows(sandbox, 'earnings-recommended', { network: [3, 41] });
		expect([...new Set(rows.map((row) => row.Network))].sort()).toEqual([
			'Australia',
			'United Kingdom',
		]);
	});
});

describe('the text of a report', () => {
	it('has a byte order mark, CRLF, the documented header, and plain dates', async () => {
		const text = await reportText(sandbox, ORDERS, {
			start_date: '2026-02-01',
			end_date: '2026-02-03',
		});
		expect(text.startsWith(`\uFEFF${ORDERS_HEADER}\r\n`)).toBe(true);
		expect(text.endsWith('\r\n')).toBe(true);
		expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
		expect(text).toMatch(/,2\/1\/26,\d\d:\d\d:\d\d,/);
		expect((await reportText(sandbox, 'individual-item-report')).split('\r\n')[0]).toBe(
			'\uFEFFOrder ID,Transaction Date,Transaction Time,MID,Advertiser Name,SKU,Product Name,' +
				'Sales,# of Items,Total Commission',
		);
	});

	it('has the twenty columns QUANTI asks for', async () => {
		const [header] = parse(await reportText(sandbox, 'quanti-report'), { bom: true });
		expect(header).toHaveLength(20);
		expect(header).toEqual(expect.arrayContaining(['# of orders', 'Sub-Publihser ID', 'Link Id']));
	});

	it('puts a summary block before the header when asked to', async () => {
		const text = await reportText(sandbox, ORDERS, { network: 3, include_summary: 'Y' });
		const [, labels, totals, blank, header] = text.split('\r\n');
		const [sales] = parse(totals!)[0]!;
		expect([labels, blank, header]).toEqual([
			'Sales,# of Items,Total Commission',
			'',
			ORDERS_HEADER,
		]);
		const ledger = sandbox.ledger.totals({ from: '2025-03-19', networks: [3] });
		expect(sumOf([sales!])).toBe(ledger.totals[0]!.sales);
	});

	it.each([
		['header', `\uFEFF${ORDERS_HEADER}\r\n`],
		['noResultsRow', `\uFEFF${ORDERS_HEADER}\r\nNo Results Found\r\n`],
		['noResultsPadded', `\uFEFF${ORDERS_HEADER}\r\nNo Results Found,,,,,,,,,,,\r\n`],
		['noResultsOnly', '\uFEFFNo Results Found\r\n'],
	] as const)('is empty as %s', async (emptyAs, text) => {
		sandbox.changeSettings({ emptyAs });
		expect(await reportText(sandbox, ORDERS, { network: 8 })).toBe(text);
	});

	it('is the header alone for a range in the future', async () => {
		const future = { start_date: '2030-01-01', end_date: '2030-01-02' };
		expect(await reportText(sandbox, ORDERS, future)).toBe(`\uFEFF${ORDERS_HEADER}\r\n`);
	});

	it.each([
		['total', /^Total,,,,,,,"?[\d,.]+"?,/],
		['blank', /^,,,,,,,"?[\d,.]+"?,/],
	] as const)('can end with sums, first cell %s', async (totalRow, shape) => {
		sandbox.changeSettings({ totalRow });
		expect((await reportText(sandbox, ORDERS)).split('\r\n').at(-2)).toMatch(shape);
	});

	it('can be worded otherwise', async () => {
		sandbox.changeSettings({ thousands: false, missingAs: 'null', yearDigits: 4, bom: false });
		const text = await reportText(sandbox, ORDERS);
		expect(text.startsWith('Member')).toBe(true);
		expect(text).not.toMatch(/"\d+,\d{3}\./);
		expect(text).toMatch(/\r\nnull,/);
		expect(text).toMatch(/,1\/\d\/2026,/);
		expect(await reportText(sandbox, ORDERS, { date_format: 'm-d-yy' })).toMatch(/,1-\d-2026,/);
	});

	it('names networks as it is set to', async () => {
		const styles = ['name', 'id', 'idAndName'] as const;
		const shown = [];
		for (const networkStyle of styles) {
			sandbox.changeSettings({ networkStyle });
			const [row] = await reportRows(sandbox, 'earnings-recommended', { network: 9 });
			shown.push(row!.Network);
		}
		expect(shown).toEqual(['Germany', '9', '9 - Germany']);
	});

	it('can come in another order with the same rows', async () => {
		const plain = (await reportText(sandbox, ORDERS)).split('\r\n');
		sandbox.changeSettings({ rowOrder: 'shuffled' });
		const shuffled = (await reportText(sandbox, ORDERS)).split('\r\n');
		expect(shuffled).not.toEqual(plain);
		expect([...shuffled].sort()).toEqual([...plain].sort());
	});

	it('can hold line breaks inside quotes', async () => {
		sandbox.changeSettings({ lineBreaksInNames: true });
		const rows = await reportRows(sandbox, 'individual-item-report');
		expect(rows.some((row) => row['Product Name']!.includes('\n'))).toBe(true);
	});

	it('has other headers, dates and decimals in another language', async () => {
		const url = reportUrl(sandbox, ORDERS, { start_date: '2026-01-20', end_date: '2026-01-31' });
		const { body } = await raw(url.replace('/en/', '/fr/'));
		expect(body).toContain('ID de commande');
		expect(body).toMatch(/,3[01]\/1\/26,/);
		expect(body).toMatch(/"\d+,\d\d"/);
		expect((await raw(url.replace('/en/', '/xx/'))).status).toBe(400);
	});

	it('says its length, unless it is chunked; compressed, the length of the compressed', async () => {
		const plain = await raw(reportUrl(sandbox, ORDERS));
		expect(Number(plain.headers['content-length'])).toBe(Buffer.byteLength(plain.body));
		sandbox.changeSettings({ chunked: true });
		const chunked = await raw(reportUrl(sandbox, ORDERS));
		expect(chunked.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
		expect(chunked.body).toBe(plain.body);
		sandbox.changeSettings({ chunked: false, compress: true });
		const zipped = await fetch(reportUrl(sandbox, ORDERS), {
			headers: { 'accept-encoding': 'gzip' },
		});
		expect(Number(zipped.headers.get('content-length'))).toBeLessThan(plain.body.length / 2);
		expect(`\uFEFF${await zipped.text()}`).toBe(plain.body);
	});
});

describe('saved reports', () => {
	it('have the columns they were saved with, in that order, known or not', async () => {
		const columns = ['Sales', '__proto__', 'SKU Number', 'constructor', 'Total Commissions', 'U1'];
		sandbox.saveReport({ key: 'odd-report', columns });
		const [header, first] = parse(await reportText(sandbox, 'odd-report'), { bom: true });
		expect(header).toEqual(columns);
		expect(first![1]).toBe('sample');
		expect(first![0]).toMatch(/^[\d,]+\.\d\d$/);
	});

	it('can be any of the columns the reporting tool offers', async () => {
		const columns = ['Transaction Week Begin Date', 'Click Through Rate (CTR)', 'Tax Excempt'];
		sandbox.saveReport({ key: 'offered', columns, level: 'aggregate' });
		const [, first] = parse(await reportText(sandbox, 'offered'), { bom: true });
		expect(first).toEqual([expect.stringMatching(/^\d+\/\d+\/\d\d$/), expect.any(String), '']);
	});
});

describe('anything else', () => {
	it('is not found, or not allowed', async () => {
		expect((await raw(`${sandbox.url}/en/reports/${ORDERS}`)).status).toBe(404);
		const posted = await fetch(reportUrl(sandbox, ORDERS), { method: 'POST' });
		expect(posted.status).toBe(405);
	});
});
