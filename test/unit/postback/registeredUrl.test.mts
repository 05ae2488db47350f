import fc from 'fast-check';

import { macrosIn } from '../../../rakuten/postback/macros';
import { ownUrl } from '../../../rakuten/postback/ownUrl';
import { postbackState } from '../../../rakuten/postback/postbackState';
import { registeredUrl } from '../../../rakuten/postback/registeredUrl';
import { rememberedIn } from '../../../rakuten/postback/remembered';
import { addressOf, shownUrl } from '../../../rakuten/postback/shownUrl';
import { eventFields } from '../../../rakuten/line/eventLine';
import { olderOwnUrl } from './olderOwnUrl.mts';
import { thrownBy } from '../thrownBy.mts';

describe('registeredUrl', () => {
	it.each([
		['https://t.example/in', ['u1'], 'https://t.example/in?is_event=<is_event>&u1=<u1>'],
		['https://t.example/in', [], 'https://t.example/in?is_event=<is_event>'],
		[' https://t.example ', [], 'https://t.example?is_event=<is_event>'],
		['https://t.example/?a=1', ['u1'], 'https://t.example/?a=1&is_event=<is_event>&u1=<u1>'],
		['https://t.example/?a=1&', [], 'https://t.example/?a=1&is_event=<is_event>'],
		['https://t.example/?', [], 'https://t.example/?is_event=<is_event>'],
		[
			'https://t.example/?click=<u1>&flag=<is_event>',
			['u1', 'is_event'],
			'https://t.example/?click=<u1>&flag=<is_event>',
		],
		[
			'https://t.example/?click=%3Cu1%3E',
			['u1'],
			'https://t.example/?click=<u1>&is_event=<is_event>',
		],
		// The URL's own parameter of a field's name wins.
		['https://t.example/?sid=7', ['sid'], 'https://t.example/?sid=7&is_event=<is_event>'],
		['https://t.example/<u1>', ['u1'], 'https://t.example/<u1>?is_event=<is_event>'],
		['http://127.0.0.1:5678/x', [], 'http://127.0.0.1:5678/x?is_event=<is_event>'],
	])('§4.2 of %s with %j is %s', (text, fields, url) => {
		expect(registeredUrl(text, fields)).toBe(url);
	});

	it.each([
		['', 'urlUnreadable'],
		['t.example/in', 'urlUnreadable'],
		['ftp://t.example/', 'urlUnreadable'],
		['https://', 'urlUnreadable'],
		['https://t.example/a b', 'urlUnreadable'],
		['https://t.example/"><script>', 'urlUnreadable'],
		['https://<u1>/', 'urlUnreadable'],
		['https://t.example/#x', 'urlFragment'],
		['https://t.example/?x=<clickid>', 'unknownMacro'],
		['https://t.example/?x=%3Cclickid%3E', 'unknownMacro'],
	])('%s is refused as %s', (text, problemName) => {
		expect(thrownBy(() => registeredUrl(text, [])).problemName).toBe(problemName);
	});

	it('refuses a field that no transaction has', () => {
		const problem = thrownBy(() => registeredUrl('https://t.example/', ['u1', 'clickid']));
		expect(problem).toMatchObject({ problemName: 'unknownField' });
	});

	it('asks for every chosen field once, and changes nothing the second time', () => {
		const query = fc.constantFrom('', '?', '?a=1', '?a=1&b=2&', '?u=<u1>', '?x=%3Corder_id%3E');
		fc.assert(
			fc.property(query, fc.subarray([...eventFields]), (own, fields) => {
				const url = registeredUrl(`https://t.example/in${own}`, fields);
				expect(new Set(macrosIn(url))).toEqual(new Set([...fields, 'is_event', ...macrosIn(own)]));
				expect(url.match(/<[a-z_\d]+>/g)).toHaveLength(macrosIn(url).length);
				expect(registeredUrl(url, fields)).toBe(url);
			}),
		);
	});
});

