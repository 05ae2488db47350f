import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { knownColumn } from '../../../rakuten/report/columns';
import { csv, decode, signatureHeader, signatureRow } from './decoding.mts';

const header =
	'Transaction ID,MID,Advertiser Name,Order ID,Transaction Date,Process Date,Network,Currency,Sales,# of Items,Total Commission';
const line = (id: string, sales = '10.00', commission = '1.00', currency = 'USD') =>
	`${id},7,Shop,O-${id},2/22/26,2/23/26,US Network,${currency},${sales},1,${commission}`;
const ids = (text: string) => decode(text).rows.map(({ lineId }) => lineId);
const many = (count: number, from = 1) =>
	Array.from({ length: count }, (_unused, index) => line(`T${from + index}`));

describe('blank lines and further headers', () => {
	it.each([1, 2, 5, 9, 10, 11, 12, 20, 50])(
		'§10.5 %i rows, a blank line and the same header again: all rows are kept',
		(count) => {
			for (const blank of ['', ',,,,,,,,,,', '  ']) {
				const text = csv(header, ...many(count), blank, header, line('Z'));
				expect(decode(text)).toMatchObject({ read: count + 1, kept: count + 1, rejected: 0 });
			}
		},
	);

	it.each([1, 2, 9, 10, 11, 30])(
		'§10.5 a summary block behind %i rows is rejected, and takes the place of none',
		(count) => {
			for (const summary of [
				['Total Sales,Total Commission', '30.00,3.00'],
				['Sales,Total Commission,Currency', '30.00,3.00,USD'],
				['Summary', 'Sales,Total Commission', '30.00,3.00'],
			]) {
				const found = decode(csv(header, ...many(count), '', ...summary));
				expect(found).toMatchObject({
					kept: count,
					read: count + summary.length,
					rejected: summary.length,
				});
				expect(found.rejectedRows[0].line).toBe(count + 3);
			}
		},
	);

	it.each([1, 5, 20])('§10.5 %i rows, then as many columns under another header', (count) => {
		const other = header.replace('Transaction ID', 'Offer ID').replace('Sales', 'Gross Sales');
		const found = decode(csv(header, ...many(count), '', other, line('X'), '', header, line('Z')));
		expect(found).toMatchObject({ kept: count + 1, rejected: 2 });
	});

	it('§10.5 rejects the rows of a table before the header, and counts the lines of a summary', () => {
		const wider = `${header},SKU`;
		const before = ['Transaction ID,Something', 'T1,5.00', 'T2,6.00', 'Total,11.00', ''];
		const found = decode(csv(...before, wider, `${line('A')},S`));
		expect(found).toMatchObject({ read: 4, kept: 1, rejected: 3, totalRows: 0 });
		expect(found.rejectedRows.map((row) => [row.line, row.reason])).toEqual(
			[2, 3, 4].map((at) => [at, "This row comes before the report's header"]),
		);
		const summary = [
			'Signature Orders',
			'March 2026',
			'Sales,Currency',
			'11.00,USD',
			'Clicks,7',
			'',
		];
		const behind = decode(csv(...summary, header, line('A')));
		expect(behind).toMatchObject({ read: 1, kept: 1, rejected: 0, totalRows: 4 });
		const shop = decode(csv('T1,Shop,5.00', '', header, line('A')));
		expect(shop).toMatchObject({ read: 2, kept: 1, rejected: 1, totalRows: 0 });
	});

	it('§10.5 counts every line that is not blank and no header, whatever comes first', () => {
		const narrow = 'Transaction ID,Sales';
		const figures = 'Sales,Total Commission';
		const piece = fc.constantFrom(
			'',
			',,,',
			narrow,
			figures,
			'Title',
			'Clicks,7',
			'T1,5.00',
			'5.00,1.00',
			'a,b,c',
		);
		fc.assert(
			fc.property(
				fc.array(piece, { maxLength: 9 }),
				fc.integer({ min: 1, max: 99 }),
				(before, size) => {
					const found = decode(csv(...before, '', header, line('A')), {}, size);
					// More lines than a summary has, and the first of them not a header: the answer is taken for a text.
					if (found.words !== undefined) return;
					const seen = new Set(['', ',,,', narrow, figures]);
					const others = before.filter((text) => !seen.has(text)).length;
					expect(found.read + found.totalRows).toBeGreaterThanOrEqual(others + 1);
					expect(found.read).toBe(found.kept + found.rejected);
				},
			),
		);
	});

	it('§10.5 takes the same header for no row, with a blank line before it or not', () => {
		expect(ids(csv(header, line('A'), header, line('B')))).toEqual(['A', 'B']);
		expect(ids(csv('', header, '', line('A'), '', '', line('B'), ''))).toEqual(['A', 'B']);
		expect(ids(csv(header, line('A'), '', header.toUpperCase(), line('B')))).toEqual(['A', 'B']);
	});

	it('§10.5 counts every row, wherever blank lines and headers stand, in chunks of any size', () => {
		const piece = fc.constantFrom('', ',,,', header, 'row');
		fc.assert(
			fc.property(
				fc.array(piece, { maxLength: 40 }),
				fc.integer({ min: 1, max: 99 }),
				(all, size) => {
					let rows = 0;
					const lines = all.map((text) => (text === 'row' ? line(`T${(rows += 1)}`) : text));
					const found = decode(csv(header, ...lines), {}, size);
					expect(found).toMatchObject({ read: rows, kept: rows, rejected: 0, totalRows: 0 });
				},
			),
		);
	});
});

