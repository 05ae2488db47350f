import { csv, decode, signatureHeader, signatureRow } from './decoding.mts';

const report = (...rows: string[]) => csv(signatureHeader, ...rows);

describe('a signature orders report', () => {
	it('becomes one typed row for each line', () => {
		const { rows, read, kept, rejected, incomplete } = decode(report(signatureRow));
		expect({ read, kept, rejected, incomplete }).toEqual({
			read: 1,
			kept: 1,
			rejected: 0,
			incomplete: undefined,
		});
		expect(rows).toEqual([
			{
				lineId: expect.stringMatching(/^[0-9a-f]{32}$/),
				orderKey: '45904:4000110733',
				kind: 'sale',
				u1: 'click-abc123',
				advertiserId: '45904',
				advertiserName: 'Example Shop',
				orderId: '4000110733',
				transactionDate: '2019-02-22T06:58:45.000Z',
				sku: 'SKU-1',
				saleAmount: '43.17',
				quantity: 1,
				commission: '2.50',
				processDate: '2019-02-22T07:01:00.000Z',
				currency: null,
				currencySource: null,
				network: null,
				networkId: null,
				country: null,
			},
		]);
	});

	it('§10.1 is read with a byte order mark and CRLF, and without', () => {
		const withMark = decode(`\uFEFF${report(signatureRow)}`);
		const withoutMark = decode(report(signatureRow).replaceAll('\r\n', '\n'));
		expect(withMark.rows).toEqual(withoutMark.rows);
		expect(withMark.columns[0].header).toBe('Member ID (U1)');
	});

	it('§2.3 is read the same in chunks of any size', () => {
		const text = `\uFEFF${report(signatureRow, 'é,1,"Ünïcode, ""Shop""",8,2/22/19,06:58:45,S,1,1,1,2/22/19,07:01:00')}`;
		const whole = decode(text, {}, 10_000);
		for (const size of [1, 2, 3, 5, 64]) expect(decode(text, {}, size)).toEqual(whole);
	});

	it('§10.4 is read by header, whatever the order, spelling and number of columns', () => {
		const { rows } = decode(
			csv(
				'SKU Number,total commissions,Quantity,Advertiser ID,ORDER ID, Sales ,Something New',
				'S1,"1,234.50",2,77,0042,5,hello',
			),
		);
		expect(rows[0]).toMatchObject({
			sku: 'S1',
			commission: '1234.50',
			quantity: 2,
			advertiserId: '77',
			orderId: '0042',
			saleAmount: '5',
			somethingNew: 'hello',
			replaceByDate: null,
		});
	});

	it('§10.5 is found after a summary block', () => {
		const summary = csv('Summary', 'Sales,Total Commission', '43.17,2.50', '');
		const plain = decode(report(signatureRow));
		const behind = decode(`\uFEFF${summary}${report(signatureRow)}`);
		expect(behind.rows).toEqual(plain.rows);
		expect(behind).toMatchObject({ read: 1, rejected: 0, totalRows: 2 });
	});

	it('§10.6 is empty if it says No Results Found, alone or in the first column', () => {
		for (const row of ['No Results Found', 'No Results Found,,,,,,,,,,,']) {
			expect(decode(report(row))).toMatchObject({
				read: 0,
				kept: 0,
				rejected: 0,
				incomplete: undefined,
			});
		}
		expect(decode('No Results Found\r\n')).toMatchObject({ read: 0, incomplete: undefined });
		expect(decode(csv(signatureHeader))).toMatchObject({ read: 0, incomplete: undefined });
	});

	it('§10.14 has no sub-ID if u1 is blank, null or <none>', () => {
		for (const u1 of ['', 'null', '<none>', '  ', ' NULL ']) {
			expect(decode(report(signatureRow.replace('click-abc123', u1))).rows[0].u1).toBeNull();
		}
	});

	it('§2.3 has no value if a cell is empty or says null', () => {
		const { rows } = decode(
			report(signatureRow.replace('43.17', 'null').replace('Example Shop', '')),
		);
		expect(rows[0]).toMatchObject({ saleAmount: null, advertiserName: null, kind: 'sale' });
	});

	it.each([
		['1,234.56', '1234.56'],
		['-43.17', '-43.17'],
		['(43.17)', '-43.17'],
		['$43.17', '43.17'],
		['0', '0'],
	])('§2.3 reads the amount %s', (written, exact) => {
		expect(decode(report(signatureRow.replace('43.17', `"${written}"`))).rows[0].saleAmount).toBe(
			exact,
		);
	});

	it.each([
		['2/22/19', '06:58:45'],
		['02/22/2019', '06:58:45'],
		['Fri Feb 22 2019 06:58:45 GMT+0000 (UTC)', ''],
		['2019-02-22T06:58:45.000+0000', ''],
		['2019-02-22/06:58:45', ''],
		['"Feb 22, 2019"', '06:58:45'],
	])('§10.15 reads the date %s %s', (date, time) => {
		const { rows } = decode(report(signatureRow.replace('2/22/19,06:58:45', `${date},${time}`)));
		expect(rows[0].transactionDate).toBe('2019-02-22T06:58:45.000Z');
	});

	it('§10.16 reads two-digit years in US order in the zone that was asked for', () => {
		const { rows } = decode(report(signatureRow.replace('2/22/19,06', '12/1/24,06')), {
			zone: 'America/New_York',
		});
		expect(rows[0].transactionDate).toBe('2024-12-01T06:58:45.000-05:00');
	});

	it('§10.19 keeps order ids as text: commas, slashes, leading zeros', () => {
		for (const id of ['"10,5"', '00042', 'A/7', '1e5']) {
			const { rows } = decode(report(signatureRow.replace('4000110733', id)));
			expect(rows[0].orderId).toBe(id.replaceAll('"', ''));
		}
	});

	it('§10.18 keeps baseline, adjusted and total commission apart', () => {
		const { rows } = decode(
			csv('Order ID,Baseline Commission,Adjusted Commission,Total Commission', '1,1.00,2.00,3.00'),
		);
		expect(rows[0]).toMatchObject({
			baselineCommission: '1.00',
			adjustedCommission: '2.00',
			commission: '3.00',
		});
	});

	it.each([
		'Total,,,,,,,86.34,2,5.00,,',
		',,,,,,,86.34,2,5.00,,',
		'Totals (USD),,,,,,,86.34,,5.00,,',
	])('§2.3 skips the total row %s, and counts it', (total) => {
		const { read, totalRows } = decode(report(signatureRow, signatureRow, total));
		expect({ read, totalRows }).toEqual({ read: 2, totalRows: 1 });
	});

	it('§2.3 also skips a total row that sums an unknown column', () => {
		const { read, totalRows } = decode(
			csv(
				'Advertiser Name,# of Clicks,Bonus Paid,Sales',
				'A,1,1.00,5.00',
				'B,5,1.00,15.00',
				'Total,6,2.00,20.00',
			),
		);
		expect({ read, totalRows }).toEqual({ read: 2, totalRows: 1 });
	});

	it('§2.3 does not take a row for a total if it is not the last', () => {
		const rows = [
			',120,43.17,2.50',
			'null,7,9.00,1.00',
			'<none>,7,1.00,1.00',
			'total,1,1.00,1.00',
			'a,1,2.00,1.00',
		];
		const header = 'Member ID (U1),# of Clicks,Sales,Total Commission';
		const { read, kept, totalRows } = decode(csv(header, ...rows));
		expect({ read, kept, totalRows }).toEqual({ read: 5, kept: 5, totalRows: 0 });
	});

	it('§2.3 hands on a total that does not add up, as rejected', () => {
		const wrong = decode(report(signatureRow, 'Total,,,,,,,43.18,1,2.50,,'));
		expect(wrong).toMatchObject({ read: 2, kept: 1, rejected: 1, totalRows: 0 });
		expect(wrong.rejectedRows[0].reason).toContain('not the sum');
	});

	it('§2.3 does not add up averages, nor orders counted once', () => {
		const header = 'Advertiser Name,# of Orders,Sales,Earnings Per Click (EPC)';
		const { read, totalRows } = decode(
			csv(header, 'A,1,100.00,10.00', 'B,1,300.00,30.00', 'Total,1,400.00,20.00'),
		);
		expect({ read, totalRows }).toEqual({ read: 2, totalRows: 1 });
	});

	it('§2.3 drops no line without a sub-ID that looks like a total by chance', () => {
		const header = 'Member ID (U1),# of Clicks,Sales,Total Commission';
		expect(decode(csv(header, 'abc,1,0,0.00', ',1,0,0.00'))).toMatchObject({ read: 2, kept: 2 });
		expect(decode(csv(header, ',0,0,0.00'))).toMatchObject({ read: 1, kept: 1 });
		const unclear = decode(csv(header, 'a,1,1.00,0.10', 'b,2,2.00,0.20', ',3,3.00,0.30'));
		expect(unclear).toMatchObject({ read: 3, kept: 2, rejected: 1 });
		expect(unclear.rejectedRows[0].reason).toContain('by chance');
	});

	it('§10.5 does not take data after a blank line for a header', () => {
		const { rows } = decode(csv('Product Category,Sales', 'Shoes,1.00', '', 'Device,12.00'));
		expect(rows).toHaveLength(2);
		expect(rows[1]).toMatchObject({ productCategory: 'Device', saleAmount: '12.00' });
	});

	it('judges no row that may be cut off', () => {
		const { rejectedRows, incomplete } = decode(`${report(signatureRow)}click,459`);
		expect(incomplete).toBe('noLastLineEnd');
		expect(rejectedRows).toEqual([]);
	});

	it("§10.4 prefers the dashboard's own name of a column to another spelling", () => {
		const { rows } = decode(csv('Order ID,Commission,Total Commission', '1,1.00,2.00'));
		expect(rows[0]).toMatchObject({ commission: '2.00', commission2: '1.00' });
	});

	it('§2.7 takes the empty value after a trailing comma', () => {
		const { rows, rejected } = decode(csv(`${signatureHeader},`, `${signatureRow},`));
		expect(rejected).toBe(0);
		expect(rows[0].orderId).toBe('4000110733');
		expect(decode(report(`${signatureRow},`)).rejected).toBe(0);
	});
});

