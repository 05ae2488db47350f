import type { HitStyle } from '../../../../sandbox/developer/postbackHit.mts';
import { hitOf } from '../../../../sandbox/developer/postbackHit.mts';
import { hitValuesOf } from '../../../../sandbox/developer/hitValues.mts';
import type { EventFields } from '../../../../sandbox/developer/eventFields.mts';

const FIELDS: EventFields = {
	etransaction_id: '61bcf6217ae356ae46e8a0d64bcd693d',
	advertiser_id: 3358,
	sid: 3771737,
	order_id: 'W1,234/5',
	offer_id: undefined,
	sku_number: '',
	sale_amount: 43.1,
	quantity: 2,
	commissions: 25,
	process_date: Date.parse('2023-05-21T06:58:45Z') / 1000,
	transaction_date: Date.parse('2023-05-20T23:00:00Z') / 1000,
	transaction_type: 'realtime',
	product_name: 'Chef’s knife 8" & more #1 <b>+50%</b>',
	u1: '',
	currency: 'USD',
	is_event: true,
	commissions_list_id: undefined,
};

const VALUES = hitValuesOf(FIELDS);
const WORDING = { missingMacrosAs: 'empty', bareUrlAs: 'asIs' } as const;

function hit(url: string, style: Partial<HitStyle> = {}, wording: object = {}) {
	const given = { macros: 'encoded', method: 'GET', ...style } as const;
	return hitOf(url, VALUES, given, { ...WORDING, ...wording });
}

const path = (...args: Parameters<typeof hit>) => hit(...args).path;

describe('values', () => {
	it('are texts, dates in the postback’s own way', () => {
		expect(Object.fromEntries(VALUES)).toEqual({
			etransaction_id: '61bcf6217ae356ae46e8a0d64bcd693d',
			advertiser_id: '3358',
			sid: '3771737',
			order_id: 'W1,234/5',
			offer_id: '',
			sku_number: '',
			sale_amount: '43.1',
			quantity: '2',
			commissions: '25',
			process_date: '2023-05-21T06:58:45.000+0000',
			transaction_date: '2023-05-20T23:00:00.000+0000',
			transaction_type: 'realtime',
			product_name: FIELDS.product_name,
			u1: '',
			currency: 'USD',
			is_event: 'Y',
			commissions_list_id: '',
		});
	});
});

describe('a hit with encoded values', () => {
	it('can be read back to the letter', () => {
		const url =
			'http://127.0.0.1:1/hook/x?key=a%20b&p=<product_name>&d=<process_date>&o=<order_id>&e=<u1>';
		const query = new URLSearchParams(path(url).split('?')[1]);
		expect(Object.fromEntries(query)).toEqual({
			key: 'a b',
			p: FIELDS.product_name,
			d: '2023-05-21T06:58:45.000+0000',
			o: 'W1,234/5',
			e: '',
		});
		expect(path(url)).toContain('d=2023-05-21T06%3A58%3A45.000%2B0000');
	});
});

describe('a hit with raw values', () => {
	it('§10.28 has its plus as it is, which a reader takes for a blank', () => {
		const sent = path('http://127.0.0.1/?d=<process_date>', { macros: 'raw' });
		expect(sent).toBe('/?d=2023-05-21T06:58:45.000+0000');
		expect(new URLSearchParams(sent.split('?')[1]).get('d')).toBe('2023-05-21T06:58:45.000 0000');
	});

	it('escapes only what no request line can hold, and ends at a #', () => {
		expect(path('http://127.0.0.1/?p=<product_name>&u=<u1>', { macros: 'raw' })).toBe(
			'/?p=Chef%E2%80%99s%20knife%208"%20&%20more%20',
		);
	});

	it('leaves commas, slashes and per cents alone', () => {
		const values = new Map([['u1', '100%&x=/,;:<u1>']]);
		const style = { macros: 'raw', method: 'GET' } as const;
		const sent = hitOf('http://127.0.0.1/a?u=<u1>', values, style, WORDING).path;
		expect(sent).toBe('/a?u=100%&x=/,;:<u1>');
	});
});

describe('macros', () => {
	it('are known names in literal brackets; anything else stays', () => {
		expect(path('http://127.0.0.1/<sid>?a=<sid>&b=%3Csid%3E&c=<SID>&d=<order>&e=<__proto__>')).toBe(
			'/3771737?a=3771737&b=%3Csid%3E&c=%3CSID%3E&d=%3Corder%3E&e=%3C__proto__%3E',
		);
	});

	it.each([
		['empty', '/?u=&o='],
		['null', '/?u=null&o=null'],
		['macro', '/?u=%3Cu1%3E&o=%3Coffer_id%3E'],
	] as const)('without a value are %s', (missingMacrosAs, expected) => {
		expect(path('http://127.0.0.1/?u=<u1>&o=<offer_id>', {}, { missingMacrosAs })).toBe(expected);
	});

	it('may be missing: the URL is called as it is, or with everything', () => {
		const bare = 'https://127.0.0.1/id/collect?x=1';
		expect(path(bare)).toBe('/id/collect?x=1');
		const all = path(bare, {}, { bareUrlAs: 'allFields' });
		expect(all).toMatch(/^\/id\/collect\?x=1&etransaction_id=61bc.*&is_event=Y/);
		expect([...new URLSearchParams(all.split('?')[1]).keys()]).toHaveLength(18);
	});
});

describe('a URL', () => {
	it('loses its fragment, and may lack scheme, path and query', () => {
		expect(path('http://127.0.0.1/a?b=<sid>#<u1>')).toBe('/a?b=3771737');
		expect(hit('localhost:81')).toMatchObject({ path: '/', method: 'GET' });
		expect(hit('localhost:81').origin.host).toBe('localhost:81');
	});

	it('can be called at another address', () => {
		const { origin, path: called } = hit('https://n8n.example.org/webhook/x?u=<sid>', {
			origin: 'http://127.0.0.1:5678',
		});
		expect([origin.origin, called]).toEqual(['http://127.0.0.1:5678', '/webhook/x?u=3771737']);
	});

	it.each(['', 'ftp://127.0.0.1/', 'http://user:word@127.0.0.1/', 'http://<sid>/', 'http:// x/'])(
		'%j cannot be called',
		(url) => {
			expect(() => hit(url)).toThrow();
		},
	);
});

describe('a hit by POST', () => {
	const url = 'http://127.0.0.1/h?key=k&p=<product_name>&d=<process_date>&__proto__=<sid>&x';

	it('has the former macros in its body as JSON, under their names in the URL', () => {
		const sent = hit(url, { method: 'POST json' });
		expect(sent).toMatchObject({
			method: 'POST',
			path: '/h?key=k&x',
			headers: { 'content-type': 'application/json' },
		});
		expect(Object.entries(JSON.parse(sent.body))).toEqual([
			['p', FIELDS.product_name],
			['d', '2023-05-21T06:58:45.000+0000'],
			['__proto__', '3771737'],
		]);
	});

	it('or as a form, encoded or raw', () => {
		const encoded = hit(url, { method: 'POST form' });
		expect(encoded.headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect(new URLSearchParams(encoded.body).get('p')).toBe(FIELDS.product_name);
		expect(encoded.path).toBe('/h?key=k&x');
		const raw = hit(url, { method: 'POST form', macros: 'raw' });
		expect(raw.body).toContain('&d=2023-05-21T06:58:45.000+0000');
	});
});
