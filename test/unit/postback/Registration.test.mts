import fc from 'fast-check';

import { ownUrl, readOwnUrl } from '../../../rakuten/postback/ownUrl';
import type { Postback } from '../../../rakuten/postback/ownUrl';
import { RakutenProblem } from '../../../rakuten/problem';
import { address, down, n8nUrl, Site } from './site.mts';
import type { Fault } from './site.mts';

const tracker: Postback = {
	url: 'https://t1.anytrack.io/hBtoE3hN/collect/rakuten?u1=<u1>&is_event=<is_event>',
	isActive: true,
};
const other: Postback = { url: 'https://postback.everflow.example/?t=<u1>', isActive: true };

const isOurs = (postback: Postback | undefined) => postback?.url.startsWith(`${address}?`) === true;

/** What an awaited call was refused with. */
async function refusal(promise: Promise<unknown>): Promise<RakutenProblem> {
	const problem: unknown = await promise.then(
		() => undefined,
		(cause: unknown) => cause,
	);
	if (!(problem instanceof RakutenProblem)) throw new Error(`not refused: ${problem}`);
	expect(`${problem.message} ${problem.description}`).not.toMatch(
		/\b(error|problem|failure|mistake)\b/i,
	);
	return problem;
}

describe('a site without a postback', () => {
	it('gets ours, once, active and with a key', async () => {
		const site = new Site();
		site.policy = 'stop';
		await site.activate();
		expect(isOurs(site.registered)).toBe(true);
		expect(site.registered?.isActive).toBe(true);
		expect(readOwnUrl(site.registered!.url)?.key).toBe(site.saved.key);
		expect(site.calls.filter((call) => call === 'write')).toHaveLength(1);
	});

	it('has none again when the workflow is deactivated', async () => {
		const site = new Site();
		await site.activate();
		await site.deactivate();
		expect(site.registered).toBeUndefined();
		expect(site.saved.previous).toBeUndefined();
	});
});

describe('a site with a postback of somebody else', () => {
	it.each([
		[
			tracker,
			"Site 3771737 already sends postbacks to t1.anytrack.io. Choose under 'If Another Postback Exists' whether it is replaced and restored later, or replaced and passed on to.",
		],
		[
			{ ...tracker, isActive: false },
			"Site 3771737 already has a postback to t1.anytrack.io, which is inactive. Choose under 'If Another Postback Exists' whether it is replaced and restored later, or replaced and passed on to.",
		],
		[
			{ url: `${n8nUrl}another-workflow/postback?u1=<u1>`, isActive: true },
			"Site 3771737 already sends postbacks to another workflow of this n8n. A site has only one postback. Use one workflow for this site, or choose 'Replace and Restore' under 'If Another Postback Exists'.",
		],
		[
			{ url: 'no URL', isActive: true },
			"Site 3771737 already sends postbacks to an invalid URL. Choose under 'If Another Postback Exists' whether it is replaced and restored later, or replaced and passed on to.",
		],
	])('stops us, with Stop, and is not touched: %j', async (existing, text) => {
		const site = new Site();
		site.policy = 'stop';
		site.registered = existing;
		const { message, description } = await refusal(site.activate());
		expect(`${message}. ${description}`).toBe(text);
		expect(site.registered).toEqual(existing);
		expect(site.calls).not.toContain('write');
		expect(site.memory).toEqual({});
		await site.deactivate();
		expect(site.registered).toEqual(existing);
		expect(site.calls).not.toContain('remove');
	});

	it.each([tracker, { ...tracker, isActive: false }])(
		'is replaced, kept and restored with its flag: %j',
		async (existing) => {
			const site = new Site();
			site.registered = existing;
			await site.activate();
			expect(isOurs(site.registered)).toBe(true);
			expect(site.saved.previous).toEqual(existing);
			await site.deactivate();
			expect(site.registered).toEqual(existing);
			expect(site.saved.previous).toBeUndefined();
			expect(site.logged('info')).toContain(existing.url);
		},
	);

	it('is not passed on to if it asks for what nobody can fill in', async () => {
		const site = new Site();
		site.policy = 'replaceAndPassOn';
		site.registered = {
			url: 'https://t.example.com/?a=<u1>&b=<click_id>&c=%3Cfoo%3E',
			isActive: true,
		};
		const { problemName, message } = await refusal(site.activate());
		expect(problemName).toBe('passOnMacros');
		expect(message).toContain("requests <click_id>, <foo>, which transactions don't have");
		expect(site.calls).not.toContain('write');
	});

	it('is not passed on to either while ours is still in its place because restoring failed', async () => {
		const site = new Site();
		site.registered = { url: 'https://t.example.com/?a=<u1>&b=<click_id>', isActive: true };
		await site.activate();
		const inForce = site.registered;
		site.policy = 'replaceAndPassOn';
		expect((await refusal(site.activate())).problemName).toBe('passOnMacros');
		expect(site.registered).toEqual(inForce);
	});

	it('is named if it leads to another workflow of this n8n again, which may not be active', async () => {
		const site = new Site();
		site.registered = { url: `${n8nUrl}another-workflow/postback?u1=<u1>`, isActive: true };
		await site.activate();
		await site.deactivate();
		expect(site.logged('warn')).toMatch(
			/go to another workflow of this n8n again\. If that one is no longer published, nobody receives them/,
		);
	});

	it.each([
		[`${n8nUrl}another-workflow/postback?u1=<u1>`, 'passOnToItself'],
		['http://N8N.example.com/webhook/x', 'passOnToItself'],
		['ftp://t.example.com/<u1>', 'passOnAddress'],
		['https://<u1>.example.com/', 'passOnAddress'],
		['https://t.example.com%3Cu1%3E/', 'passOnAddress'],
		['nowhere', 'passOnAddress'],
	])('is not passed on to at %s', async (url, name) => {
		const site = new Site();
		site.policy = 'replaceAndPassOn';
		site.registered = { url, isActive: true };
		expect((await refusal(site.activate())).problemName).toBe(name);
		expect(site.registered.url).toBe(url);
	});

	it('can be another workflow of this n8n, to be restored', async () => {
		const site = new Site();
		site.registered = { url: `${n8nUrl}another-workflow/postback?u1=<u1>`, isActive: true };
		const before = site.registered;
		await site.activate();
		await site.deactivate();
		expect(site.registered).toEqual(before);
	});
});

