import type { Postback } from '../../../rakuten/postback/ownUrl';
import { RakutenProblem } from '../../../rakuten/problem';
import { n8nUrl, Site } from './site.mts';

const tracker: Postback = { url: 'https://t1.example.com/c?u1=<u1>', isActive: true };
const inactive: Postback = { ...tracker, isActive: false };
const ofThisN8n: Postback = { url: `${n8nUrl}another/postback?u1=<u1>`, isActive: true };

const lines = ({ log }: Site) => log.map(({ level, text }) => `${level}: ${text}`);

/** The words of what a call was refused with. */
async function words(promise: Promise<unknown>): Promise<string> {
	const cause: unknown = await promise.then(
		() => new Error('it was not refused'),
		(thrown: unknown) => thrown,
	);
	return cause instanceof RakutenProblem
		? `${cause.problemName}: ${cause.message}. ${cause.description}`
		: String(cause);
}

/** Publishes and takes back once, for one of n8n's two methods. */
async function oneLife(existing: Postback | undefined): Promise<Site> {
	const site = new Site();
	site.registered = existing;
	await site.registration().register();
	await site.registration().unregister();
	return site;
}

describe('the log of a registration', () => {
	it('of a site without a postback', async () => {
		const site = await oneLife(undefined);
		expect(site.calls).toEqual(['read', 'write', 'read', 'read', 'remove', 'read']);
		await site.registration().unregister();
		expect(lines(site)).toEqual([
			'info: Site 3771737: postback registered.',
			'info: Site 3771737: postback removed.',
			'debug: Site 3771737: no postback is registered; nothing is changed.',
		]);
	});

	it.each([
		['active', tracker],
		['inactive', inactive],
	])('of a site with an %s one', async (state, existing) => {
		const site = await oneLife(existing);
		expect(lines(site)).toEqual([
			`info: Site 3771737: replacing the ${state} postback https://t1.example.com/c?u1=<u1>. It is kept, so that it can be restored.`,
			'info: Site 3771737: postback registered.',
			`info: Site 3771737: restored the ${state} postback https://t1.example.com/c?u1=<u1>.`,
		]);
	});

	it('of a site with one of another workflow warns only while that one is active', async () => {
		const warnings = async (existing: Postback) =>
			lines(await oneLife(existing)).filter((line) => line.startsWith('warn')).length;
		expect(await warnings(ofThisN8n)).toBe(1);
		expect(await warnings({ ...ofThisN8n, isActive: false })).toBe(0);
	});

	it.each([
		[
			tracker,
			'Site 3771737: the postback that was there before could not be restored (Rakuten could not be reached). Restore it with Postback > Create or Update, Exactly as Written: it was the active postback https://t1.example.com/c?u1=<u1>.',
		],
		[
			undefined,
			'Site 3771737: our postback could not be removed (Rakuten could not be reached). Remove it with Postback > Delete, unless you are going to publish this workflow again.',
		],
	])('that could not be undone says what to do: %j', async (existing, text) => {
		const site = new Site();
		site.registered = existing;
		await site.registration().register();
		site.faults = Array.from({ length: 3 }, () => ({ at: 'read', is: 'down' }));
		await words(site.registration().unregister());
		expect(site.logged('error')).toBe(text);
	});

	it('of a credential that was for another site says what may be left there', async () => {
		const site = new Site();
		site.registered = tracker;
		await site.activate();
		const { key } = site.saved;
		site.siteId = '7654321';
		site.registered = undefined;
		await site.registration().register();
		expect(site.logged('warn')).toBe(
			"The credential was for site 3771737 before. If the trigger's postback is still registered there, restore the active postback https://t1.example.com/c?u1=<u1>.",
		);
		expect(site.memory).toEqual({ key, siteId: '7654321' });
	});

	it('of a credential that was for another site without a postback says nothing', async () => {
		const site = new Site();
		await site.activate();
		site.siteId = '7654321';
		site.registered = undefined;
		await site.registration().register();
		expect(site.logged('warn')).toBe('');
	});
});

