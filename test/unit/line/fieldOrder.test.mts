import fc from 'fast-check';

import { orderedFields, withFields } from '../../../rakuten/line/fieldOrder';

const ten = [
	'transactionDate',
	'advertiserName',
	'productName',
	'quantity',
	'saleAmount',
	'commission',
	'currency',
	'kind',
	'u1',
	'lineId',
];
const others = ['processDate', 'network', 'networkId', 'country', 'orderKey', 'orderId', 'sku'];

const shuffled = fc.shuffledSubarray([...ten, ...others], { minLength: 17, maxLength: 17 });

describe('the order of fields', () => {
	it('simplified is these ten in this order, whatever the order of the report', () => {
		fc.assert(
			fc.property(shuffled, (names) => {
				expect(orderedFields(names, 'simplified')).toEqual(ten);
			}),
		);
	});

	it('all are the ten first, then the others as they come, identifiers last, each once', () => {
		fc.assert(
			fc.property(shuffled, (names) => {
				const ordered = orderedFields([...names, ...names], 'all');
				expect(ordered.slice(0, 10)).toEqual(ten);
				expect([...ordered].sort()).toEqual([...names].sort());
				const identifiers = ['networkId', 'orderKey', 'orderId', 'sku'];
				const rest = names.filter((name) => !ten.includes(name));
				expect(ordered.slice(10)).toEqual([
					...rest.filter((name) => !identifiers.includes(name)),
					...rest.filter((name) => identifiers.includes(name)),
				]);
			}),
		);
	});

	it('shows an advertiser without a name by its ID, in the same place', () => {
		const names = ['lineId', 'advertiserId', 'transactionDate', 'u1'];
		expect(orderedFields(names, 'simplified')).toEqual([
			'transactionDate',
			'advertiserId',
			'u1',
			'lineId',
		]);
		expect(orderedFields(names, 'all')).toEqual([
			'transactionDate',
			'u1',
			'lineId',
			'advertiserId',
		]);
		expect(orderedFields([...names, 'advertiserName'], 'simplified')).not.toContain('advertiserId');
	});

	it('gives chosen fields in the order they were chosen, without those that are not there', () => {
		expect(orderedFields(ten, ['u1', 'nonsense', 'kind', 'u1'])).toEqual(['u1', 'kind']);
		expect(orderedFields(ten, [])).toEqual([]);
	});

	it('keeps values', () => {
		const line = { sku: 'A', u1: null, kind: 'sale' };
		expect(Object.entries(withFields(line, 'all'))).toEqual([
			['kind', 'sale'],
			['u1', null],
			['sku', 'A'],
		]);
		expect(withFields(line, ['sku'])).toEqual({ sku: 'A' });
	});
});