describe('publishing again', () => {
	it.each([undefined, tracker, { ...tracker, isActive: false }])(
		'ten times leaves the registration as it was: %j',
		async (existing) => {
			const site = new Site();
			site.registered = existing;
			await site.activate();
			const first = site.registered;
			for (let time = 0; time < 10; time++) {
				await site.deactivate();
				expect(site.registered).toEqual(existing);
				await site.activate();
				expect(site.registered).toEqual(first);
			}
			await site.deactivate();
			expect(site.registered).toEqual(existing);
		},
	);

	it('without taking ours back first, as at a boot, changes nothing', async () => {
		const site = new Site();
		site.registered = tracker;
		await site.activate();
		const first = site.registered;
		const writes = site.calls.filter((call) => call !== 'read').length;
		for (let time = 0; time < 5; time++) {
			site.crash();
			await site.activate();
		}
		expect(site.registered).toEqual(first);
		expect(site.saved.previous).toEqual(tracker);
		expect(site.calls.filter((call) => call !== 'read')).toHaveLength(writes);
	});

	it('continues with ours under every setting', async () => {
		const site = new Site();
		site.registered = tracker;
		await site.activate();
		for (const policy of ['stop', 'replaceAndPassOn', 'replaceAndRestore'] as const) {
			site.policy = policy;
			await site.activate();
			expect(site.saved.previous).toEqual(tracker);
		}
	});
});

describe('ours is in force', () => {
	it('only if exactly what we would register is registered, and active', async () => {
		const site = new Site();
		await site.activate();
		const ours = site.registered!;
		const inForce = async (registered: Postback | undefined) => {
			site.registered = registered;
			return await site.registration().isInForce();
		};
		expect(await inForce(ours)).toBe(true);
		expect(await inForce({ ...ours, isActive: false })).toBe(false);
		expect(await inForce({ ...ours, url: `${ours.url}&x=1` })).toBe(false);
		expect(await inForce({ ...ours, url: ours.url.replace('u1=<u1>&', '') })).toBe(false);
		expect(await inForce({ ...ours, url: ours.url.replace(site.saved.key!, 'x') })).toBe(false);
		expect(await inForce(tracker)).toBe(false);
		expect(await inForce(undefined)).toBe(false);
	});

	it('is put right if it is not', async () => {
		const site = new Site();
		site.registered = tracker;
		await site.activate();
		const ours = site.registered;
		for (const wrong of [
			{ ...ours, isActive: false },
			{ ...ours, url: `${ours.url}&x=1` },
		]) {
			site.registered = wrong;
			await site.activate();
			expect(site.registered).toEqual(ours);
			expect(site.saved.previous).toEqual(tracker);
		}
	});
});

