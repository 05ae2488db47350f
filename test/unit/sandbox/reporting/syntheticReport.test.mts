import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { parse } from 'csv-parse/sync';
import { startSandbox, type Sandbox } from '../../../../sandbox/server.mts';
import {
	syntheticReport,
	syntheticTotals,
} from '../../../../sandbox/reporting/syntheticReport.mts';
import { reportRows, reportUrl, sumOf, TODAY } from '../reading.mts';

const KEY = 'signature-orders-report';
const RANGE = { from: '2026-02-01', to: '2026-02-28' };

describe('a made-up report', () => {
	it.each([true, false])('has its totals, quoted fields: %s', (quotes) => {
		const text = [...syntheticReport({ rows: 5000, ...RANGE, quotes })].join('');
		const rows: Array<Record<string, string>> = parse(text, { columns: true });
		expect(syntheticTotals(5000)).toEqual({
			rows: rows.length,
			sales: sumOf(rows.map((row) => row.Sales!)),
			commission: sumOf(rows.map((row) => row['Total Commission']!)),
		});
		expect(text.includes('"')).toBe(quotes);
		expect(new Set(rows.map((row) => row['Order ID'])).size).toBe(5000);
		expect(rows[0]!['Transaction Date']).toBe('2/1/26');
		expect(rows.at(-1)!['Transaction Date']).toBe('2/28/26');
	});

	it('has about 115 bytes per row', () => {
		const pieces = syntheticReport({ rows: 100_000, ...RANGE, quotes: true });
		let bytes = 0;
		for (const piece of pieces) bytes += Buffer.byteLength(piece);
		expect(bytes / 100_000).toBeGreaterThan(105);
		expect(bytes / 100_000).toBeLessThan(125);
	});
});

describe('a sandbox told to make rows up', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ today: TODAY, months: 1, requestsPerMinute: 0 });
	});
	afterAll(() => sandbox.close());

	it('streams that many, in that report alone, and none for the future', async () => {
		sandbox.changeSettings({ syntheticRows: 3000 });
		expect(await reportRows(sandbox, KEY)).toHaveLength(3000);
		expect(sandbox.requests().at(-1)).toMatchObject({ rows: 3000, end: 'complete' });
		const { rows } = sandbox.ledger.totals();
		expect(await reportRows(sandbox, 'earnings-recommended')).toHaveLength(rows);
		const future = { start_date: '2030-01-01', end_date: '2030-01-31' };
		expect(await reportRows(sandbox, KEY, future)).toHaveLength(0);
	});

	it('waits for a slow reader instead of holding the report', async () => {
		sandbox.changeSettings({ syntheticRows: 1_000_000 });
		sandbox.clearRequests();
		const call = get(reportUrl(sandbox, KEY), { agent: false });
		const [response] = (await once(call, 'response')) as [IncomingMessage];
		response.pause();
		await new Promise((done) => setTimeout(done, 300));
		const [entry] = sandbox.requests();
		expect(entry!.bytes).toBeGreaterThan(10_000);
		expect(entry!.bytes).toBeLessThan(20_000_000);
		call.destroy();
		await new Promise((done) => setTimeout(done, 50));
		expect(sandbox.requests()[0]!.end).toBe('left');
	});
});
