import { startSandbox, type Sandbox } from '../../../../sandbox/server.mts';
import { reportRows, reportText, sumOf, TODAY, type Row } from '../reading.mts';

async function withSandbox<T>(
	options: Parameters<typeof startSandbox>[0],
	use: (sandbox: Sandbox) => Promise<T>,
): Promise<T> {
	const sandbox = await startSandbox({ today: TODAY, requestsPerMinute: 0, ...options });
	try {
		return await use(sandbox);
	} finally {
		await sandbox.close();
	}
}

describe('a seed', () => {
	const textOf = (seed: number) =>
		withSandbox({ seed }, (sandbox) => reportText(sandbox, 'earnings-recommended'));

	it('gives the same report every time', async () => {
		expect(await textOf(7)).toBe(await textOf(7));
	});

	it('gives another report than another seed', async () => {
		expect(await textOf(7)).not.toBe(await textOf(8));
	});

	it('gives a day the same orders, whenever one looks', async () => {
		const day = { start_date: '2026-01-10', end_date: '2026-01-12' };
		const ids = async (today: string) =>
			withSandbox({ today, months: 6 }, async (sandbox) =>
				(await reportRows(sandbox, 'earnings-recommended', day))
					.filter((row) => !row.Sales!.startsWith('-'))
					.map((row) => row['Transaction ID']),
			);
		expect(await ids('2026-02-01')).toEqual(await ids('2026-03-18'));
	});
});

describe('a year of data', () => {
	let sandbox: Sandbox;
	let rows: Row[];
	beforeAll(async () => {
		sandbox = await startSandbox({ today: TODAY, requestsPerMinute: 0 });
		rows = await reportRows(sandbox, 'earnings-recommended');
	});
	afterAll(() => sandbox.close());

	it('is 3,000 to 5,000 lines over six networks and five currencies', () => {
		expect(rows.length).toBeGreaterThan(3000);
		expect(rows.length).toBeLessThan(5000);
		const ledger = sandbox.ledger.totals({ from: '2025-03-19' });
		expect(ledger.totals.map(({ network }) => network)).toEqual([1, 3, 5, 7, 9, 41]);
		expect(ledger.emptyNetworks).toEqual([8, 11]);
		expect(ledger.currencies.map(({ currency }) => currency).join()).toBe('AUD,CAD,EUR,GBP,USD');
		expect(ledger.zeros).toBeGreaterThan(20);
	});

	it('has a transaction ID for every line', () => {
		expect(new Set(rows.map((row) => row['Transaction ID'])).size).toBe(rows.length);
	});

	it('has order ids with commas, slashes, leading zeros, and UUIDs', () => {
		for (const shape of [
			/^W\d+,\d{3}$/,
			/^\d+\/\d+\/\d+$/,
			/^0\d+$/,
			/^[\da-f]{8}-[\da-f-]{27}$/,
		]) {
			expect(rows.some((row) => shape.test(row['Order ID']!))).toBe(true);
		}
	});

	it('has advertisers with commas, quotes and accents, and amounts in thousands', () => {
		for (const shape of [/,/, /"/, /[éàüöÉ]/]) {
			expect(rows.some((row) => shape.test(row['Advertiser Name']!))).toBe(true);
		}
		expect(rows.some((row) => /^-\d,\d{3}\.\d\d$/.test(row.Sales!))).toBe(true);
	});

	it('reverses amounts with new lines of the old order, with a later process date', () => {
		const corrections = rows.filter((row) => row.Sales!.startsWith('-'));
		const sales = new Map(
			rows
				.filter((row) => !row.Sales!.startsWith('-'))
				.map((row) => [`${row.MID} ${row['Order ID']} ${row.SKU}`, row]),
		);
		expect(corrections.length).toBeGreaterThan(100);
		let partial = 0;
		for (const row of corrections) {
			const sale = sales.get(`${row.MID} ${row['Order ID']} ${row.SKU}`)!;
			expect(sale['Transaction ID']).not.toBe(row['Transaction ID']);
			expect(row['Transaction Date']).toBe(sale['Transaction Date']);
			expect(row['Transaction Time']).toBe(sale['Transaction Time']);
			expect(Date.parse(row['Process Date']!)).toBeGreaterThan(Date.parse(sale['Process Date']!));
			expect(row['# of Items']).toBe(sale['# of Items']);
			if (row.Sales !== `-${sale.Sales}`) partial++;
		}
		expect(partial).toBeGreaterThan(10);
		expect(partial).toBeLessThan(corrections.length);
	});

	it('has lines that only the transaction ID tells apart', () => {
		const keys = rows.map(({ 'Transaction ID': _, ...row }) => JSON.stringify(row));
		expect(rows.length - new Set(keys).size).toBeGreaterThan(10);
	});

	it('knows no sub-ID on lines younger than twelve hours, and of some lines never', async () => {
		const u1 = (row: Row) => row['Member ID (U1)']!.replace('null', '');
		const today = rows.filter((row) => row['Process Date'] === '3/18/26');
		expect(
			today
				.filter((row) => !row.Sales!.startsWith('-'))
				.map(u1)
				.join(''),
		).toBe('');
		const older = rows.filter((row) => row['Process Date']!.endsWith('/25'));
		const without = older.filter((row) => u1(row) === '').length / older.length;
		expect(without).toBeGreaterThan(0.05);
		expect(without).toBeLessThan(0.2);
	});

	it('sums up to the same totals in an aggregate report, whose rows the ledger can count', async () => {
		const rows = await reportRows(sandbox, 'quanti-report', { network: 3 });
		const selection = { from: '2025-03-19', to: TODAY, networks: [3] };
		expect(sandbox.ledger.reportRows('quanti-report', selection)).toBe(rows.length);
		const { totals, clicks, impressions } = sandbox.ledger.totals(selection);
		expect(sumOf(rows.map((row) => row['Total Commissions']!))).toBe(totals[0]!.commission);
		expect(sumOf(rows.map((row) => row.Sales!))).toBe(totals[0]!.sales);
		expect(sumOf(rows.map((row) => row['# of Clicks']!))).toBe(String(clicks));
		expect(sumOf(rows.map((row) => row['# of impressions']!))).toBe(String(impressions));
	});

	it('writes missing values as nothing or as null', () => {
		const missing = rows.map((row) => row['Member ID (U1)']);
		expect(missing).toEqual(expect.arrayContaining(['', 'null']));
	});
});

describe('another scale', () => {
	it('multiplies the orders', async () => {
		const small = await withSandbox({ months: 2 }, async (s) => s.ledger.totals().orders);
		const large = await withSandbox(
			{ months: 2, scale: 10 },
			async (s) => s.ledger.totals().orders,
		);
		expect(large / small).toBeGreaterThan(7);
		expect(large / small).toBeLessThan(13);
	});
});