describe('an address that Rakuten cannot call', () => {
	it('stops activation, saying what to set', async () => {
		const site = new Site();
		site.registered = tracker;
		site.address = 'http://localhost:5678/webhook/x/postback';
		const { message, description } = await refusal(site.activate());
		expect(message).toContain('http://localhost:5678/webhook/x/postback is not https');
		expect(description).toMatch(/N8N_WEBHOOK_URL \(WEBHOOK_URL before n8n 2\.30\)/);
		expect(description).toContain("'Allow Non-Public Address'");
		expect(site.calls).not.toContain('write');
	});

	it('is accepted if the user allows it', async () => {
		const site = new Site();
		site.address = 'http://localhost:5678/webhook/x/postback';
		site.allowNonPublicAddress = true;
		await site.activate();
		expect(site.registered?.url.startsWith('http://localhost:5678/')).toBe(true);
	});
});

describe('a registration that goes wrong', () => {
	it('because Rakuten is down leaves all as it was', async () => {
		const site = new Site();
		site.registered = tracker;
		site.faults = [{ at: 'read', is: 'down' }];
		expect(await refusal(site.activate())).toBe(down);
		site.faults = [{ at: 'write', is: 'down' }];
		expect(await refusal(site.activate())).toBe(down);
		expect(site.registered).toEqual(tracker);
		expect(site.memory).toEqual({});
	});

	it('because the answer got lost succeeds anyway', async () => {
		const site = new Site();
		site.registered = tracker;
		site.faults = [{ at: 'write', is: 'cut' }];
		await site.activate();
		expect(isOurs(site.registered)).toBe(true);
		expect(site.saved.previous).toEqual(tracker);
	});

	it('because Rakuten cuts off long URLs is done again with a shorter one', async () => {
		const site = new Site();
		site.registered = tracker;
		site.longest = ownUrl({ address, key: 'x'.repeat(43), before: tracker }).length - 1;
		await site.activate();
		expect(readOwnUrl(site.registered.url)).toEqual({ address, key: site.saved.key });
		await site.deactivate();
		expect(site.registered).toEqual(tracker);
	});

	it('because Rakuten refuses long URLs is done again with a shorter one', async () => {
		const site = new Site();
		site.registered = tracker;
		site.faults = [{ at: 'write', is: 'refused' }];
		await site.activate();
		expect(readOwnUrl(site.registered.url)?.before).toBeUndefined();
		expect(site.saved.previous).toEqual(tracker);
		expect(await site.registration().isInForce()).toBe(true);
	});

	it('because Rakuten keeps something else puts back what was there', async () => {
		const site = new Site();
		site.registered = tracker;
		site.longest = 100;
		const { problemName } = await refusal(site.activate());
		expect(problemName).toBe('postbackDiffers');
		expect(site.registered).toEqual(tracker);
		expect(site.memory).toEqual({});
	});

	it('and cannot be undone names what was there', async () => {
		const site = new Site();
		site.registered = tracker;
		site.longest = 50;
		await refusal(site.activate());
		expect(site.logged('error')).toContain(tracker.url);
		expect(site.memory.previous).toEqual(tracker);
	});

	it('because n8n ends before it has saved anything loses nothing', async () => {
		const site = new Site();
		site.registered = tracker;
		await site.registration().register();
		site.crash();
		expect(site.memory).toEqual({});
		await site.activate();
		expect(site.saved.previous).toEqual(tracker);
		await site.deactivate();
		expect(site.registered).toEqual(tracker);
	});

	it('because another trigger of the workflow does loses nothing', async () => {
		// n8n takes all down again, with the static data of before.
		const site = new Site();
		site.registered = tracker;
		await site.registration().register();
		site.crash();
		await site.deactivate();
		expect(site.registered).toEqual(tracker);
	});
});

