import fc from 'fast-check';

import {
	addAmounts,
	AmountSum,
	compareToZero,
	negate,
	parseAmount,
} from '../../../rakuten/money/decimal';
import { thrownBy } from '../thrownBy.mts';

/** Canonical amounts up to 30 digits with up to 12 decimals, most of them like real ones. */
const amounts = fc
	.tuple(
		fc.oneof(
			{ weight: 4, arbitrary: fc.bigInt(-(10n ** 7n), 10n ** 7n) },
			{ weight: 1, arbitrary: fc.bigInt(-(10n ** 30n), 10n ** 30n) },
		),
		fc.oneof(
			{ weight: 4, arbitrary: fc.constant(2) },
			{ weight: 1, arbitrary: fc.nat({ max: 12 }) },
		),
	)
	.map(([units, scale]) => ({ units, scale, text: decimal(units, scale) }));

function decimal(units: bigint, scale: number): string {
	const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
	const whole = digits.slice(0, digits.length - scale);
	return (units < 0n ? '-' : '') + (scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`);
}

/** The sum worked out in one unit fine enough for all. */
function exactSum(parts: Array<{ units: bigint; scale: number }>): string {
	const scale = Math.max(0, ...parts.map((part) => part.scale));
	const units = parts.map((part) => part.units * 10n ** BigInt(scale - part.scale));
	return decimal(
		units.reduce((sum, each) => sum + each, 0n),
		scale,
	);
}

describe('parseAmount', () => {
	it.each([
		['1234.56', '1234.56'],
		['0', '0'],
		['0.00', '0.00'],
		['5', '5'],
		['-2.50', '-2.50'],
		['1,234.50', '1234.50'],
		['1,234,567', '1234567'],
		['-1,234.5', '-1234.5'],
		['(12.3)', '-12.3'],
		['( 1,200.00 )', '-1200.00'],
		['($5.00)', '-5.00'],
		['$(5.00)', '-5.00'],
		['$5.00', '5.00'],
		['-$5.00', '-5.00'],
		['$-5.00', '-5.00'],
		['\u22125.00', '-5.00'],
		['+5.00', '5.00'],
		['USD 5.00', '5.00'],
		['USD5.00', '5.00'],
		['-USD 5.00', '-5.00'],
		['US$5.00', '5.00'],
		['A$ 1,000', '1000'],
		['£0.10', '0.10'],
		['€ 3', '3'],
		['¥1,500', '1500'],
		['R$ 10.00', '10.00'],
		[' 7.10 ', '7.10'],
		['\u00a07.10', '7.10'],
		['.5', '0.5'],
		['-.5', '-0.5'],
		['.05', '0.05'],
		['-100.20', '-100.20'],
		['007.50', '7.50'],
		['00', '0'],
		['-0.00', '0.00'],
		['(0.00)', '0.00'],
		['0.123456789012345678901234567890', '0.123456789012345678901234567890'],
	])('§2.3 reads %j as %s', (text, amount) => {
		expect(parseAmount(text)).toBe(amount);
		expect(parseAmount(amount)).toBe(amount);
	});

	it.each([
		'',
		' ',
		'null',
		'-',
		'.',
		'$',
		'1.234,56',
		'1234,56',
		'12,34',
		'1,2345',
		'1,23,456',
		'0,123',
		'01,234',
		',123',
		'1,234,',
		'1 234.50',
		'1.2.3',
		'5.',
		'1e5',
		'0x10',
		'NaN',
		'Infinity',
		'12%',
		'5.00-',
		'5.00 USD',
		'--5',
		'-$-5',
		'-(5)',
		'(-5)',
		'(5',
		'5)',
		'USDX 5',
		'usd 5',
		'٣',
		'Total',
		'2/22/19',
	])('refuses %j', (text) => {
		expect(parseAmount(text)).toBeUndefined();
	});

	it('reads every amount back, with or without thousands commas', () => {
		fc.assert(
			fc.property(amounts, ({ text }) => {
				expect(parseAmount(text)).toBe(text);
				const [whole, decimals] = text.split('.');
				const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
				expect(parseAmount(decimals === undefined ? grouped : `${grouped}.${decimals}`)).toBe(text);
			}),
		);
	});

	it('gives canonical amounts for anything it takes', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom(...'0123456789,.-+()$ U'), maxLength: 9 }),
				(text) => {
					const amount = parseAmount(text);
					if (amount !== undefined) {
						expect(amount).toMatch(/^-?(0|[1-9]\d*)(\.\d+)?$/);
						expect(parseAmount(amount)).toBe(amount);
						expect(amount).not.toMatch(/^-[0.]+$/);
					}
				},
			),
			{ numRuns: 2000 },
		);
	});
});

describe('sums', () => {
	it('are exact where binary fractions are not', () => {
		expect(addAmounts('0.1', '0.2')).toBe('0.3');
		expect(addAmounts('1.005', '-1')).toBe('0.005');
		expect(addAmounts('9007199254740993', '0.1')).toBe('9007199254740993.1');
		expect(addAmounts('1.50', '1.5')).toBe('3.00');
		expect(new AmountSum().toString()).toBe('0');
	});

	it('equal the sum in one fine unit, whatever the amounts', () => {
		fc.assert(
			fc.property(fc.array(amounts, { maxLength: 60 }), (parts) => {
				const sum = new AmountSum();
				for (const part of parts) sum.add(part.text);
				expect(sum.toString()).toBe(exactSum(parts));
			}),
			{ numRuns: 500 },
		);
	});

	it('stay exact beyond what an ordinary number counts, in both directions', () => {
		for (const sign of ['', '-']) {
			const sum = new AmountSum();
			for (let count = 0; count < 1000; count++) sum.add(`${sign}44999999999999.99`);
			sum.add(`${sign}0.001`);
			expect(sum.toString()).toBe(`${sign}44999999999999990.001`);
		}
		const far = new AmountSum();
		far.add('0');
		far.add(`0.${'0'.repeat(400)}1`);
		far.add('0');
		far.add('1');
		expect(far.toString()).toBe(`1.${'0'.repeat(400)}1`);
	});

	it.each(['', '-', '1.', '.5', '1,000', '1e5', '$1', 'NaN', '1.2.3', '1..2', '--1', ' 1'])(
		'refuse %j, which parseAmount does not make',
		(text) => {
			expect(thrownBy(() => new AmountSum().add(text))).toMatchObject({
				problemName: 'amountNotCanonical',
			});
		},
	);
});

describe('signs', () => {
	it('compare with zero and turn', () => {
		fc.assert(
			fc.property(amounts, ({ units, scale, text }) => {
				expect(compareToZero(text)).toBe(units > 0n ? 1 : units < 0n ? -1 : 0);
				expect(negate(text)).toBe(decimal(-units, scale));
				expect(addAmounts(text, negate(text))).toBe(decimal(0n, scale));
			}),
		);
		expect(compareToZero('-0.00')).toBe(0);
		expect(negate('0.00')).toBe('0.00');
	});
});
