import { readEventLine } from '../../../rakuten/line/eventLine';
import { lineFromEvents, lineFromReport } from '../../../rakuten/line/sourcedLine';
import type { ReportRow } from '../../../rakuten/line/reportRow';

const row: ReportRow = {
	lineId: 'B7B2',
	orderKey: '45904:4000110733',
	kind: 'sale',
	currency: 'EUR',
	currencySource: 'setting',
	network: 'United States',
	networkId: 1,
	country: 'US',
	transactionId: 'B7B2',
	siteId: '3771737',
	publisherId: '7',
	advertiserId: '45904',
	orderId: '4000110733',
	offerId: '1262960',
	sku: 'TRCAT5DB',
	productName: 'Shoes',
	quantity: 2,
	saleAmount: '43.17',
	commission: '2.50',
	transactionDate: '2023-05-21T06:58:45.000Z',
	processDate: '2023-05-22T06:58:45.000Z',
	u1: 'abc',
};

const line = {
	lineId: 'B7B2',
	orderKey: '45904:4000110733',
	kind: 'sale',
	transactionId: 'B7B2',
	siteId: '3771737',
	advertiserId: '45904',
	orderId: '4000110733',
	offerId: '1262960',
	sku: 'TRCAT5DB',
	productName: 'Shoes',
	quantity: 2,
	saleAmount: '43.17',
	commission: '2.50',
	currency: 'EUR',
	currencySource: 'setting',
	transactionDate: '2023-05-21T06:58:45.000Z',
	processDate: '2023-05-22T06:58:45.000Z',
	transactionType: null,
	isEvent: null,
	u1: 'abc',
	commissionListId: null,
	lockStatus: null,
	orderAutoLockDate: null,
	source: 'report',
};

describe('a line', () => {
	it('is made of a report row, without what reports do not contain', () => {
		expect(lineFromReport(row)).toEqual(line);
	});

	it('takes the publisher ID for the site if the report has no site column', () => {
		const { siteId: _, ...rest } = row;
		expect(lineFromReport(rest as ReportRow)).toEqual({ ...line, siteId: '7' });
	});

	it('has null for every column that the report lacks', () => {
		const { network, networkId, country } = row;
		const bare = { lineId: null, orderKey: null, kind: null, currency: null, currencySource: null };
		expect(lineFromReport({ ...bare, network, networkId, country })).toEqual({
			...Object.fromEntries(Object.keys(line).map((name) => [name, null])),
			lineId: '',
			source: 'report',
		});
		expect(lineFromReport({ ...row, quantity: null }).quantity).toBeNull();
	});

	it('of the Events API stays as it was read, with its source', () => {
		const { line: event } = readEventLine({ etransaction_id: 'B7B2' });
		expect(lineFromEvents(event)).toEqual({ ...event, source: 'events' });
	});
});