describe('taking ours back', () => {
	it('touches nothing that is not ours', async () => {
		const site = new Site();
		await site.activate();
		site.registered = other;
		await site.deactivate();
		expect(site.registered).toEqual(other);
		expect(site.logged('debug')).toContain('postback.everflow.example; nothing is changed');
	});

	it('does not bring back what somebody else has replaced ours with, or removed', async () => {
		for (const replacement of [other, undefined]) {
			const site = new Site();
			site.registered = tracker;
			await site.activate();
			site.registered = replacement;
			await site.deactivate();
			expect(site.registered).toEqual(replacement);
			await site.activate();
			expect(site.saved.previous).toEqual(replacement);
			expect(site.logged('warn')).toContain(tracker.url);
			await site.deactivate();
			expect(site.registered).toEqual(replacement);
		}
	});

	it.each<Fault['at']>(['read', 'write'])(
		'is tried three times, and what fails then is named: %s',
		async (at) => {
			const site = new Site();
			site.registered = tracker;
			await site.activate();
			site.faults = Array.from({ length: 3 }, () => ({ at, is: 'down' }));
			expect(await refusal(site.registration().unregister())).toBe(down);
			expect(site.pauses).toEqual([1, 2]);
			expect(site.logged('error')).toContain(tracker.url);
			expect(site.logged('error')).toContain('Postback > Create or Update');
			expect(site.memory.previous).toEqual(tracker);
			// And again, when Rakuten is back.
			await site.deactivate();
			expect(site.registered).toEqual(tracker);
			expect(site.saved.previous).toBeUndefined();
		},
	);

	it('lets what is kept go only when reading back shows it in force', async () => {
		const site = new Site();
		site.registered = tracker;
		await site.activate();
		site.longest = tracker.url.length - 1;
		expect((await refusal(site.registration().unregister())).problemName).toBe('postbackDiffers');
		expect(site.memory.previous).toEqual(tracker);
	});

	it('succeeds even if one attempt fails', async () => {
		const site = new Site();
		site.registered = tracker;
		await site.activate();
		site.faults = [{ at: 'write', is: 'cut' }];
		await site.deactivate();
		expect(site.registered).toEqual(tracker);
	});

	it('says how to remove by hand what could not be removed', async () => {
		const site = new Site();
		await site.activate();
		site.faults = Array.from({ length: 3 }, () => ({ at: 'remove', is: 'down' }));
		await refusal(site.registration().unregister());
		expect(site.logged('error')).toContain('Remove it with Postback > Delete');
	});

	it.each([
		['has moved to another host', address.replace('n8n.example.com', 'new.example.com')],
		['listens at another path', address.replace('/webhook/', '/hooks/webhook/')],
	])('works if n8n %s: ours is known by its key', async (_, newAddress) => {
		const site = new Site();
		site.registered = tracker;
		await site.activate();
		site.address = newAddress;
		await site.activate();
		expect(site.registered.url.startsWith(`${newAddress}?`)).toBe(true);
		expect(site.saved.previous).toEqual(tracker);
		await site.deactivate();
		expect(site.registered).toEqual(tracker);
	});

	it("touches nothing from a copy of the n8n that has registered it, and names that one's host", async () => {
		const site = new Site();
		site.registered = tracker;
		await site.activate();
		const ours = site.registered;
		site.address = address.replace('n8n.example.com', 'staging.example.com');
		await site.deactivate();
		expect(site.registered).toEqual(ours);
		expect(site.logged('warn')).toMatch(/this trigger at n8n\.example\.com; nothing is changed/);
		expect(site.logged('warn')).toContain(tracker.url);

		site.policy = 'stop';
		const { message, description } = await refusal(site.registration().register());
		expect(message).toMatch(/to this trigger at n8n\.example\.com$/);
		expect(description).toMatch(/former address, or the n8n .* copied from/);
		expect(site.registered).toEqual(ours);

		site.address = address;
		await site.deactivate();
		expect(site.registered).toEqual(tracker);
	});

	it('never restores the postback of another site', async () => {
		const site = new Site();
		site.registered = tracker;
		await site.activate();
		site.siteId = '1234567';
		site.registered = undefined;
		await site.activate();
		expect(site.saved.previous).toBeUndefined();
		expect(site.logged('warn')).toContain(tracker.url);
		await site.deactivate();
		expect(site.registered).toBeUndefined();
	});

	it('of a trigger that was never registered makes one request and logs nothing', async () => {
		const site = new Site();
		site.faults = [{ at: 'read', is: 'down' }];
		await refusal(site.registration().unregister());
		expect(site.calls).toEqual(['read']);
		expect(site.logged('error')).toBe('');
	});
});

