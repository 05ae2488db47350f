import { nameColumns } from '../../../rakuten/report/columnNames';
import { knownColumn, knownColumns, plainHeader } from '../../../rakuten/report/columns';
import {
	checkColumns,
	columnPresets,
	howToAddColumns,
	readColumnList,
} from '../../../rakuten/report/requiredColumns';

describe('known columns', () => {
	it('each have their own names and meanings', () => {
		const senses = knownColumns.flatMap(({ header, aliases = [] }) =>
			[header, ...aliases].map(plainHeader),
		);
		expect(new Set(knownColumns.map(({ name }) => name)).size).toBe(knownColumns.length);
		const meant = new Map<string, string>();
		for (const { header, name, aliases = [] } of knownColumns) {
			for (const spelling of [header, ...aliases]) {
				const sense = plainHeader(spelling);
				expect(meant.get(sense) ?? name).toBe(name);
				meant.set(sense, name);
			}
		}
		expect(senses.every((sense) => sense !== '')).toBe(true);
	});

	it.each([
		['Total Commissions', 'commission'],
		['total commission', 'commission'],
		['SKU Number', 'sku'],
		['# of Items', 'quantity'],
		['Quantity', 'quantity'],
		['# of clicks', 'clicks'],
		['Clicks', 'clicks'],
		['Advertiser ID', 'advertiserId'],
		['Sub-Publihser ID', 'subPublisherId'],
		['Link Id', 'linkId'],
		['\uFEFFMember ID (U1)', 'u1'],
		['Item Coupon Code(s)', 'itemCouponCodes'],
		['Tax Excempt', 'taxExempt'],
		['Orders/Click', 'ordersPerClick'],
	])('§10.4 %s means %s', (header, name) => {
		expect(knownColumn(header)?.name).toBe(name);
	});
});

describe('names of columns', () => {
	it('are one each, whatever the headers', () => {
		const columns = nameColumns([
			'Sales',
			'sales',
			'Gift Card Type',
			'2nd Name',
			'',
			'数量',
			'# of Items',
			'Quantity',
		]);
		expect(columns.map(({ name }) => name)).toEqual([
			'saleAmount',
			'sales',
			'giftCardType',
			'column2ndName',
			'column5',
			'数量',
			'quantity',
			'quantity2',
		]);
	});
});

describe('required columns', () => {
	const earnings = columnPresets.find(({ value }) => value === 'earnings')!;
	const quanti = columnPresets.find(({ value }) => value === 'quanti')!;

	it('have the sizes that the connectors name', () => {
		expect(quanti.columns).toHaveLength(20);
		expect(columnPresets.find(({ value }) => value === 'mediarails')!.columns).toHaveLength(6);
		expect(quanti.columns).toContain('Sub-Publihser ID');
	});

	it('are found in any order and spelling', () => {
		const header = [...quanti.columns].reverse().map((name) => name.toUpperCase());
		expect(checkColumns(header, quanti.columns).missing).toEqual([]);
		expect(
			checkColumns(
				['Sub-Publisher ID', 'total commission'],
				['Sub-Publihser ID', 'Total Commissions', 'Sales'],
			),
		).toEqual({
			missing: ['Sales'],
			renamed: [
				{ required: 'Sub-Publihser ID', found: 'Sub-Publisher ID' },
				{ required: 'Total Commissions', found: 'total commission' },
			],
			extra: [],
		});
	});

	it('name what is extra and how to add what is missing', () => {
		const check = checkColumns(['Order ID', 'Brand New'], earnings.columns);
		expect(check.extra).toEqual(['Brand New']);
		expect(check.missing).toHaveLength(earnings.columns.length - 1);
		expect(howToAddColumns(['Currency'])).toContain('"Currency"');
	});

	it('are read from a list with commas, semicolons or lines', () => {
		expect(readColumnList(' Order ID, Sales;\n\nSKU\r\n')).toEqual(['Order ID', 'Sales', 'SKU']);
	});
});
