import fc from 'fast-check';

import { isPathKey, newKey, sameKey } from '../../../rakuten/postback/key';

describe('a key', () => {
	it('is 256 random bits that need no encoding', () => {
		const keys = new Set(Array.from({ length: 100 }, newKey));
		expect(keys.size).toBe(100);
		for (const key of keys) {
			expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
			expect(Buffer.from(key, 'base64url')).toHaveLength(32);
		}
	});

	it('is the same as itself and as nothing else', () => {
		const key = newKey();
		expect(sameKey(key, key)).toBe(true);
		const others = fc.oneof(
			fc.string(),
			fc.anything(),
			fc.constantFrom(key.slice(1), `${key} `, [key], { key }, key.toUpperCase(), undefined),
		);
		fc.assert(fc.property(others, (other) => !sameKey(other, key)));
	});

	it('is never found equal to an empty one', () => {
		expect(sameKey('', '')).toBe(false);
		expect(sameKey(undefined, '')).toBe(false);
	});

	it.each([
		['7hR2mQx94LdTzWc0', true],
		['a-b_c-d_e-f_g-h_i', true],
		['short', false],
		['', false],
		[':anythingIsTakenForIt', false],
		['with/slash/in/the/middle', false],
		['with blank in the middle', false],
		['={{ $json.key }}aaaaaaaaaa', false],
		['x'.repeat(129), false],
	])('can be part of a path: %p %p', (key, can) => {
		expect(isPathKey(key)).toBe(can);
	});
});
