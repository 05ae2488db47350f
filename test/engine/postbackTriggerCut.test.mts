import type { IDataObject } from 'n8n-workflow';

import { olderOwnUrl } from '../unit/postback/olderOwnUrl.mts';
import {
	handHost,
	postbackCalls,
	registeredKey,
	sale,
	serve,
	triggerHost,
} from './postbackTriggerNode.mts';
import type { Served } from './postbackTriggerNode.mts';
import { useSandbox } from './reportNode.mts';
import type { TriggerHost } from './webhookHarness.mts';

const sandbox = useSandbox();

let served: Served | undefined;
beforeEach(() => {
	sandbox.developer.setPostback(undefined);
	sandbox.developer.change({ urlStoredAs: 'sent', longestUrl: 0, longerUrl: 'cut' });
});
afterEach(async () => await served?.close());

/** What n8n's asking again, as at a start, changes at Rakuten. */
async function writesAgain(host: TriggerHost): Promise<string[]> {
	sandbox.clearRequests();
	await host.activate();
	return postbackCalls(sandbox).filter((method) => method !== 'GET');
}

/** What arrives of one sale whose free texts are these, sent as the registered URL asks. */
async function arrived(texts: Record<string, string>, macros: 'raw' | 'encoded' = 'raw') {
	const host = triggerHost(sandbox, { options: { allowNonPublicAddress: true } });
	served = await serve(host);
	await host.activate();
	const values: Record<string, string> = { ...sale, ...texts };
	const [called] = sandbox.developer
		.postback()!
		.url.replace(/<([a-z_\d]+)>/g, (macro, name: string) => {
			const value = values[name] ?? macro;
			return macros === 'encoded' ? encodeURIComponent(value) : value.replaceAll(' ', '%20');
		})
		.split('#');
	const response = await fetch(called!.replaceAll('<', '%3C').replaceAll('>', '%3E'));
	const item = served.answers[0]?.outputs?.flat()[0]?.json;
	return { status: response.status, item, host };
}

describe('§4.2 a value that Rakuten fills in as it is', () => {
	it.each([
		['product_name', 'Lipstick #5'],
		['product_name', 'Caf&#233; cup'],
		['product_name', 'x&key=abc'],
		['product_name', 'a&key[]=1&key=2'],
		['product_name', 'x?key=a#&b'],
	])('costs the rest of a name, not the sale: %s %s', async (name, text) => {
		const { status, item } = await arrived({ [name]: text });
		expect(status).toBe(200);
		expect(item).toMatchObject({
			state: 'accepted',
			lineId: sale.etransaction_id,
			orderId: sale.order_id,
			saleAmount: '43.17',
			commission: '25',
			currency: 'EUR',
			u1: sale.u1,
			isEvent: false,
		});
	});

	it.each([
		['sku_number', 'AB#12', ['product_name']],
		['u1', 'a#b', ['u1', 'sku_number', 'product_name'].slice(1)],
		['order_id', 'R#77', ['u1', 'sku_number', 'product_name']],
	])('that cuts off other fields is told and never accepted: %s %s', async (name, text, lost) => {
		const { status, item } = await arrived({ [name]: text });
		expect(status).toBe(200);
		expect(item).toMatchObject({ state: 'discarded', saleAmount: '43.17', commission: '25' });
		expect(item!.reason).toContain(`Cut off on the way: ${lost.join(', ')} did not arrive`);
		expect(item!.raw).toMatchObject({ etransaction_id: sale.etransaction_id });
		// Its own row: what Catch up stores under the transaction ID is the whole line.
		expect(item!.lineId).toMatch(/^h:[0-9a-f]{32}$/);
	});

	it('is complete where it is encoded', async () => {
		const { item } = await arrived(
			{ product_name: 'a#b&key=c', u1: 'x y', transaction_date: sale.process_date },
			'encoded',
		);
		expect(item).toMatchObject({ state: 'accepted', productName: 'a#b&key=c', u1: 'x y' });
	});
});

