import {
	signatureOrdersBuffer,
	signatureOrdersHeader,
	signatureOrdersReport,
} from '../../../bench/signatureOrdersReport.mts';
import { oracleRows } from './readCsv.mts';

describe('the generated signature-orders report', () => {
	const report = signatureOrdersBuffer({ rows: 3000, seed: 5 });
	const [header, ...rows] = oracleRows(report);
	const column = (name: string) => rows.map((row) => row[signatureOrdersHeader.indexOf(name)]);

	it('looks like one of the reporting API: BOM, CRLF, its header, the wanted number of rows', () => {
		expect(report.subarray(0, 3)).toEqual(Buffer.of(0xef, 0xbb, 0xbf));
		expect(report.toString().match(/\r?\n/g)).toEqual(Array(3001).fill('\r\n'));
		expect(header).toEqual(signatureOrdersHeader);
		expect(rows.map((row) => row.length)).toEqual(Array(3000).fill(12));
		expect(column('Transaction Date').join()).toMatch(/^(\d{1,2}\/\d{1,2}\/\d\d,?)+$/);
		expect(column('Process Time').join()).toMatch(/^(\d\d:\d\d:\d\d,?)+$/);
		expect(column('Sales').join(';')).toMatch(/^(-?\d{1,3}(,\d{3})*\.\d\d;?)+$/);
	});

	it('has what makes such a report hard: corrections, lines of one order, no sub-ID', () => {
		const orders = column('Order ID');
		expect(column('Total Commission').some((amount) => amount.startsWith('-'))).toBe(true);
		expect(new Set(orders).size).toBeLessThan(orders.length);
		expect(column('Member ID (U1)').some((subId) => subId === '')).toBe(true);
		expect(column('Advertiser Name').some((name) => /[^\x20-\x7e]/.test(name))).toBe(true);
	});

	it('has quoted fields or none at all', () => {
		const quoted = report
			.toString()
			.split('\r\n')
			.filter((line) => line.includes('"'));
		expect(quoted.length / 3000).toBeGreaterThan(0.2);
		expect(signatureOrdersBuffer({ rows: 3000, quoted: false }).includes('"')).toBe(false);
	});

	it('is the same for the same seed, in chunks of whatever size', () => {
		for (const chunkBytes of [1, 1000, 65_536, report.length, 1 << 24]) {
			const chunks = [...signatureOrdersReport({ rows: 3000, seed: 5, chunkBytes })];
			expect(Buffer.concat(chunks).equals(report)).toBe(true);
			expect(chunks.slice(0, -1).every((chunk) => chunk.length === chunkBytes)).toBe(true);
		}
		expect(signatureOrdersBuffer({ rows: 3000, seed: 6 }).equals(report)).toBe(false);
	});

	it('ends with the first row that reaches the size asked for', () => {
		const { length } = signatureOrdersBuffer({ bytes: 100_000 });
		expect(length).toBeGreaterThanOrEqual(100_000);
		expect(length).toBeLessThan(100_200);
		expect(() => [...signatureOrdersReport({})]).toThrow('Give rows or bytes');
	});
});
