import { csvLine } from '../../../rakuten/csv/csvLine';
import { headerKeys } from '../../../rakuten/csv/headerKeys';
import { KeptTexts, ownCopy } from '../../../rakuten/csv/KeptTexts';
import { rowMaker } from '../../../rakuten/csv/rowMaker';

describe('a line of CSV', () => {
	it.each([
		[[], '\r\n'],
		[[''], '""\r\n'],
		[[null], '""\r\n'],
		[[undefined], '""\r\n'],
		[['', ''], ',\r\n'],
		[[null, undefined, 'a'], ',,a\r\n'],
		[[0, -1.5, 'b c'], '0,-1.5,b c\r\n'],
		[['a,b'], '"a,b"\r\n'],
		[['a"b"'], '"a""b"""\r\n'],
		[['a\nb', 'a\rb'], '"a\nb","a\rb"\r\n'],
		[[' a', 'a ', '\ta'], '" a","a ","\ta"\r\n'],
	])('of %j is %j', (values, line) => {
		expect(csvLine(values)).toBe(line);
	});
});

describe('the keys of a header', () => {
	it.each([
		[[], []],
		[
			['A', 'B'],
			['A', 'B'],
		],
		[
			['A', 'A', 'A'],
			['A', 'A (2)', 'A (3)'],
		],
		[
			['', 'x', ''],
			['Column (1)', 'x', 'Column (3)'],
		],
		[
			['constructor', '__proto__', 'toString'],
			['constructor (1)', '__proto__ (2)', 'toString (3)'],
		],
		[
			['A', 'A', 'A (2)'],
			['A', 'A (2) (2)', 'A (2)'],
		],
		[
			['A', 'A', 'A (2)', 'A (2) (2)'],
			['A', 'A (2) (3)', 'A (2)', 'A (2) (2)'],
		],
		[
			['A (4)', 'A (4)', 'A', 'A'],
			['A (4)', 'A (4) (2)', 'A', 'A (4) (3)'],
		],
		[
			['', 'Column (1)'],
			['Column (1) (2)', 'Column (1)'],
		],
	])('%j are %j', (header, keys) => {
		expect(headerKeys(header)).toEqual(keys);
	});
});

describe('a row by header', () => {
	it.each([0, 1, 3, 4, 5, 7, 8, 9, 11, 12, 13, 15, 16, 17, 19, 20, 21, 200, 201])(
		'of %p columns has every value under its own key, in order',
		(count) => {
			const keys = Array.from({ length: count }, (_, index) => `key${index}`);
			const fields = keys.map((_, index) => `value${index}`);
			const row = rowMaker(keys)(fields);
			expect(Object.entries(row)).toEqual(keys.map((key, index) => [key, fields[index]]));
			expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
			expect(rowMaker(keys) === rowMaker([...keys])).toBe(count <= 200);
		},
	);

	it('is made by one maker for each of the 16 headers read last', () => {
		const makers = Array.from({ length: 16 }, (_, index) => rowMaker([`only ${index}`]));
		expect(rowMaker(['only 15'])).toBe(makers[15]);
		expect(rowMaker(['a', 'b'])(['1', '2'])).toEqual({ a: '1', b: '2' });
		expect(rowMaker(['a b'])(['3'])).toEqual({ 'a b': '3' });
	});
});

describe('a text that is kept', () => {
	it.each(['', 'short', 'x'.repeat(12), 'x'.repeat(13), 'é€😀'.repeat(5), 'x'.repeat(341)])(
		'%j is the same text',
		(text) => {
			expect(ownCopy(text)).toBe(text);
			for (const repeats of [true, false]) {
				const kept = new KeptTexts(repeats);
				for (const each of [text, 'another', text, text]) expect(kept.of(each)).toBe(each);
			}
		},
	);

	it('may be long, and of the widest characters', () => {
		for (const length of [341, 342, 1024, 1025, 5000]) {
			const text = '€'.repeat(length);
			expect(ownCopy(text)).toBe(text);
		}
	});

	it('is the same text after more different ones than are remembered', () => {
		const kept = new KeptTexts(true);
		for (let number = 0; number < 2000; number++) {
			expect(kept.of(`a text with a number ${number % 700}`)).toBe(
				`a text with a number ${number % 700}`,
			);
		}
	});
});
