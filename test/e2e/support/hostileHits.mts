import { Random } from '../../../sandbox/account/random.mts';
import type { RawRequest } from './rawRequest.mts';

/** A request that nobody in their right mind sends. */
export interface HostileHit {
	request: RawRequest;
	/** Whether the first key it has is the right one, with the right address and method. */
	isKeyed: boolean;
	/** What is hostile about it, for messages. */
	what: string;
}

/** Seeded requests to the trigger at `path`, some with its key. */
export function hostileHits(count: number, seed: number, path: string, key: string): HostileHit[] {
	return Array.from({ length: count }, (_, number) =>
		hostileHit(new Random(seed, 'hostile hit', number), path, key),
	);
}

function hostileHit(random: Random, path: string, key: string): HostileHit {
	const keyed = random.chance(0.25);
	const [keyName, keyPart] = keyed
		? ['right key', `key=${key}`]
		: random.pick(wrongKeys(random, key));
	const [pathName, target] = random.chance(0.93)
		? ['right path', path]
		: random.pick(wrongPaths(path));
	const parts = Array.from({ length: random.whole(0, 8) }, () => random.pick(parameters(random)));
	const position = random.whole(0, parts.length);
	const query = [...parts.slice(0, position), keyPart, ...parts.slice(position)]
		.filter((part) => part !== '')
		.join('&');
	const [bodyName, message] = random.chance(0.6)
		? ['GET', { method: 'GET' }]
		: random.pick(messages(random, key));
	return {
		request: { ...message, target: query === '' ? target : `${target}?${query}` },
		isKeyed:
			(keyed || firstIsRight.has(keyName)) &&
			target === path &&
			['GET', 'POST'].includes(message.method),
		what: [keyName, pathName, bodyName, ...parts.map((part) => part.slice(0, 40))].join(', '),
	};
}

/** The first of several keys counts, as what follows the URL that Rakuten calls may be anybody's text. */
const firstIsRight = new Set([
	'key twice',
	'key and a wrong one',
	'key in a list',
	'key under an index',
]);

function wrongKeys(random: Random, key: string): Array<[string, string]> {
	const wrong = `${random.hex(21)}A`;
	const at = random.whole(0, key.length - 1);
	const flipped = `${key.slice(0, at)}${key[at] === 'A' ? 'B' : 'A'}${key.slice(at + 1)}`;
	return [
		['no key', ''],
		['empty key', 'key='],
		['key without a value', 'key'],
		['wrong key', `key=${wrong}`],
		['key with one character wrong', `key=${flipped}`],
		['key cut off', `key=${key.slice(0, -1)}`],
		['key and more', `key=${key}a`],
		['key and a blank', `key=${key}%20`],
		['key and NUL', `key=${key}%00`],
		['key in capitals', `key=${key.toUpperCase()}`],
		['name in capitals', `KEY=${key}`],
		['key twice', `key=${key}&key=${key}`],
		['key and a wrong one', `key=${key}&key=${wrong}`],
		['wrong one and key', `key=${wrong}&key=${key}`],
		['key in a list', `key[]=${key}`],
		['key under an index', `key[0]=${key}`],
		['key in an object', `key[key]=${key}`],
		['key of a prototype', `__proto__[key]=${key}`],
		['key of a constructor', `constructor[prototype][key]=${key}`],
		['huge key', `key=${'k'.repeat(9_000)}`],
		['broken encoding', 'key=%zz%E0%A4%A'],
		['key encoded twice', `key=${encodeURIComponent(encodeURIComponent(`${key}%`))}`],
		['key as a macro', 'key=<key>'],
		['true', 'key=true'],
		['undefined', 'key=undefined'],
	];
}

function wrongPaths(path: string): Array<[string, string]> {
	return [
		['longer path', `${path}/x`],
		['shorter path', path.slice(0, -1)],
		['encoded path', path.replace('postback', '%70ostbac%zz')],
		['path upwards', `${path}/../../x`],
		['test path', path.replace('/webhook/', '/webhook-test/')],
		['path in capitals', path.toUpperCase()],
	];
}

