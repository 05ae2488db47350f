import { readEventText } from '../../../rakuten/line/eventText';
import { isBlank } from '../../../rakuten/line/isBlank';

describe('a blank text', () => {
	it.each(['', ' ', '\t\n', '\u00a0', 'null', 'NULL', ' Null ', '<none>', '<NONE>\t', '\u3000'])(
		'is %j',
		(text) => {
			expect(isBlank(text)).toBe(true);
		},
	);

	it.each([
		'0',
		'n',
		'nul',
		'nulls',
		'a null',
		'null null',
		'<none',
		'<none>x',
		'-',
		'é',
		'\u3000x',
	])('is not %j', (text) => {
		expect(isBlank(text)).toBe(false);
	});
});

describe('the value of a field', () => {
	const inexact = 'is not a number that can be represented exactly';
	const different = 'came more than once with different values';

	it.each([
		[' abc ', 'abc'],
		[undefined, null],
		[null, null],
		['NULL', null],
		[0, '0'],
		[-0, '0'],
		[12.5, '12.5'],
		[Number.MAX_SAFE_INTEGER, '9007199254740991'],
		[Number.MIN_SAFE_INTEGER, '-9007199254740991'],
		[2n ** 64n, '18446744073709551616'],
		[false, 'false'],
		[[], null],
		[['a', ' a ', 'a'], 'a'],
		[[1, '1'], '1'],
		[[null, ''], null],
		[new Array(100).fill('a'), 'a'],
	])('%p is read as %p', (value, text) => {
		expect(readEventText(value)).toEqual({ text });
	});

	it.each([
		[Number.NaN, inexact],
		[Number.POSITIVE_INFINITY, inexact],
		[Number.MAX_SAFE_INTEGER + 1, inexact],
		[Number.MIN_SAFE_INTEGER - 1, inexact],
		[{}, 'is not a text or number'],
		[Symbol('a'), 'is not a text or number'],
		[new Array(101).fill('a'), 'came many times'],
		[['a', 'b'], different],
		[['a', null], different],
		[[null, 'a'], different],
		[[{}, {}], different],
		[[[]], different],
		[['a', ['a']], different],
	])('%p is refused', (value, unreadable) => {
		expect(readEventText(value)).toEqual({ text: null, unreadable });
	});

	it.each([
		['<u1>', true],
		['<U1_9>', true],
		['%3Cu1%3E', true],
		['%25253cu1%253e', true],
		[`<${'a'.repeat(64)}>`, true],
		[`<${'a'.repeat(65)}>`, false],
		['x<u1>', false],
		['<u1>x', false],
		['<1u>', false],
		['<u 1>', false],
		['%26u1%3E', false],
		[`null${' '.repeat(95)}`, true],
	])('%j is a macro that nobody filled in: %p', (value, expected) => {
		expect(readEventText(value).text === null).toBe(expected);
	});
});
