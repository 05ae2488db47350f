import fc from 'fast-check';

import { newKey } from '../../../rakuten/postback/key';
import { macrosIn } from '../../../rakuten/postback/macros';
import {
	fieldsNotAsked,
	hasOwnForm,
	ownUrl,
	readOwnUrl,
	shortOwnUrl,
} from '../../../rakuten/postback/ownUrl';
import { isSameUrl } from '../../../rakuten/postback/storedUrl';
import { eventFields } from '../../../rakuten/line/eventLine';
import { olderOwnUrl } from './olderOwnUrl.mts';
import { anyCharacter } from '../anyCharacter.mts';

const address = 'https://n8n.example.com/webhook/5c9f3d0e-1111-4222-8333-944455556666/postback';
const key = newKey();

describe('our postback URL', () => {
	it('asks for every field, with literal brackets, and carries the key', () => {
		const url = ownUrl({ address, key });
		expect(url.startsWith(`${address}?key=${key}&etransaction_id=<etransaction_id>&`)).toBe(true);
		expect(url).toContain('&is_event=<is_event>');
		expect(url.endsWith('&sku_number=<sku_number>&product_name=<product_name>')).toBe(true);
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

	it.each(['#', '&#233;', '&key=abc', '&key=', '&u1=z', '?key=abc#', '&before=Yabc'])(
		'§4.2 keeps its key and all money whatever a free text contains: %s',
		(text) => {
			for (const name of ['order_id', 'u1', 'sku_number', 'product_name']) {
				const before = { url: 'https://t.example/?u1=<u1>', isActive: true };
				const url = ownUrl({ address, key, before });
				const [called] = url.replace(`<${name}>`, `a${text}b`).split('#');
				expect(readOwnUrl(called)?.key).toBe(key);
				for (const safe of ['etransaction_id', 'sale_amount', 'commissions', 'is_event', 'sid']) {
					expect(called).toContain(`&${safe}=<${safe}>&`);
				}
			}
		},
	);

	it('is read in the form of earlier versions, with the key behind the fields', () => {
		const before = { url: 'https://t.example/?u1=<u1>', isActive: false };
		const url = olderOwnUrl({ address, key, before });
		expect(hasOwnForm(url)).toBe(true);
		expect(readOwnUrl(url)).toEqual({ address, key, before });
	});

	it.each([
		['entities', (url: string) => url.replaceAll('&', '&amp;').replaceAll('<', '&lt;')],
		[
			'numbers of characters',
			(url: string) => url.replaceAll('&', '&#38;').replaceAll('>', '&#x3E;'),
		],
		['entities twice', (url: string) => url.replaceAll('&', '&amp;amp;')],
		['percent', (url: string) => url.replaceAll('<', '%3C').replaceAll('>', '%3e')],
		['blanks', (url: string) => ` ${url} \n`],
	])('§4.1 is the same URL if Rakuten shows it with %s', (_, shown) => {
		const before = { url: 'https://t.example/?a=1&u1=<u1>', isActive: true };
		const url = ownUrl({ address, key, before });
		expect(isSameUrl(shown(url), url)).toBe(true);
		expect(isSameUrl(shown(url), ownUrl({ address, key }))).toBe(false);
		expect(hasOwnForm(shown(url))).toBe(true);
		expect(readOwnUrl(shown(url))).toEqual({ address, key, before });
		expect(fieldsNotAsked(shown(url))).toEqual([]);
	});

	it('is as long as allowed, with what matters most first', () => {
		const whole = ownUrl({ address, key });
		expect(shortOwnUrl({ address, key }, whole.length)).toBe(whole);
		expect(shortOwnUrl({ address, key }, address.length + 50)).toBeUndefined();
		for (let longest = 255; longest < whole.length; longest += 7) {
			const url = shortOwnUrl({ address, key }, longest)!;
			expect(url.length).toBeLessThanOrEqual(longest);
			expect(readOwnUrl(url)).toEqual({ address, key, before: undefined });
			expect(hasOwnForm(url)).toBe(true);
			expect(macrosIn(url)).toEqual(
				expect.arrayContaining(['etransaction_id', 'is_event', 'u1', 'sale_amount', 'commissions']),
			);
			expect(fieldsNotAsked(url)).not.toContain('u1');
			expect(fieldsNotAsked(url).filter((name) => macrosIn(url).includes(name))).toEqual([]);
		}
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