describe('a hit that was cut off', () => {
	it.each([{ u1: 'x' }, { ...sale, is_event: undefined }, { ...sale, u1: undefined }])(
		'by hand is not accepted: %j',
		async (query) => {
			const sent = JSON.parse(JSON.stringify(query)) as IDataObject;
			const { item } = await handHost().request({ query: sent });
			expect(item).toMatchObject({ state: 'discarded', raw: sent });
			expect(item!.reason).toMatch(/^Cut off on the way: /);
			expect(item!.reason).not.toContain('the link was not tagged');
		},
	);

	it('is not one whose fields came empty, nor a body without the optional ones', async () => {
		const empty = { ...sale, u1: '', product_name: '', sku_number: '', offer_id: '' };
		expect((await handHost().request({ query: empty })).item).toMatchObject({
			state: 'unattributed',
		});
		const { offer_id: _offer, product_name: _name, ...body } = sale;
		const headers = { 'content-type': 'application/json' };
		expect(
			(await handHost().request({ method: 'POST', query: {}, body, headers })).item,
		).toMatchObject({ state: 'accepted' });
		expect(
			(await handHost().request({ method: 'POST', query: {}, body: { u1: 'x' }, headers })).item,
		).toMatchObject({ state: 'discarded', raw: { u1: 'x' } });
	});
});

describe('what can not be used', () => {
	const post = async (body: unknown, type = 'application/json') =>
		(
			await handHost().request({
				method: 'POST',
				query: {},
				body: body as IDataObject,
				headers: { 'content-type': type },
			})
		).item!;

	it.each([
		['a list', [sale]],
		['an envelope', { data: [sale] }],
		['an envelope of one', { data: sale }],
		['two envelopes', { event: 'sale', payload: { data: [sale] } }],
		['text', JSON.stringify([sale])],
		['text in an envelope', JSON.stringify({ data: sale })],
	])('is not one transaction in %s: that is read', async (_, body) => {
		expect(await post(body, typeof body === 'string' ? 'text/plain' : undefined)).toMatchObject({
			state: 'accepted',
			lineId: sale.etransaction_id,
		});
	});

	it.each([
		[[sale, { ...sale, etransaction_id: 'B' }], sale.etransaction_id],
		['no JSON at all', 'no JSON at all'],
		[{ unknown: { deep: [1, 'word'] } }, 'word'],
		[[[1, 'word']], 'word'],
		[{ ...sale, sale_amount: { units: 'word' } }, 'word'],
	])('is kept as it came: %j', async (body, text) => {
		const item = await post(body);
		expect(item.state).toBe('discarded');
		expect(JSON.stringify(item.raw)).toContain(text);
	});

	it('has a line ID of its own, the same when it comes again', async () => {
		const [first, second, again] = [await post('a'), await post('b'), await post('a')];
		expect(second.lineId).not.toBe(first.lineId);
		expect(again.lineId).toBe(first.lineId);
	});

	it('keeps its payload without the key', async () => {
		const host = triggerHost(sandbox);
		await host.activate();
		const key = registeredKey(sandbox);
		const body = [{ url: `https://n8n.example/?key=${key}` }, { key }] as never;
		const { outputs } = await host.request({ method: 'POST', query: { key }, body });
		expect(JSON.stringify(outputs)).toContain('***');
		expect(JSON.stringify(outputs)).not.toContain(key);
	});
});

it('§10.28 blanks were pluses in the IDs of a hit whose date lost its plus', async () => {
	const query = { ...sale, u1: 'aGVsbG8 d29y ', order_id: 'A 1', product_name: 'a b' };
	expect((await handHost().request({ query })).item).toMatchObject({
		u1: 'aGVsbG8+d29y+',
		orderId: 'A+1',
		productName: 'a b',
	});
	const encoded = { ...query, transaction_date: sale.process_date };
	expect((await handHost().request({ query: encoded })).item).toMatchObject({
		u1: 'aGVsbG8 d29y',
		orderId: 'A 1',
	});
});