describe('the log', () => {
	it('holds no key of ours, ever', async () => {
		const site = new Site();
		site.registered = tracker;
		await site.activate();
		const { key } = site.saved;
		site.longest = 50;
		const ours = { ...site.registered, isActive: false };
		site.registered = ours;
		await refusal(site.activate());
		site.registered = ours;
		await refusal(site.registration().unregister());
		expect(site.logged()).not.toContain(key);
		expect(site.logged('error')).toContain('key=***');
	});

	it("holds no key of another workflow's either, but all of another tracker's URL", async () => {
		const secret = 'k'.repeat(43);
		for (const [url, isShown] of [
			[
				ownUrl({ address: `${n8nUrl}another-workflow/postback`, key: secret, before: tracker }),
				false,
			],
			[`${n8nUrl}a-webhook-node?u1=<u1>&key=${secret}`, true],
			[`https://t1.example.com/?u1=<u1>&key=${secret}`, true],
		] as const) {
			const site = new Site();
			site.registered = { url, isActive: true };
			await site.activate();
			await site.deactivate();
			expect(site.registered.url).toBe(url);
			expect(site.logged().includes(secret)).toBe(isShown);
		}
	});
});

describe('whatever happens', () => {
	type Step =
		| { do: 'activate' | 'deactivate' | 'crash' }
		| { do: 'somebody'; registers: Postback | undefined }
		| { do: 'fault'; fault: Fault }
		| { do: 'policy'; policy: Site['policy'] };

	const steps = fc.array(
		fc.oneof<Array<fc.Arbitrary<Step>>>(
			fc.constant({ do: 'activate' }),
			fc.constant({ do: 'deactivate' }),
			fc.constant({ do: 'crash' }),
			fc
				.constantFrom(tracker, other, { ...tracker, isActive: false }, undefined)
				.map((registers) => ({
					do: 'somebody',
					registers,
				})),
			fc
				.record({
					at: fc.constantFrom<Fault['at']>('read', 'write', 'remove'),
					is: fc.constantFrom<Fault['is']>('cut', 'down', 'refused'),
				})
				.map((fault) => ({ do: 'fault', fault })),
			fc
				.constantFrom<Site['policy']>('stop', 'replaceAndRestore', 'replaceAndPassOn')
				.map((policy) => ({ do: 'policy', policy })),
		),
		{ maxLength: 25 },
	);

	async function play(site: Site, script: Step[]): Promise<Postback | undefined> {
		/** What somebody else registered last: never to be lost. */
		let theirs: Postback | undefined;
		for (const step of script) {
			if (step.do === 'activate' || step.do === 'deactivate') {
				await site[step.do]().catch((cause: unknown) => {
					if (!(cause instanceof RakutenProblem)) throw cause;
				});
			} else if (step.do === 'crash') site.crash();
			else if (step.do === 'fault') site.faults.push(step.fault);
			else if (step.do === 'policy') site.policy = step.policy;
			else if (step.do === 'somebody') {
				theirs = step.registers;
				site.registered = theirs;
			}
			const now = site.registered;
			if (now && !isOurs(now)) expect(now).toEqual(theirs);
			if (site.memory.previous) expect(isOurs(site.memory.previous)).toBe(false);
		}
		return theirs;
	}

	it("what somebody else registered is there, or restored at the end: never lost, never another's", async () => {
		await fc.assert(
			fc.asyncProperty(steps, async (script) => {
				const site = new Site();
				const theirs = await play(site, script);
				site.faults = [];
				await site.deactivate();
				expect(site.registered).toEqual(theirs);
			}),
			{ numRuns: 2000 },
		);
	});

	it('ours is in force after an activation that went well', async () => {
		await fc.assert(
			fc.asyncProperty(steps, async (script) => {
				const site = new Site();
				await play(site, script);
				site.faults = [];
				site.policy = 'replaceAndRestore';
				await site.activate();
				expect(isOurs(site.registered)).toBe(true);
				expect(await site.registration().isInForce()).toBe(true);
				expect(readOwnUrl(site.registered!.url)?.key).toBe(site.saved.key);
			}),
			{ numRuns: 500 },
		);
	});
});
