import fc from 'fast-check';
import { csv, decode, signatureHeader, signatureRow } from './decoding.mts';

const header = 'Transaction ID,MID,Product Name,Order ID,Transaction Date,Sales,Total Commission';
const row = (id: string, product: string, sales: string) =>
	`${id},45904,${product},A-${id},2/22/19,${sales},1.00`;

describe('a quotation mark that is not closed', () => {
	it.each([
		[
			'two lines on',
			'\n',
			[row('T1', '"Cushion 18', '10'), row('T2', 'Vase', '20'), row('T3', 'Rug 6"', '30')],
		],
		['on the next line', '\r\n', [row('T1', '"Cushion 18', '10'), row('T2', 'Rug 6"', '20')]],
		['after a lone CR', '\r', [row('T1', '"Cushion 18', '10'), row('T2', 'Rug 6"', '20')]],
	])('and is closed %s: the row is rejected with its lines', (_, end, rows) => {
		const text = `${[header, row('T0', 'Mug', '5'), ...rows, row('T9', 'Cup', '6')].join(end)}${end}`;
		const { rejectedRows, rows: kept, read } = decode(text);
		expect(kept.map(({ transactionId }) => transactionId)).toEqual(['T0', 'T9']);
		expect(rejectedRows).toMatchObject([
			{
				line: 3,
				reason: `A quotation mark is not closed where it should be: lines 3 to ${2 + rows.length} of the report were read as this one row`,
			},
		]);
		expect(rejectedRows[0].values['Product Name']).toContain('Cushion 18');
		expect(read).toBe(3);
	});

	it('and meets the opening one of another value: the row is rejected with its lines', () => {
		const { rejectedRows, rows } = decode(
			csv(header, row('T1', '"Cushion 18', '10'), row('T2', '"Rug"', '20'), row('T3', 'Cup', '6')),
		);
		expect(rows.map(({ transactionId }) => transactionId)).toEqual(['T3']);
		expect(rejectedRows).toMatchObject([
			{
				line: 2,
				reason:
					'A quotation mark is not closed where it should be: lines 2 to 3 of the report were read as this one row',
			},
		]);
	});

	it('within a quoted value: the row is rejected with its line', () => {
		const { rejectedRows, kept } = decode(csv(header, row('T1', '"5" screen"', '10')));
		expect(kept).toBe(0);
		expect(rejectedRows).toMatchObject([
			{ line: 2, reason: expect.stringContaining('(line 2 of') },
		]);
	});

	it.each([
		['"Cushion,\nred"'],
		['"Cushion\n45904,Vase,A-T2,2/22/19,20,1.00"'],
		['"a\n\nb"'],
		['"a,b,c,d\nb,c,d,e,f,g"'],
		['"a,b,c,d,e\nb,c,d,e,f,g\nb"'],
		['"18"" cushion"'],
		['"plain" '],
	])('is not suspected in %j', (product) => {
		const { rejectedRows, kept } = decode(csv(header, row('T1', product, '10')));
		expect(rejectedRows).toEqual([]);
		expect(kept).toBe(1);
	});

	it('loses no row without a word, wherever it is', () => {
		const products = fc.array(fc.constantFrom('Mug', 'Rug "6"', '', '"Cup"', '5"', '"a, b"'), {
			minLength: 2,
			maxLength: 6,
		});
		fc.assert(
			fc.property(products, fc.nat(5), fc.boolean(), (names, at, closes) => {
				const broken = at % (names.length - 1);
				const rows = names.map((name, index) =>
					row(
						`T${index}`,
						index === broken ? '"open' : index === broken + 1 && closes ? 'end"' : name,
						'1.00',
					),
				);
				const { rows: kept, rejectedRows, incomplete } = decode(csv(header, ...rows));
				if (incomplete) return;
				const shown = new Set(kept.map(({ transactionId }) => transactionId));
				const rejected = rejectedRows.map(({ values }) => JSON.stringify(values)).join();
				for (const index of names.keys()) {
					expect(shown.has(`T${index}`) || rejected.includes(`T${index}`)).toBe(true);
				}
				for (const { transactionId, orderId } of kept) expect(orderId).toBe(`A-${transactionId}`);
			}),
		);
	});
});