it('reads a parameter with a blank before its name', async () => {
	const { transaction_date: date, ...rest } = sale;
	const { item } = await handHost().request({ query: { ...rest, ' transaction_date': date } });
	expect(item).toMatchObject({ state: 'accepted', transactionDate: '2023-05-21T06:58:45.000Z' });
});

it('shows whether the line is locked', async () => {
	const query = { ...sale, lock_status: 'LOCKED', order_auto_lock_date: sale.process_date };
	const { item } = await handHost().request({ query });
	expect(item).toMatchObject({
		lockStatus: 'LOCKED',
		orderAutoLockDate: '2023-05-21T06:58:45.000Z',
		lineId: sale.etransaction_id,
	});
});

describe('§4.1 a postback that Rakuten stores in its own way', () => {
	const other = { url: 'https://t.example.com/in?a=1&u1=<u1>', isActive: true };

	it.each(['entities', 'percent', 'blank'] as const)(
		'is in force, and the other one is restored: %s',
		async (urlStoredAs) => {
			sandbox.developer.change({ urlStoredAs });
			sandbox.developer.setPostback(other);
			const host = triggerHost(sandbox, { ifAnotherExists: 'replaceAndRestore' });
			await host.activate();
			const key = registeredKey(sandbox);
			expect((await host.request({ query: { ...sale, key } })).item).toMatchObject({
				state: 'accepted',
			});
			expect(await writesAgain(host)).toEqual([]);
			await host.deactivate();
			const { url, isActive } = sandbox.developer.postback()!;
			expect({ url: url.trim().replaceAll('%3C', '<').replaceAll('%3E', '>'), isActive }).toEqual(
				other,
			);
		},
	);

	it.each([
		['cut', 600],
		['cut', 512],
		['cut', 255],
		['refuse', 500],
		['refuse', 300],
	] as const)('is shorter where a long one is %s: %d characters', async (longerUrl, longestUrl) => {
		sandbox.developer.change({ longerUrl, longestUrl });
		const host = triggerHost(sandbox);
		await host.activate();
		const { url } = sandbox.developer.postback()!;
		expect(url.length).toBeLessThanOrEqual(longestUrl);
		for (const name of ['etransaction_id', 'is_event', 'u1', 'sale_amount', 'commissions']) {
			expect(url).toContain(`&${name}=<${name}>`);
		}
		const asked = Object.fromEntries(
			Object.entries(sale).filter(([name]) => url.includes(`<${name}>`)),
		);
		const { item } = await host.request({ query: { ...asked, key: registeredKey(sandbox) } });
		expect(item).toMatchObject({ state: 'accepted', u1: sale.u1, saleAmount: '43.17' });
		const left = Object.keys(sale).filter((name) => !(name in asked));
		expect([...((item!.notAsked as string[]) ?? [])].sort()).toEqual(left.sort());
		for (const name of left) expect(host.logged('warn')).toContain(name);
		expect(await writesAgain(host)).toEqual([]);
		await host.deactivate();
		expect(sandbox.developer.postback()).toBeUndefined();
	});

	it('in the form of earlier versions goes on working, and is replaced at the next chance', async () => {
		const host = triggerHost(sandbox);
		await host.activate();
		const key = registeredKey(sandbox);
		const [address] = sandbox.developer.postback()!.url.split('?');
		sandbox.developer.setPostback({ url: olderOwnUrl({ address: address!, key }), isActive: true });
		expect((await host.request({ query: { ...sale, key } })).item).toMatchObject({
			state: 'accepted',
		});
		expect(await writesAgain(host)).toEqual(['PUT']);
		expect(sandbox.developer.postback()!.url).toContain(`?key=${key}&`);
		await host.deactivate();
		expect(sandbox.developer.postback()).toBeUndefined();
	});
});