/** One parameter of the query or of a form. */
function parameters(random: Random): string[] {
	const deep = Array.from({ length: 60 }, () => '[a]').join('');
	return [
		'etransaction_id=<etransaction_id>',
		`etransaction_id=${random.hex(32)}`,
		'etransaction_id=%00%01%0d%0aSet-Cookie:%20a=b',
		'etransaction_id[]=1&etransaction_id[]=2',
		'etransaction_id[toString]=1',
		'sale_amount=1e999',
		'sale_amount=-',
		`sale_amount=${'9'.repeat(4_000)}`,
		'sale_amount=NaN&sale_amount=1.00',
		'commissions=%E2%82%AC12',
		'commissions=0x10',
		'quantity=99999999999999999999',
		'quantity=1.5.5',
		'process_date=2023-05-21T06:58:45.000 0000'.replace(' ', '%20'),
		'process_date=9999999-99-99T99:99:99',
		`transaction_date=${'1'.repeat(3_000)}`,
		'currency=EURO',
		'currency=__proto__',
		`u1=${'%F0%9F%92%A9'.repeat(300)}`,
		`u1=${'a'.repeat(6_000)}`,
		'u1=%ED%A0%80',
		'u1=%',
		'u1[__proto__][polluted]=yes',
		'is_event=maybe',
		'is_event[]=Y',
		'sid=3771738',
		'sid[sid]=1',
		'__proto__=1',
		'__proto__[state]=accepted',
		'constructor[prototype][state]=accepted',
		'hasOwnProperty=1',
		'toString=1',
		'sample=purchase',
		'before=Yaaaa',
		`product_name${deep}=1`,
		Array.from({ length: 200 }, (_, index) => `p${index}=1`).join('&'),
		'=',
		'&&&',
		'%',
	];
}

type Message = Pick<RawRequest, 'method' | 'headers' | 'body'>;

function messages(random: Random, key: string): Array<[string, Message]> {
	const post = (type: string, body: string): Message => ({
		method: 'POST',
		headers: { 'content-type': type },
		body,
	});
	const json = (body: string) => post('application/json', body);
	const form = (body: string) => post('application/x-www-form-urlencoded', body);
	const part = (name: string, value: string) =>
		`--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
	return [
		['HEAD', { method: 'HEAD' }],
		['PUT', { method: 'PUT' }],
		['DELETE', { method: 'DELETE' }],
		['PATCH', { method: 'PATCH' }],
		['OPTIONS', { method: 'OPTIONS' }],
		['POST without a body', { method: 'POST' }],
		['JSON that ends early', json('{"u1":')],
		['JSON null', json('null')],
		['JSON text', json('"text"')],
		['JSON list', json('[{"u1":"a"}]')],
		['JSON number', json('1e400')],
		['JSON with the key', json(JSON.stringify({ key, u1: 'a', sale_amount: 1 }))],
		['JSON prototype', json('{"__proto__":{"state":"accepted"},"u1":"a"}')],
		['JSON constructor', json('{"constructor":{"prototype":{"x":1}},"etransaction_id":{}}')],
		['JSON of wrong types', json('{"sale_amount":{},"u1":[],"is_event":[true],"quantity":1e308}')],
		['deep JSON', json(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)],
		['large JSON', json(JSON.stringify({ u1: 'a'.repeat(1_000_000) }))],
		['form', form(random.pick(parameters(random)))],
		['form with the key', form(`key=${key}&u1=a`)],
		['form of nonsense', form('%%%&=&[]=&a[=1&]=2')],
		['plain text', post('text/plain', '\u0000\u0001 text')],
		['XML', post('application/xml', '<a><b>1</b></a>')],
		['broken XML', post('application/xml', '<a><b></a>')],
		['multipart', post('multipart/form-data; boundary=x', `${part('u1', 'a')}--x--\r\n`)],
		['multipart key', post('multipart/form-data; boundary=x', `${part('key', key)}--x--\r\n`)],
		['unknown type', post('application/x-nothing', random.hex(64))],
		['no type', { method: 'POST', body: 'u1=a' }],
	];
}
