import fc from 'fast-check';

/** Halves of a pair, from U+D800 on, are not characters. */
const halves = 0x800;

/**
 * Any Unicode character, to make texts of. fast-check's own unit for that ('binary') takes five seconds
 * to prepare in every test file, and again for every change that a mutation test makes.
 */
export const anyCharacter = fc
	.nat({ max: 0x10ffff - halves })
	.map((code) => String.fromCodePoint(code < 0xd800 ? code : code + halves));
