import fc from 'fast-check';

import { withoutEnd, withoutEnds, withoutStart } from '../../rakuten/withoutEnds';

describe('a text without some characters at its ends', () => {
	it('is what a pattern leaves, pairs of surrogates and halves included', () => {
		const text = fc.string({
			unit: fc.constantFrom(' ', '\u200b', '\u{e0001}', 'a', '\ud83d', '\udc00', '😀'),
		});
		fc.assert(
			fc.property(text, (each) => {
				const ends = each.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '');
				expect(withoutEnds(each, /[\s\p{Cf}]/u)).toBe(ends);
				expect(withoutStart(each, / /)).toBe(each.replace(/^ +/, ''));
				expect(withoutEnd(each, / /)).toBe(each.replace(/ +$/, ''));
			}),
		);
	});

	it('may have other characters at its start', () => {
		expect(withoutEnds('<(a<)>', /[>)]/, /[<(]/)).toBe('a<');
	});
});