describe('unknown columns', () => {
	it('are kept, also under the names of the object prototype', () => {
		const { rows } = decode(
			csv('Order ID,__proto__,constructor,toString,,#,Sales,Sales', '1,a,b,c,d,e,5.00,6.00'),
		);
		expect(rows[0]).toMatchObject({
			orderId: '1',
			proto: 'a',
			constructor2: 'b',
			column5: 'd',
			column6: 'e',
			saleAmount: '5.00',
			sales: '6.00',
		});
		expect(Object.getPrototypeOf(rows[0])).toBe(Object.prototype);
		expect(Object.values(rows[0])).toContain('c');
	});

	it("keep every value under the report's own headers, too", () => {
		const { rows } = decode(
			csv('Order ID,__proto__,constructor,,Sales,Sales', '1,a,b,d,5.00,6.00'),
			{ fieldNames: 'report' },
		);
		expect(Object.keys(rows[0])).toHaveLength(7);
		expect(Object.values(rows[0])).toEqual(
			expect.arrayContaining(['1', 'a', 'b', 'd', '5.00', '6.00']),
		);
		expect(Object.getPrototypeOf(rows[0])).toBe(Object.prototype);
	});

	it('never take the name of a field of the package', () => {
		const { rows } = decode(csv('Order ID,Line ID,Kind,Country,Sales', '1,x,y,z,1.00'));
		expect(rows[0]).toMatchObject({
			lineId: null,
			kind: 'sale',
			lineId2: 'x',
			kind2: 'y',
			country2: 'z',
		});
	});
});