describe('a row with an empty value too many', () => {
	const without = signatureRow.split(',');
	const withExtra = (at: number) => [...without.slice(0, at), '', ...without.slice(at)].join(',');

	it.each([4, 5, 6, 7, 8, 9, 10, 11])('is realigned where one way fits (before value %i)', (at) => {
		const { rows, realigned, rejected } = decode(csv(signatureHeader, signatureRow, withExtra(at)));
		expect(rejected).toBe(0);
		expect(realigned).toBe(1);
		expect({ ...rows[1], lineId: '' }).toEqual({ ...rows[0], lineId: '' });
	});

	it('is realigned where its last values are empty too', () => {
		const columns = `${signatureHeader},Product Name`;
		const { rows, realigned } = decode(csv(columns, `${withExtra(4)},`, `${signatureRow},`));
		expect(realigned).toBe(1);
		expect(rows[0].orderId).toBe('4000110733');
		expect(rows[0].processDate).toBe(rows[1].processDate);
	});

	it('is the same row without any of several in a place', () => {
		const { realigned, rejected } = decode(
			csv('Transaction ID,SKU,Product Name,Sales', 'T1,,,,5.00', 'T2,,,5.00'),
		);
		expect([realigned, rejected]).toEqual([1, 0]);
	});

	it('is not counted as realigned if it only ends in a comma', () => {
		const { realigned, kept } = decode(
			csv(signatureHeader, `${signatureRow},`, `${signatureRow},`),
		);
		expect([realigned, kept]).toEqual([0, 2]);
	});

	it.each([
		['two ways fit', 'Transaction ID,SKU,Product Name,Sales', 'T1,,Mug,,5.00'],
		['no way fits', 'Transaction ID,SKU,Product Name,Sales', 'T1,,a,b,c'],
		['it has none', 'Transaction ID,SKU,Product Name,Sales', 'T1,s,a,b,5.00'],
		['an ID would be a name', 'Transaction ID,MID,Sales', 'T1,Mug,,5.00'],
		['an ID would have letters', 'Transaction ID,Site ID,Sales', 'T1,7a,,5.00'],
		['it has two', 'Transaction ID,MID,Sales', 'T1,Mug,,,5.00'],
	])('is rejected where %s', (_, columns, text) => {
		const { rejectedRows, realigned } = decode(csv(columns, text));
		const width = columns.split(',').length;
		expect(realigned).toBe(0);
		expect(rejectedRows).toMatchObject([
			{
				line: 2,
				reason: `This row has ${text.split(',').length} values where the header has ${width} columns`,
			},
		]);
	});

	it('is tried in 64 places at most, so that a row of thousands takes no longer', () => {
		const columns = (count: number) =>
			`Transaction ID,${'x,y,'.repeat(count)}Sales,Product Name,Total Commission`;
		// One empty value too many after the product; those before it are in their places.
		const values = (count: number) => `T1,${'a,,'.repeat(count)}5.00,Mug,,1.00`;
		const decoded = (count: number) => decode(csv(columns(count), values(count)), {}, 100_000);
		expect(decoded(63)).toMatchObject({ kept: 1, realigned: 1 });
		expect(decoded(64)).toMatchObject({ kept: 0, rejected: 1, realigned: 0 });
		expect(decoded(8000)).toMatchObject({ kept: 0, rejected: 1, realigned: 0 });
	});

	it('adds its amounts to the total as realigned', () => {
		const { totalRows, kept } = decode(
			csv(
				'Transaction ID,MID,Order ID,Sales,Total Commission',
				'T1,7,A1,,10.00,1.00',
				'T2,7,A2,5.00,2.00',
				'Total,,,15.00,3.00',
			),
		);
		expect([totalRows, kept]).toEqual([1, 2]);
	});
});