describe('shownUrl', () => {
	const address = 'https://n8n.example/webhook/5c9f3d0e-1111-4222-8333-944455556666/postback';
	const key = 'K'.repeat(43);
	const before = { url: 'https://t.example/?pass=secret', isActive: true };

	it('hides what only our triggers know', () => {
		const shown = shownUrl(ownUrl({ address, key, before }));
		expect(shown).not.toContain(key);
		expect(shown).not.toContain(Buffer.from('t.example').toString('base64url').slice(2, 8));
		expect(shown).toContain('?key=***&etransaction_id=');
		expect(shown).toMatch(/&before=\*\*\*$/);
		expect(shown).toContain('u1=<u1>');
		expect(shownUrl(`${address}/${'my-own-key_0123456'}`)).toBe(`${address}/***`);
		const elsewhere = address.replace('/webhook/', '/hooks/');
		expect(shownUrl(`${elsewhere}/${'my-own-key_0123456'}`, true)).toBe(`${elsewhere}/***`);
		expect(shownUrl(ownUrl({ address, key }).replaceAll('<', '%3C'))).not.toContain(key);
		for (const end of ['&', '&befor', '&before=Y', '&x=1', '#', ' ']) {
			expect(shownUrl(ownUrl({ address, key }) + end)).not.toContain(key);
		}
		for (const url of [ownUrl({ address, key, before }), olderOwnUrl({ address, key, before })]) {
			for (let length = address.length; length < url.length; length++) {
				const cut = shownUrl(url.slice(0, length), true);
				expect(cut).not.toContain(key.slice(0, 9));
				expect(shownUrl(url.slice(0, length).replaceAll('&', '&amp;'), true)).not.toContain(
					key.slice(0, 9),
				);
			}
			expect(shownUrl(url)).toContain('key=***');
			expect(shownUrl(url)).toMatch(/&before=\*\*\*$/);
			expect(shownUrl(url.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))).not.toContain(key);
		}
	});

	it('hides the key of a trigger that another one has replaced', () => {
		const hooks = address.replace('/webhook/', '/hooks/');
		const byHand = { url: `${hooks}/my-own-key_0123456?u1=<u1>`, isActive: true };
		const url = ownUrl({ address: hooks, key, before: byHand });
		expect(rememberedIn({ url, isActive: true })).toEqual({
			rememberedUrl: `${hooks}/***?u1=<u1>`,
			rememberedIsActive: true,
		});
		const ofTracker = ownUrl({ address, key, before });
		expect(rememberedIn({ url: ofTracker, isActive: true }).rememberedUrl).toBe(before.url);
		expect(rememberedIn(before)).toEqual({ rememberedUrl: null, rememberedIsActive: null });
	});

	it.each([
		'https://t1.anytrack.io/hBtoE3hN/collect/rakuten?u1=<u1>&is_event=<is_event>',
		'https://t.example/postback/0123456789abcdef0123?x=1',
		'https://t.example/in?key=short&before=7',
		`https://t.example/in?key=${'0123456789abcdef'.repeat(4)}&click=<u1>`,
		`https://t.example/in?id=<etransaction_id>&key=${'k'.repeat(43)}`,
		'https://t.example/5c9f3d0e-1111-4222-8333-944455556666/postback/0123456789abcdef',
		'https://t.example/?a=1?b=2',
		'no url at all',
	])("shows another tracker's whole: %s", (url) => {
		expect(shownUrl(url)).toBe(url);
	});

	it('shows when two lead to the same place', () => {
		expect(addressOf('https://T.example/In/?a=<u1>')).toBe('https://t.example/In');
		expect(addressOf('https://t.example:443/In')).toBe('https://t.example/In');
		expect(addressOf('https://t.example/in')).not.toBe('https://t.example/In');
		expect(addressOf(' no url ')).toBe('no url');
	});
});

describe('postbackState', () => {
	const sight = {
		siteId: '3771737',
		registered: { url: 'https://t.example/in', isActive: true },
		isExpected: true,
		hits: { lastHit: undefined, today: 0 },
		countingSince: '2026-11-21T08:00:00.000Z',
	};

	it.each([
		['none', { registered: undefined }, /has no postback/],
		['takenOver', { isExpected: false }, /another address, at t\.example/],
		[
			'takenOver',
			{ isExpected: false, registered: { ...sight.registered, isActive: false } },
			/switched off/,
		],
		['inactive', { registered: { ...sight.registered, isActive: false } }, /switched off/],
		['waiting', {}, /waits for the first conversion.*2026-11-21T08/],
		['receiving', { hits: { lastHit: '2026-11-21T09:00:00.000Z', today: 3 } }, /09:00.*3 today/],
		['active', { isExpected: undefined }, /to t\.example/],
	])('§10.27 is %s for %j', (state, change, words) => {
		const told = postbackState({ ...sight, ...change });
		expect(told.state).toBe(state);
		expect(told.message).toMatch(words);
		expect(told.message).toContain('3771737');
	});
});