describe("rows that can't be read", () => {
	it.each([
		['too few values', 'a,b,c', '3 values where the header has 12'],
		['too many values', `${signatureRow},x,y`, '14 values where the header has 12'],
		['an amount', signatureRow.replace('43.17', 'abc'), '"abc" in column "Sales"'],
		[
			'an ambiguous amount',
			signatureRow.replace('43.17', '"1.234,56"'),
			'"1.234,56" in column "Sales"',
		],
		['a count', signatureRow.replace(',1,2.50', ',one,2.50'), '"one" in column "# of Items"'],
		[
			'a date',
			signatureRow.replace('2/22/19,06', '2/30/19,06'),
			'"2/30/19" in column "Transaction Date"',
		],
		[
			'a time',
			signatureRow.replace('06:58:45', '26:58:45'),
			'"2/22/19" in column "Transaction Date"',
		],
		['no order', signatureRow.replace('4000110733', ''), 'lacks a value that identifies it'],
	])('%s: rejected with line and reason, the others kept', (_what, row, reason) => {
		const { read, kept, rejected, rejectedRows } = decode(report(signatureRow, row, signatureRow));
		expect({ read, kept, rejected }).toEqual({ read: 3, kept: 2, rejected: 1 });
		expect(rejectedRows[0].line).toBe(3);
		expect(rejectedRows[0].reason).toContain(reason);
	});

	it('keep all their values, named by header', () => {
		const [rejected] = decode(csv('Order ID,__proto__,Sales', '1,p,x'), {}).rejectedRows;
		expect(Object.entries(rejected.values)).toEqual([
			['Order ID', '1'],
			['__proto__ (2)', 'p'],
			['Sales', 'x'],
		]);
		const [long] = decode(csv('Order ID,Sales', '1,2,3,4')).rejectedRows;
		expect(long.values).toEqual({ 'Order ID': '1', Sales: '2', 'extra 1': '3', 'extra 2': '4' });
	});

	it('are identified by the line on which they start, quoted line ends counted', () => {
		const { rejectedRows } = decode(
			report(
				signatureRow.replace('Example Shop', '"Example\r\nShop"'),
				signatureRow.replace('43.17', 'x'),
			),
		);
		expect(rejectedRows[0].line).toBe(4);
	});
});

