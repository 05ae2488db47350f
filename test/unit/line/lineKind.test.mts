import { lineKind } from '../../../rakuten/line/lineKind';

describe('the kind of a line', () => {
	it.each([
		['1.00', '0.10', 1, 'sale'],
		['0.00', '0.10', 1, 'sale'],
		['1.00', '0.00', 1, 'zero'],
		['1.00', '', 1, 'zero'],
		['1.00', null, 1, 'zero'],
		['1.00', undefined, 1, 'sale'],
		['0.00', undefined, 1, 'zero'],
		['', undefined, undefined, 'zero'],
		[null, undefined, null, 'zero'],
		[undefined, undefined, undefined, 'zero'],
		[undefined, '10', 0, 'sale'],
		['-1.00', '0.10', 1, 'correction'],
		['1.00', '-0.10', 1, 'correction'],
		['-0.00', '0.10', 1, 'sale'],
		['1.00', '-0.00', 1, 'zero'],
		['1.00', '0.10', -1, 'correction'],
		['1.00', '0.10', null, 'sale'],
		['1.00', '0.10', 0, 'sale'],
	] as const)('of %p, %p and %p is %s', (saleAmount, commission, quantity, kind) => {
		expect(lineKind(saleAmount, commission, quantity)).toBe(kind);
	});
});
