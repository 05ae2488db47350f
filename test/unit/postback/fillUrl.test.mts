import fc from 'fast-check';

import { fillPostbackUrl } from '../../../rakuten/postback/fillUrl';
import { macrosIn, unknownMacros } from '../../../rakuten/postback/macros';
import { eventFields } from '../../../rakuten/line/eventLine';
import { anyCharacter } from '../anyCharacter.mts';

const hit = {
	u1: 'a b&c=d/ü',
	sale_amount: '43.17',
	order_id: '<order_id>',
	process_date: '2023-05-21T06:58:45.000 0000',
	quantity: 1,
};

describe("another tracker's URL", () => {
	it.each([
		['https://t.io/x?u1=<u1>', 'https://t.io/x?u1=a%20b%26c%3Dd%2F%C3%BC'],
		[
			'https://t.io/x?u1=%3Cu1%3E&s=%3csale_amount%3e',
			'https://t.io/x?u1=a%20b%26c%3Dd%2F%C3%BC&s=43.17',
		],
		['https://t.io/<sale_amount>/<quantity>#<U1>', 'https://t.io/43.17/1#a%20b%26c%3Dd%2F%C3%BC'],
		// The plus that became a blank on the way here is a plus again.
		['https://t.io/?d=<process_date>', 'https://t.io/?d=2023-05-21T06%3A58%3A45.000%2B0000'],
		// What did not come, and what Rakuten did not fill in, is empty.
		['https://t.io/?o=<order_id>&c=<currency>', 'https://t.io/?o=&c='],
		['https://t.io/?a=<sale_amount>&b=<sale_amount>', 'https://t.io/?a=43.17&b=43.17'],
		['https://t.io/?fixed=%20x&a=<quantity>', 'https://t.io/?fixed=%20x&a=1'],
	])('%s becomes %s', (url, filled) => {
		expect(fillPostbackUrl(url, hit)).toBe(filled);
	});

	it.each(['commissions_list_id', 'commission_list_id'])('may ask for <%s>', (name) => {
		const url = `https://t.io/?l=<${name}>`;
		expect(fillPostbackUrl(url, { commissions_list_id: '7' })).toBe('https://t.io/?l=7');
	});

	it.each([
		['https://t.io/collect/rakuten', 'https://t.io/collect/rakuten?'],
		['https://t.io/?id=5', 'https://t.io/?id=5&'],
		['https://t.io/?id=5#part', 'https://t.io/?id=5&'],
	])('without macros (%s) gets the fields under their own names', (url, start) => {
		const filled = fillPostbackUrl(url, hit);
		expect(filled.startsWith(`${start}sale_amount=43.17&quantity=1&`)).toBe(true);
		expect(filled).toContain('u1=a%20b%26c%3Dd%2F%C3%BC');
		expect(filled.endsWith('#part')).toBe(url.endsWith('#part'));
		expect(filled).not.toContain('order_id');
	});

	it('never carries a value further than its own place, nor our key', () => {
		const value = fc.oneof(fc.string({ unit: anyCharacter }), fc.anything());
		const fields = fc.dictionary(fc.constantFrom(...eventFields, 'key', '__proto__'), value);
		fc.assert(
			fc.property(fields, (came) => {
				const filled = fillPostbackUrl('https://t.io/<sid>/x?u1=<u1>&end=1', {
					...came,
					key: 'SECRET',
				});
				const url = new URL(filled);
				expect(url.origin).toBe('https://t.io');
				expect([...url.searchParams.keys()]).toEqual(['u1', 'end']);
				expect(url.searchParams.get('end')).toBe('1');
				expect(url.hash).toBe('');
				const bare = fillPostbackUrl('https://t.io/', { ...came, key: 'SECRET' });
				expect(new URL(bare).searchParams.has('key')).toBe(false);
			}),
		);
	});
});

describe('macros', () => {
	it('are found plain and encoded, each once', () => {
		expect(macrosIn('https://t.io/?a=<u1>&b=%3CU1%3E&c=<sid>')).toEqual(['u1', 'sid']);
		expect(macrosIn('https://t.io/?a=1')).toEqual([]);
	});

	it('that are not fields are named', () => {
		expect(unknownMacros('https://t.io/?a=<u1>&b=<click_id>&c=%3Cfoo%3E')).toEqual([
			'click_id',
			'foo',
		]);
		const all = eventFields.map((name) => `${name}=<${name}>`).join('&');
		expect(unknownMacros(`https://t.io/?${all}&commission_list_id=<commission_list_id>`)).toEqual(
			[],
		);
	});
});
