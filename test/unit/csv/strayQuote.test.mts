import fc from 'fast-check';

import { CsvScanner } from '../../../rakuten/csv/CsvScanner';

/** Which records of a text have a stray quote, read in pieces of so many bytes. */
function strayQuotes(text: string, pieceBytes = text.length + 1): boolean[] {
	const found: boolean[] = [];
	const scanner = new CsvScanner((_fields, _line, strayQuote) => found.push(strayQuote));
	const bytes = Buffer.from(text);
	for (let at = 0; at < bytes.length; at += pieceBytes) {
		scanner.write(bytes.subarray(at, at + pieceBytes));
	}
	scanner.end();
	return found;
}

describe('text after a closing quote', () => {
	it.each([
		['"a"b\n', true],
		['x,"a"b,c\n', true],
		['"Acme "Best" Deals",1\n', true],
		['"Acme \\"Best\\" Deals",1\n', true],
		['"5" screen"\n', true],
		['"a" b\n', true],
		['"a" "b"\n', true],
		['"a""b"\n', false],
		['"a",b\n', false],
		['"a" ,"b"\t\n', false],
		['a"b"\n', false],
		[' "a"\n', false],
		['""\n', false],
		['"",""\n', false],
		['"a\nb"\n', false],
	])('%j: %s', (text, isStray) => {
		for (const piece of [1, 2, 3, 100]) expect(strayQuotes(text, piece)).toEqual([isStray]);
	});

	it('is said of its own record only', () => {
		const text = 'a\n"a"b\n"c"\n"d"e';
		for (const piece of [1, 2, 5, 100]) {
			expect(strayQuotes(text, piece)).toEqual([false, true, false, true]);
		}
	});

	it('is found wherever the pieces are cut', () => {
		const part = fc.constantFrom('"', '""', 'a', ' ', '\t', ',', '\n', '\r\n', 'é');
		const text = fc.array(part, { maxLength: 30 }).map((parts) => parts.join(''));
		fc.assert(
			fc.property(text, fc.integer({ min: 1, max: 7 }), (csv, piece) => {
				expect(strayQuotes(csv, piece)).toEqual(strayQuotes(csv));
			}),
		);
	});
});
