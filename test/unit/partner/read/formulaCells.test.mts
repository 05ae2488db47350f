import fc from 'fast-check';
import { makeHarmless, undoHarmless } from '../../../../rakuten/partner/read/formulaCells';

describe('a cell like a formula', () => {
	it.each([
		['=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'],
		['+44 20', "'+44 20"],
		['-1', "'-1"],
		['@sum', "'@sum"],
		['\t=1', "'\t=1"],
		["'=1", "''=1"],
		["'tis", "'tis"],
		['a=1', 'a=1'],
		['', ''],
	])('%j is made harmless as %j', (cell, harmless) => {
		expect(makeHarmless(cell)).toBe(harmless);
	});

	it('comes back as it was, whatever it was', () => {
		const anyCell = fc
			.array(fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', 'a', ' '), { maxLength: 6 })
			.map((parts) => parts.join(''));
		fc.assert(
			fc.property(fc.oneof(anyCell, fc.string()), (cell) => {
				expect(undoHarmless(makeHarmless(cell))).toBe(cell);
				expect(makeHarmless(cell)).not.toMatch(/^[=+\-@\t\r]/);
			}),
			{ numRuns: 1000 },
		);
	});
});