describe('answers that did not arrive whole', () => {
	it.each([
		['§2.3 an open quote', `${report(signatureRow)}"abc`, 'openQuote'],
		['§2.3 no last line end', report(signatureRow).trimEnd(), 'noLastLineEnd'],
		['§2.3 nothing at all', '', 'noHeader'],
	])('%s', (_what, text, incomplete) => {
		expect(decode(text).incomplete).toBe(incomplete);
	});
});

describe('currency and network', () => {
	const withColumns = csv('Order ID,Sales,Currency,Network', '1,5.00,usd,US Network', '2,5.00,,3');

	it("§10.17 come from the report's own columns first", () => {
		const { rows } = decode(withColumns, { currencies: new Map([[3, 'GBP']]) });
		expect(rows[0]).toMatchObject({
			currency: 'USD',
			currencySource: 'report',
			networkId: 1,
			country: 'United States',
		});
		expect(rows[1]).toMatchObject({
			currency: 'GBP',
			currencySource: 'setting',
			networkId: 3,
			country: 'United Kingdom',
		});
	});

	it('§10.17 come from the network that was asked for, and the setting for it', () => {
		const { rows } = decode(report(signatureRow), {
			network: { id: 5, country: 'Canada', countryCode: 'CA', name: 'Canada Network' },
			currencies: new Map<number | 'any', string>([
				[5, 'CAD'],
				['any', 'USD'],
			]),
		});
		expect(rows[0]).toMatchObject({
			currency: 'CAD',
			currencySource: 'setting',
			network: 'Canada Network',
			networkId: 5,
			country: 'Canada',
		});
	});

	it('§10.17 are null if nothing names them', () => {
		expect(decode(report(signatureRow)).rows[0]).toMatchObject({
			currency: null,
			currencySource: null,
			network: null,
		});
	});

	it("§10.30 carry the site of the credential, unless the report names each row's site", () => {
		const site = { siteId: '3771737', siteName: 'Blog' };
		expect(decode(report(signatureRow), site).rows[0]).toMatchObject(site);
		const { rows } = decode(csv('Order ID,Site ID,Sales', '1,1112223,5.00'), site);
		expect(rows[0]).toMatchObject({ siteId: '1112223', siteName: 'Blog' });
	});
});

describe('kind', () => {
	it.each([
		['5.00', '1', '0.50', 'sale'],
		['-5.00', '1', '-0.50', 'correction'],
		['0.00', '1', '-0.50', 'correction'],
		['5.00', '-1', '0.50', 'correction'],
		['0', '1', '0.00', 'zero'],
		['-0.00', '1', '0', 'zero'],
		['5.00', '1', '0.00', 'zero'],
		['5.00', '1', '', 'zero'],
		['0', '1', '0.10', 'sale'],
	])('§10.10 sales %s, items %s, commission %s is a %s', (sales, items, commission, kind) => {
		const row = signatureRow.replace('43.17,1,2.50', [sales, items, commission].join(','));
		expect(decode(report(row)).rows[0].kind).toBe(kind);
	});
});

describe('aggregates', () => {
	it('have no line id and are replaced by the day of the date that was asked about', () => {
		const text = csv('Transaction Date,# of Clicks,Order ID,Sales', '3/4/26,12,1,5.00');
		const { rows, identity } = decode(text, { dateType: 'transaction' });
		expect(identity).toBe('none');
		expect(rows[0]).toMatchObject({
			lineId: null,
			replaceByDate: '2026-03-04',
			transactionDate: '2026-03-04',
			clicks: 12,
		});
	});
});
