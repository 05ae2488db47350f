import fc from 'fast-check';

import { newKey } from '../../../rakuten/postback/key';
import { macrosIn } from '../../../rakuten/postback/macros';
import { ownUrl, readOwnUrl } from '../../../rakuten/postback/ownUrl';
import { eventFields } from '../../../rakuten/line/eventLine';
import { anyCharacter } from '../anyCharacter.mts';

const address = 'https://n8n.example.com/webhook/5c9f3d0e-1111-4222-8333-944455556666/postback';
const key = newKey();

describe('our postback URL', () => {
	it('asks for every field, with literal brackets, and carries the key', () => {
		const url = ownUrl({ address, key });
		expect(url.startsWith(`${address}?etransaction_id=<etransaction_id>&`)).toBe(true);
		expect(url).toContain('&is_event=<is_event>');
		expect(url.endsWith(`&key=${key}`)).toBe(true);
		expect(macrosIn(url)).toEqual([...eventFields]);
		expect(url.length).toBeLessThan(1000);
	});

	it('holds a copy of the postback before it, in which Rakuten finds no macro', () => {
		const before = {
			url: 'https://t1.anytrack.io/hBtoE3hN/collect/rakuten?u1=<u1>&amount=<sale_amount>',
			isActive: true,
		};
		const url = ownUrl({ address, key, before });
		expect(readOwnUrl(url)).toEqual({ address, key, before });
		expect(macrosIn(url)).toEqual([...eventFields]);
		expect(url).toMatch(/&before=Y[A-Za-z0-9_-]+$/);
	});

	it('leaves the copy out if the URL would become longer than what is known to be accepted', () => {
		const long = { url: `https://tracker.example.com/?${'x'.repeat(1200)}`, isActive: true };
		expect(ownUrl({ address, key, before: long })).toBe(ownUrl({ address, key }));
	});

	it('gives back whatever it was made of', () => {
		const before = fc.option(
			fc.record({
				url: fc
					.webUrl({ withQueryParameters: true, withFragments: true, size: 'small' })
					.map((url) => `${url}&ü=<u1>`),
				isActive: fc.boolean(),
			}),
			{ nil: undefined },
		);
		fc.assert(
			fc.property(before, (postback) => {
				const read = readOwnUrl(ownUrl({ address, key, before: postback }));
				expect(read).toEqual({ address, key, before: postback });
			}),
		);
	});

	it.each([
		'',
		'https://t1.anytrack.io/collect',
		'https://t1.anytrack.io/?u1=<u1>',
		'https://n8n.example.com/?key=',
		'?',
	])('is not recognized in %p', (url) => {
		expect(readOwnUrl(url)).toBeUndefined();
	});

	it('takes no copy that is not one', () => {
		for (const before of ['', 'Y', 'X123', 'Yhttps://x', 'Y!!!', `Y${btoa('javascript:1')}`]) {
			expect(readOwnUrl(`${address}?key=${key}&before=${before}`)?.before).toBeUndefined();
		}
	});

	it('reads any text without throwing', () => {
		fc.assert(
			fc.property(fc.string({ unit: anyCharacter }), (text) => {
				readOwnUrl(`${address}?${text}`);
				readOwnUrl(text);
			}),
		);
	});
});
