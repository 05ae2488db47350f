import type { INodeParameters } from 'n8n-workflow';

import { RakutenDeveloperApi } from '../../credentials/RakutenDeveloperApi.credentials';
import { RakutenAdvertising } from '../../nodes/RakutenAdvertising/RakutenAdvertising.node';
import { noteHit } from '../../nodes/webhook/postbackHits';
import { ownUrl } from '../../rakuten/postback/ownUrl';
import { storedCredentialOf } from './developerNode.mts';
import { runNode } from './harness.mts';
import { useSandbox } from './reportNode.mts';
import type { StoredCredential } from './storedCredential.mts';

const sandbox = useSandbox();
let stored: StoredCredential;

const anytrack = 'https://t1.anytrack.io/hBtoE3hN/collect/rakuten?is_event=<is_event>&u1=<u1>';
/** The harness's n8n takes webhooks at http://127.0.0.1/webhook. */
const here = 'http://127.0.0.1/webhook/5c9f3d0e-1111-4222-8333-944455556666/postback';
const folder = '5c9f3d0e-1111-4222-8333-944455556666';
const key = 'k'.repeat(43);

beforeAll(() => {
	stored = storedCredentialOf(sandbox);
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterAll(() => jest.restoreAllMocks());
beforeEach(() => sandbox.developer.setPostback(undefined));

async function run(operation: string, parameters: INodeParameters = {}) {
	const result = await runNode({
		node: new RakutenAdvertising(),
		parameters: { resource: 'postback', operation, ...parameters },
		credentials: [{ type: new RakutenDeveloperApi(), stored }],
	});
	expect(result.everything).not.toContain(sandbox.developer.clientSecret);
	expect(result.everything).not.toMatch(/sandbox-(access|refresh)-/);
	expect(result.everything).not.toContain(key);
	return { ...result, item: result.outputs[0]?.[0]?.json };
}

const calls = () =>
	sandbox
		.requests()
		.filter(({ api }) => api === 'postback')
		.map(({ method }) => method);

describe('Postback > Get', () => {
	it.each(['message', 'notFound', 'emptyList'] as const)(
		'says that there is none, answered as %s',
		async (missingPostbackAs) => {
			sandbox.developer.change({ missingPostbackAs });
			const { item } = await run('get');
			expect(item).toMatchObject({ siteId: '3771737', state: 'none', url: null, isActive: null });
		},
	);

	it.each([
		['list', 'YN'],
		['object', 'boolean'],
		['bare', 'YN'],
	] as const)(
		'§10.21 reads the envelope %s with the flag as %s',
		async (postbackAs, isActiveAs) => {
			sandbox.developer.change({ postbackAs, isActiveAs });
			for (const isActive of [true, false]) {
				sandbox.developer.setPostback({ url: anytrack, isActive });
				expect((await run('get')).item).toMatchObject({ url: anytrack, isActive });
			}
			sandbox.developer.change({ postbackAs: 'list', isActiveAs: 'YN' });
		},
	);

	it('§10.27 says who has taken over', async () => {
		sandbox.developer.setPostback({ url: anytrack, isActive: true });
		const { item } = await run('get');
		expect(item).toMatchObject({ state: 'takenOver', leadsToThisN8n: false });
		expect(item!.message).toContain('t1.anytrack.io');
		const expected = await run('get', { expectedUrl: anytrack.split('?')[0] });
		expect(expected.item).toMatchObject({ state: 'waiting' });
	});

	it('says that it waits, receives, or is switched off, and shows no key of ours', async () => {
		const url = ownUrl({ address: here, key, before: { url: anytrack, isActive: true } });
		sandbox.developer.setPostback({ url, isActive: true });
		const waiting = (await run('get')).item!;
		expect(waiting).toMatchObject({ state: 'waiting', hitsToday: 0, lastHit: null });
		expect(waiting.url).toContain('?key=***&etransaction_id=');
		expect(waiting.url).toMatch(/&before=\*\*\*$/);
		noteHit(folder, '3771737', 'accepted');
		noteHit(folder, '3771737', 'unattributed');
		const receiving = (await run('get')).item!;
		expect(receiving).toMatchObject({
			state: 'receiving',
			hitsToday: 2,
			lastHitState: 'unattributed',
			leadsToThisN8n: true,
			rememberedUrl: anytrack,
			rememberedIsActive: true,
		});
		sandbox.developer.setPostback({ url, isActive: false });
		expect((await run('get')).item).toMatchObject({ state: 'inactive', isActive: false });
	});

	it('says so if it leads to this n8n, but not to the right place', async () => {
		sandbox.developer.setPostback({ url: ownUrl({ address: here, key }), isActive: true });
		const expectedUrl = here.replace(folder, 'another');
		const { item } = await run('get', { expectedUrl });
		expect(item).toMatchObject({ state: 'takenOver', leadsToThisN8n: true });
		expect(item!.message).toContain('goes to this n8n, but not to the expected address');
		expect(item!.rememberedUrl).toBeNull();
	});

	it('hides a key in the path', async () => {
		sandbox.developer.setPostback({ url: `${here}/${key}?u1=<u1>`, isActive: true });
		expect((await run('get')).item!.url).toBe(`${here}/***?u1=<u1>`);
	});

	it('takes an answer in an unknown form for a problem, never for a missing postback', async () => {
		sandbox.addFault({
			kind: 'refusal',
			status: 404,
			shape: 'message',
			message: 'no Route matched with those values',
			match: { path: '/' },
		});
		expect((await run('get')).error!.message).toMatch(/nothing at this address/);
	});
});

describe('Postback > Create or Update', () => {
	it.each([
		'https://t1.anytrack.io/hBtoE3hN/collect/rakuten',
		'https://old.example/in?event=<is_event>&click=%3Cu1%3E&own=<their_own_macro>',
	])("puts another tool's postback %s back exactly as it was", async (url) => {
		sandbox.developer.setPostback({ url: anytrack, isActive: true });
		const { item } = await run('createOrUpdate', { url, options: { exactlyAsWritten: true } });
		expect(item).toMatchObject({ url, isConfirmed: true, previousUrl: anytrack });
		expect(sandbox.developer.postback()).toEqual({ url, isActive: true });
	});

	it('refuses what is not a web address, even if it is to be taken as written', async () => {
		const { error } = await run('createOrUpdate', {
			url: 'AnyTrack',
			options: { exactlyAsWritten: true },
		});
		expect(error?.message).toContain("'URL' is not a web address");
		expect(calls()).not.toContain('POST');
	});

	const wanted = 'https://tracker.example/in?account=7&clickid=<u1>';

	it('sets up the first with every field, angle brackets literal, its own query kept', async () => {
		const { item, hints } = await run('createOrUpdate', { url: wanted });
		const { url, isActive } = sandbox.developer.postback()!;
		expect(isActive).toBe(true);
		expect(url.startsWith(`${wanted}&etransaction_id=<etransaction_id>&`)).toBe(true);
		expect(url).toContain('&is_event=<is_event>');
		expect(url).not.toContain('u1=<u1>&u1');
		expect(item).toMatchObject({ url, isNew: true, isChanged: true, isConfirmed: true });
		expect(item).toMatchObject({ previousUrl: null, previousIsActive: null });
		expect(calls()).toEqual(['GET', 'GET', 'POST', 'GET']);
		expect(hints).toEqual([]);
	});

	it('asks for the chosen fields, and always for the event flag', async () => {
		await run('createOrUpdate', { url: 'https://tracker.example/in', fields: ['u1', 'order_id'] });
		expect(sandbox.developer.postback()!.url).toBe(
			'https://tracker.example/in?is_event=<is_event>&order_id=<order_id>&u1=<u1>',
		);
	});

	it('§10.27 replaces another and shows it whole, to be put back', async () => {
		sandbox.developer.setPostback({ url: anytrack, isActive: false });
		const { item, hints } = await run('createOrUpdate', { url: wanted, active: true });
		expect(item).toMatchObject({
			isNew: false,
			isChanged: true,
			previousUrl: anytrack,
			previousIsActive: false,
		});
		expect(hints[0].message).toContain('t1.anytrack.io');
		expect(calls()).toEqual(['GET', 'GET', 'PUT', 'GET']);
	});

	it.each([
		`https://tracker.example.io/pb?key=${'0123456789abcdef'.repeat(4)}&click=<u1>`,
		'http://127.0.0.1/webhook/rakuten-in?key=abc123&u1=<u1>',
	])('shows another so that it can be put back from the output: %s', async (url) => {
		sandbox.developer.setPostback({ url, isActive: true });
		const { item, hints } = await run('createOrUpdate', { url: 'https://new.example.io/in' });
		expect(hints[0].message).toContain("Its URL is 'previousUrl' in the output");
		const parameters = { url: String(item!.previousUrl), options: { exactlyAsWritten: true } };
		await run('createOrUpdate', parameters);
		expect(sandbox.developer.postback()?.url).toBe(url);
	});

	it('leaves another alone with Only If None Exists', async () => {
		sandbox.developer.setPostback({ url: anytrack, isActive: true });
		const { error } = await run('createOrUpdate', {
			url: wanted,
			options: { onlyIfNoneExists: true },
		});
		expect(error!.message).toContain('t1.anytrack.io');
		expect(sandbox.developer.postback()).toEqual({ url: anytrack, isActive: true });
		expect(calls()).toEqual(['GET']);
	});

	it('changes nothing the second time', async () => {
		await run('createOrUpdate', { url: wanted });
		sandbox.clearRequests();
		const { item } = await run('createOrUpdate', {
			url: wanted,
			options: { onlyIfNoneExists: true },
		});
		expect(item).toMatchObject({ isChanged: false, isConfirmed: true });
		expect(calls()).toEqual(['GET']);
	});

	it("says that a workflow's postback was replaced, without its key", async () => {
		sandbox.developer.setPostback({ url: ownUrl({ address: here, key }), isActive: true });
		const { item, hints } = await run('createOrUpdate', { url: wanted });
		expect(hints[0].message).toContain('a workflow of this n8n');
		expect(item!.previousUrl).toContain('key=***');
	});

	it.each([
		['PUT', { url: anytrack, isActive: true }],
		['POST', undefined],
	] as const)('succeeds although the answer to the %s was lost', async (method, before) => {
		sandbox.developer.setPostback(before);
		sandbox.addFault({
			kind: 'reset',
			afterwards: true,
			times: 1,
			match: { api: 'postback', method },
		});
		const { item, error } = await run('createOrUpdate', { url: wanted });
		expect(error).toBeUndefined();
		expect(item).toMatchObject({ isConfirmed: true });
		expect(calls().filter((each) => each === 'POST')).toHaveLength(before ? 0 : 1);
	});

	it.each([
		['tracker.example/in', /'URL' is not a web address/],
		['https://tracker.example/in?x=<clickid>', /<clickid>/],
		['https://tracker.example/in#part', /behind #/],
	])('refuses %s before anything is sent', async (url, words) => {
		expect((await run('createOrUpdate', { url })).error!.message).toMatch(words);
		expect(calls()).toEqual([]);
	});
});

describe('Postback > Activate, Postback > Deactivate', () => {
	it('change the switch and leave the URL as it is', async () => {
		sandbox.developer.setPostback({ url: anytrack, isActive: true });
		expect((await run('deactivate')).item).toMatchObject({ isActive: false, isChanged: true });
		expect(sandbox.developer.postback()).toEqual({ url: anytrack, isActive: false });
		expect((await run('activate')).item).toMatchObject({ isActive: true, isChanged: true });
		sandbox.clearRequests();
		expect((await run('activate')).item).toMatchObject({ isActive: true, isChanged: false });
		expect(calls()).toEqual(['GET']);
	});

	it('say that there is none', async () => {
		expect((await run('activate')).error!.message).toMatch(/no postback to switch on/);
	});
});

describe('Postback > Delete', () => {
	it('removes it and shows what it was', async () => {
		sandbox.developer.setPostback({ url: anytrack, isActive: true });
		const { item } = await run('delete');
		expect(item).toEqual({
			deleted: true,
			siteId: '3771737',
			rememberedUrl: null,
			rememberedIsActive: null,
			previousUrl: anytrack,
			previousIsActive: true,
		});
		expect(sandbox.developer.postback()).toBeUndefined();
		expect((await run('delete')).item).toMatchObject({ deleted: true, previousUrl: null });
	});

	it('leaves any postback other than the expected one', async () => {
		sandbox.developer.setPostback({ url: anytrack, isActive: true });
		const options = { expectedUrl: 'https://tracker.example/in' };
		const { error } = await run('delete', { options });
		expect(error!.message).toContain('t1.anytrack.io');
		expect(sandbox.developer.postback()).toBeDefined();
		const again = await run('delete', { options: { expectedUrl: anytrack.split('?')[0] } });
		expect(again.error).toBeUndefined();
	});
});
