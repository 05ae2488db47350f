import { nameColumns } from '../../../rakuten/report/columnNames';
import { knownColumn, knownColumns, plainHeader } from '../../../rakuten/report/columns';
import { fieldsOfColumns } from './fieldsOfColumns.mts';
import { publicHeaders } from './publicHeaders.mts';
import { csv, decode } from './decoding.mts';
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

describe('the fields of known columns', () => {
	it('keep their names, types and headers', () => {
		const now: Record<string, string[][]> = {};
		for (const { type, name, header, aliases = [] } of knownColumns) {
			(now[type] ??= []).push([name, header, ...aliases]);
		}
		expect(now).toEqual(fieldsOfColumns);
	});
});

describe('headers of public reports', () => {
	it.each(Object.entries(publicHeaders))(
		'of type %s are known, with their type',
		(type, headers) => {
			const wrong = headers.filter((header) => knownColumn(header)?.type !== type);
			expect(wrong).toEqual([]);
		},
	);

	it('are 192, each with one type', () => {
		const all = Object.values(publicHeaders).flat();
		expect([all.length, new Set(all).size]).toEqual([192, 192]);
	});

	it('give payments their amounts, dates and times', () => {
		const { rows } = decode(
			csv(
				'Payment ID,Date,Time,Payment Amount,Held Commissions,VAT/GST,Return Days,Net Items Per Order',
				'P1,3/1/26,06:58:45,"1,200.50",(3.00),0.10,"1,000",1.5',
			),
		);
		expect(rows[0]).toMatchObject({
			paymentId: 'P1',
			date: '2026-03-01T06:58:45.000Z',
			paymentAmount: '1200.50',
			heldCommissions: '-3.00',
			vatOrGst: '0.10',
			returnDays: 1000,
			netItemsPerOrder: 1.5,
		});
	});

	it('give travel its dates', () => {
		const { rows } = decode(
			csv('Order ID,Check In Date,Reservation End Date,Stay Length', 'A,3/1/26,3/4/26,3'),
		);
		expect(rows[0]).toMatchObject({
			checkInDate: '2026-03-01',
			reservationEndDate: '2026-03-04',
			stayLength: 3,
		});
	});

	it.each(['Status,Reason', 'Date,Status', 'time,reason'])(
		'in everyday words alone are taken for a message: %s',
		(header) => {
			expect(decode(csv(header, 'x,y')).words).toContain(header);
		},
	);
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