describe('totals of a report of order lines', () => {
	it.each([
		'Total,,,,,,,USD,20.00,2,2.00',
		'Total,,,,,,US Network,USD,20.00,2,2.00',
		'Total,,,,,2/28/26,,USD,20.00,2,2.00',
		'Grand Total,,,,,,,,20.00,2,2.00',
		'Subtotal,,,,,,,USD,20.00,2,2.00',
		'Sub-Total:,,,,,,,,20.00,2,2.00',
		'Gesamt,,,,,,,USD,20.00,2,2.00',
		'合計,,,,,,,USD,20.00,2,2.00',
		'Total for February,,,,,,,USD,20.00,2,2.00',
		',,Total,,,,,USD,20.00,2,2.00',
		',,,Total,,,,USD,20.00,2,2.00',
		',,,,Total,,,USD,20.00,2,2.00',
		',,,,,,,USD,20.00,2,2.00',
		'S-1,,,,,,,USD,20.00,2,2.00',
	])('§2.3 %s is a total, last or in the middle', (total) => {
		const last = decode(csv(header, line('A'), line('B'), total));
		expect(last).toMatchObject({ read: 2, kept: 2, rejected: 0, totalRows: 1 });
		const middle = decode(csv(header, line('A'), line('B'), total, line('C'), line('D'), total));
		expect(middle).toMatchObject({ read: 4, kept: 4, rejected: 0, totalRows: 2 });
	});

	it('§2.3 a total that is not the sum is rejected wherever it stands', () => {
		for (const label of ['Total', 'Subtotal', 'Insgesamt', '']) {
			const row = `${label},,,,,,,USD,99.00,2,2.00`;
			const found = decode(csv(header, line('A'), row, line('B')));
			expect(found).toMatchObject({ read: 3, kept: 2, rejected: 1, totalRows: 0 });
			expect(found.rejectedRows[0].line).toBe(3);
		}
	});

	it('§2.3 adds up each currency by itself', () => {
		const rows = [line('A'), line('B', '5.00', '0.50', 'EUR'), line('C')];
		const found = decode(
			csv(header, ...rows, 'Total,,,,,,,USD,20.00,2,2.00', 'Total,,,,,,,eur,5.00,1,0.50'),
		);
		expect(found).toMatchObject({ kept: 3, rejected: 0, totalRows: 2 });
		const mixed = decode(csv(header, ...rows, 'Total,,,,,,,USD,25.00,3,2.50'));
		expect(mixed).toMatchObject({ kept: 3, rejected: 1, totalRows: 0 });
	});

	it('§2.3 one row, rows of zero, and lines of advertisers named Total', () => {
		expect(decode(csv(header, line('A'), 'Total,,,,,,,,10.00,1,1.00'))).toMatchObject({
			kept: 1,
			totalRows: 1,
		});
		expect(decode(csv(header, line('A', '0', '0'), 'Total,,,,,,,,0,1,0'))).toMatchObject({
			kept: 1,
			totalRows: 1,
		});
		for (const name of ['Total', 'Total Wine', 'Summe']) {
			expect(decode(csv(header, line('A'), line('B').replace('Shop', name)))).toMatchObject({
				kept: 2,
				totalRows: 0,
			});
		}
	});
});

describe('totals of other reports', () => {
	it.each([
		['Advertiser Name,Currency,Sales,Total Commission', 'Total,USD,30,3'],
		['Advertiser Name,Currency,Sales,Total Commission', 'Total USD,,30,3'],
		['Advertiser Name,Currency,Sales,Total Commission', 'Summe:,USD,30,3'],
		['Advertiser Name,Network,Sales,Total Commission', 'Total,US Network,30,3'],
	])('§2.3 %s: %s is a total', (columns, total) => {
		const place = columns.includes('Network') ? 'US Network' : 'USD';
		const rows = [`A,${place},10,1`, `B,${place},20,2`];
		expect(decode(csv(columns, ...rows, total))).toMatchObject({ read: 2, kept: 2, totalRows: 1 });
		expect(decode(csv(columns, ...rows, total, `C,${place},1,1`))).toMatchObject({
			read: 3,
			kept: 3,
			totalRows: 1,
		});
	});

	it.each([
		'Total Wine',
		'Total Gym',
		'TotalEnergies',
		'Totally Bamboo',
		'Summer Shop',
		'Soma.com',
	])('§2.3 keeps the last row of the advertiser %s', (name) => {
		for (const above of [['A,10,1'], ['A,3,1'], ['A,5,0.5', 'B,5,0.5'], []]) {
			const found = decode(csv('Advertiser Name,Sales,Total Commission', ...above, `${name},10,1`));
			expect(found).toMatchObject({ kept: above.length + 1, rejected: 0, totalRows: 0 });
		}
	});

	it('§2.3 a total of zeros is the sum of rows of zero', () => {
		const found = decode(csv('Advertiser Name,Sales,# of Clicks', 'A,0,0', 'B,0,0', 'Total,0,0'));
		expect(found).toMatchObject({ kept: 2, rejected: 0, totalRows: 1 });
	});
});