describe('a registration', () => {
	it('asks Rakuten nothing as long as there is no key', async () => {
		const site = new Site();
		expect(await site.registration().isInForce()).toBe(false);
		expect(site.calls).toEqual([]);
	});

	it('is complete if only its answer got lost: nothing is kept any more', async () => {
		const site = new Site();
		site.registered = tracker;
		await site.activate();
		const { key } = site.saved;
		site.faults = [{ at: 'write', is: 'cut' }];
		await site.registration().unregister();
		expect(site.registered).toEqual(tracker);
		expect(site.memory).toEqual({ key, siteId: '3771737' });
	});

	it('that cannot be read back is not in force, and what was there is kept', async () => {
		const site = new Site();
		site.registered = tracker;
		site.faults = [
			{ at: 'read', is: 'fine' },
			{ at: 'read', is: 'down' },
		];
		expect(await words(site.registration().register())).toMatch(/^unreachable: /);
		expect(site.memory.previous).toEqual(tracker);
		expect(site.calls).toEqual(['read', 'write', 'read']);
	});

	it('that was refused for another reason than its URL is not tried again or undone', async () => {
		const site = new Site();
		site.registered = tracker;
		site.faults = [{ at: 'write', is: 'down' }];
		expect(await words(site.registration().register())).toMatch(/^unreachable: /);
		expect(site.calls).toEqual(['read', 'write', 'read']);
		expect(site.memory).toEqual({});
	});

	it('that Rakuten keeps otherwise says so', async () => {
		const site = new Site();
		site.longest = 100;
		expect(await words(site.registration().register())).toBe(
			"postbackDiffers: Rakuten did not keep the postback of site 3771737 as it was sent. Rakuten shortens or changes the URL, a short one too. Receive sales with the node 'Rakuten Transaction Trigger', which needs no postback, and please open an issue.",
		);
		expect(site.registered).toBeUndefined();
	});

	it('is renewed under Stop, as ours replaces nothing, and under Pass On only if that can be done', async () => {
		const site = new Site();
		site.registered = { url: 'https://t.example.com/?b=<click_id>', isActive: true };
		await site.activate();
		const ours = site.registered;
		const renewUnder = async (policy: Site['policy']) => {
			site.policy = policy;
			site.registered = { ...ours, isActive: false };
			return await words(site.registration().register());
		};
		await renewUnder('stop');
		expect(site.registered).toEqual(ours);
		expect(await renewUnder('replaceAndPassOn')).toBe(
			"passOnMacros: The current postback (t.example.com) requests <click_id>, which transactions don't have. It can't be passed on completely. Choose 'Replace and Restore' under 'If Another Postback Exists', or change that postback at Rakuten first.",
		);
	});
});

describe('a postback that cannot be passed on to', () => {
	it.each([
		[
			ofThisN8n.url,
			"passOnToItself: The current postback goes to another workflow of this n8n: passing on to it could go in circles. Let one workflow receive the site's postbacks and start the other with an Execute Sub-workflow node, or choose 'Replace and Restore'.",
		],
		...['ftp://t.example.com/', 'https+x://t.example.com/', 'x-http://t.example.com/'].map(
			(url) => [
				url,
				"passOnAddress: Postbacks can't be passed on to the address of the current postback (t.example.com). Choose 'Replace and Restore' under 'If Another Postback Exists'.",
			],
		),
		[
			'https://a<u1>.example.com/',
			"passOnAddress: Postbacks can't be passed on to the address of the current postback (an invalid URL). Choose 'Replace and Restore' under 'If Another Postback Exists'.",
		],
	])('is refused: %s', async (url, text) => {
		const site = new Site();
		site.policy = 'replaceAndPassOn';
		site.registered = { url, isActive: true };
		expect(await words(site.registration().register())).toBe(text);
	});

	it.each([
		'http://t.example.com/?u=<u1>',
		'HTTPS://t.example.com/<u1>',
		'https://t.example.com/?b=https://x/<u1>',
		'https://N8N.example.com/other/<u1>',
		'https://other.example.com/webhook/<u1>',
	])('is not %s', async (url) => {
		const site = new Site();
		site.policy = 'replaceAndPassOn';
		site.registered = { url, isActive: true };
		await site.registration().register();
		expect(site.memory.previous?.url).toBe(url);
	});
});
