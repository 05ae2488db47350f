import { csv } from '../unit/report/decoding.mts';
import { startHost } from './localHost.mts';
import type { LocalHost } from './localHost.mts';
import { runReport, useSandbox } from './reportNode.mts';

const sandbox = useSandbox({ today: '2026-04-15' });

/** A reporting host that answers whatever is asked for with these texts, one after another. */
let host: LocalHost;
let answers: string[] = [];
let asked: URLSearchParams[] = [];

beforeAll(async () => {
	host = await startHost((request, response) => {
		asked.push(new URL(request.url!, 'http://host').searchParams);
		response.end(answers.length > 1 ? answers.shift() : answers[0]);
	});
});
afterAll(async () => await host.close());
beforeEach(() => void (asked = []));

async function read(parts: string[], parameters = {}, credential = {}) {
	answers = [...parts];
	const run = await runReport(
		sandbox,
		{ startDate: '2026-03-01', endDate: '2026-03-31', ...parameters },
		{
			credential: { baseUrl: host.url, ...credential },
		},
	);
	return { ...run, told: run.hints.map(({ message }) => message).join('\n') };
}

describe('a value that no line depends on', () => {
	it.each([
		['Booking Consumed Date', 'N/A'],
		['Order Ship Date', '12/31/9999'],
		['Average Order Value', 'NaN'],
		['Average Item Value', '-'],
		['Earnings Per Click (EPC)', 'N/A'],
	])('%s %s is null, and told, while its line is kept', async (column, text) => {
		const { rows, rejected, told } = await read([
			csv(`Transaction ID,${column},Sales,Currency`, `T1,${text},5.00,USD`),
		]);
		expect(rejected).toEqual([]);
		expect(rows).toMatchObject([
			{ lineId: 'T1', saleAmount: '5.00', unreadable: `${column}: ${text}` },
		]);
		expect(told).toContain('1 value could not be read and is null; no line depends on them');
	});
});

describe('a report without money', () => {
	it('names the headers that were not understood, and says nothing of currencies', async () => {
		const { told } = await read([
			csv('MID,Bestellnummer,Umsatz,Provision,Währung', '45904,A1,"12,00","1,00",EUR'),
		]);
		expect(told).toContain('Neither Sales nor Total Commission was found');
		expect(told).toContain('Bestellnummer, Umsatz, Provision, Währung');
		expect(told).toContain('Headers are requested in English');
		expect(told).not.toContain('no currency');
	});
});

describe('a zone of the dashboard', () => {
	it.each([
		['Australia/Auckland', '2026-03-01T00:00:00.000+13:00'],
		['America/St_John', '2026-03-01T00:00:00.000-03:30'],
	])(
		'%s in a pasted URL is sent back as it came, and read as what it means',
		async (zone, date) => {
			const url = `${host.url}/en/reports/mine/filters?date_range=this-month&include_summary=N&tz=${encodeURIComponent(zone)}&date_type=transaction&token=${encodeURIComponent(sandbox.token)}`;
			const { rows, error } = await read(
				[csv('Transaction ID,Transaction Date,Transaction Time,Sales', 'T1,3/1/26,00:00:00,5.00')],
				{ report: { __rl: true, mode: 'list', value: 'credential' } },
				{ reportToken: url },
			);
			expect(error).toBeUndefined();
			expect(asked[0]!.get('tz')).toBe(zone);
			expect(rows[0]!.transactionDate).toBe(date);
		},
	);
});

describe('columns that change between two parts of an import', () => {
	it('end it, also where the rows come as items, and are named', async () => {
		const { error, outputs } = await read(
			[
				csv('Transaction ID,Sales,Currency', 'T1,5.00,USD'),
				csv('Order ID,SKU,Sales,Currency', 'A1,S1,5.00,USD'),
			],
			{ startDate: '2026-02-01', options: { daysPerRequest: 31 } },
		);
		expect(outputs.flat()).toEqual([]);
		expect(error!.message).toMatch(/^The columns of the report changed/);
		expect(error!.description).toContain('no longer there: Transaction ID');
		expect(error!.description).toContain('new: Order ID, SKU');
	});

	it('may change places, and be missing where a part only says that it is empty', async () => {
		const { error, rows } = await read(
			[
				csv('Transaction ID,Sales,Currency', 'T1,5.00,USD'),
				csv('No Results Found'),
				csv('Currency,Sales,Transaction ID', 'USD,6.00,T2'),
			],
			{ startDate: '2026-01-01', options: { daysPerRequest: 31 } },
		);
		expect(error).toBeUndefined();
		expect(rows.map(({ lineId }) => lineId)).toEqual(['T1', 'T2']);
	});
});

describe('a report whose rows have no line ID', () => {
	it('has rows that replace those of their day, where it has the day', async () => {
		const { told, rows } = await read([
			csv('Advertiser Name,Transaction Date,Sales,Currency', 'Acme,3/1/26,5.00,USD'),
		]);
		expect(rows[0]).toMatchObject({ replaceByDate: '2026-03-01' });
		expect(told).toContain("Replace stored rows by their 'replaceByDate'");
	});

	it('says what it can be used for, and which column to add, where it has none', async () => {
		const { told, rows } = await read([csv('Advertiser Name,Sales,Currency', 'Acme,5.00,USD')]);
		expect(rows[0]).toMatchObject({ replaceByDate: null });
		expect(told).toContain("'replaceByDate' is null");
		expect(told).toContain('save the report with the column "Transaction Date" too');
		expect(told).not.toContain("Replace stored rows by their 'replaceByDate'");
	});
});