describe('line IDs', () => {
	it('§10.7 stay what they were', () => {
		expect(ids(csv(header, line('A'), line('A')))).toEqual(['A', 'A#2']);
		expect(ids(csv(signatureHeader, signatureRow, signatureRow))).toEqual([
			'cfbc736a51da1dae04bba64e74e53bfe',
			'cfbc736a51da1dae04bba64e74e53bfe#2',
		]);
	});
});

describe('values that no line depends on', () => {
	const texts = ['N/A', 'nan', 'NaN', '-', '12/31/9999', '0000-00-00', '1/1/0001', '#REF!'];

	it.each(
		[
			'Booking Consumed Date',
			'Order Ship Date',
			'Average Order Value',
			'Earnings Per Click (EPC)',
		].flatMap((column) => texts.map((text): [string, string] => [column, text])),
	)('§2.3 %s "%s": the row is kept, the field is null, and the text is told', (column, text) => {
		const found = decode(csv(`${header},${column}`, `${line('A')},${text}`, `${line('B')},`));
		expect(found).toMatchObject({ kept: 2, rejected: 0, unreadable: 1 });
		expect(found.rows[0].unreadable).toBe(`${column}: ${text}`);
		expect(found.rows[1].unreadable).toBeNull();
		expect(Object.keys(found.rows[0])).toEqual(Object.keys(found.rows[1]));
	});

	it.each([
		['2/22/26', 'N/A'],
		['2/23/26', '0000-00-00'],
		['10.00', 'NaN'],
		['1.00', '-'],
		[',1,', ',N/A,'],
	])('§2.3 a line is rejected if %s is %s', (value, text) => {
		const found = decode(csv(header, line('A').replace(value, text), line('B')));
		expect(found).toMatchObject({ kept: 1, rejected: 1, unreadable: 0 });
	});
});

describe('headers in other spellings', () => {
	it.each([
		['OrderID', 'orderId'],
		['TransactionDate', 'transactionDate'],
		['Total Commission (USD)', 'commission'],
		['Sales (EUR)', 'saleAmount'],
		['No. of Items', 'quantity'],
		['Number of Items', 'quantity'],
		['Earnings Per Click (EPC)', 'earningsPerClick'],
	])('§10.4 %s is the column %s', (spelling, name) => {
		expect(knownColumn(spelling)?.name).toBe(name);
	});
});

describe("zones under the dashboard's names", () => {
	it.each([
		['Australia/Auckland', 'Pacific/Auckland'],
		['America/St_John', 'America/St_Johns'],
	])('§2.1 %s is read as %s, with the same line IDs', (name, zone) => {
		const text = csv(signatureHeader, signatureRow);
		expect(decode(text, { zone: name }).rows).toEqual(decode(text, { zone }).rows);
	});
});

describe('dates with the day first', () => {
	const columns = 'Transaction ID,Transaction Date,Booking Consumed Date,Sales';

	it.each(['22/02/26', '31-1-2026', ' 13/1/26 '])(
		'§2.2 fail the whole report, as %j proves',
		(text) => {
			expect(() => decode(csv(columns, 'T1,01/02/26,,1.00', `T2,${text},,2.00`))).toThrow(
				`The report has dates with the day first, such as "${text.trim()}" in the column "Transaction Date"`,
			);
		},
	);

	it('fail it also where the column may be without a value', () => {
		const header = 'Transaction ID,Signature Match Date,Signature Match Time,Sales';
		expect(() => decode(csv(header, 'T1,22/02/26,06:58:45,1.00'))).toThrow(
			/"Signature Match Date"/,
		);
	});

	it.each(['13/13/26', '0/1/26', '30/02/26', '22.02.26', 'soon'])(
		'are not proven by %s, so only its row is rejected',
		(text) => {
			const { kept, rejected } = decode(csv(columns, 'T1,01/02/26,,1.00', `T2,${text},,2.00`));
			expect([kept, rejected]).toEqual([1, 1]);
		},
	);

	it('are not proven by a date of the advertiser', () => {
		const { rows } = decode(csv(columns, 'T1,01/02/26,22/02/26,1.00'));
		expect(rows[0]).toMatchObject({
			bookingConsumedDate: null,
			unreadable: 'Booking Consumed Date: 22/02/26',
		});
	});
});
