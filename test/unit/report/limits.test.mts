import { plainHeader } from '../../../rakuten/report/columns';
import { csv, decode, signatureHeader, signatureRow } from './decoding.mts';

const total = (label: string, times: number) =>
	`${label},,,,,,,${(43.17 * times).toFixed(2)},${times},${(2.5 * times).toFixed(2)},,`;

describe('totals at the end of a report', () => {
	it('may be a total and a grand total', () => {
		const text = csv(
			signatureHeader,
			signatureRow,
			signatureRow,
			total('Total', 2),
			total('Grand Total', 2),
		);
		expect(decode(text)).toMatchObject({ read: 2, kept: 2, totalRows: 2 });
	});

	it.each([
		[3, { read: 2, rejected: 0, totalRows: 3 }],
		[4, { read: 2, rejected: 0, totalRows: 4 }],
	])('of which %i come one after the other under order lines', (count, expected) => {
		const totals = Array.from({ length: count }, () => total('Total', 2));
		expect(decode(csv(signatureHeader, signatureRow, signatureRow, ...totals))).toMatchObject(
			expected,
		);
	});

	it('are not zeros below zeros: such a row is data, and has no identity', () => {
		const zeros = signatureRow.replace('43.17,1,2.50', '0,0,0');
		const text = csv(signatureHeader, zeros, zeros, ',,,,,,,0,0,0,,');
		expect(decode(text)).toMatchObject({ read: 3, kept: 2, rejected: 1, totalRows: 0 });
	});
});

describe('a header below a summary', () => {
	const summary = ['Summary,Value', 'Clicks,7', ''];

	it('is known by half of its columns', () => {
		const { columns, kept, rejectedRows } = decode(csv(...summary, 'MID,Something', '45,x'));
		expect(columns.map(({ name }) => name)).toEqual(['advertiserId', 'something']);
		expect(kept).toBe(1);
		expect(rejectedRows).toMatchObject([
			{ line: 1, reason: "This row comes before the report's header", values: { MID: 'Summary' } },
		]);
	});

	it('is not known by fewer', () => {
		const { columns } = decode(csv(...summary, 'MID,Something,Other', '45,x,y'));
		expect(columns.map(({ name }) => name)).not.toContain('something');
	});
});

describe('plainHeader', () => {
	it.each([
		['IDs', 'ids'],
		['GPS', 'gps'],
		['Tags', 'tag'],
		['Address', 'address'],
		['Coupon Code(s)', 'coupon code'],
	])('makes of %j %j', (header, plain) => {
		expect(plainHeader(header)).toBe(plain);
	});
});
