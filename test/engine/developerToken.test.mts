import type { ServiceContext } from '../../services/context';
import { pollPatience } from '../../services/patience';
import { testCredential } from './credentialTest.mts';
import { ask, nodeThatAsks, startProcess, storedCredentialOf } from './developerNode.mts';
import { otherContexts } from './harness.mts';
import { useSandbox } from './reportNode.mts';

const sandbox = useSandbox();

const events = { method: 'GET', path: '/events/1.0/transactions', query: { limit: '1' } } as const;

const wait = async (milliseconds: number) =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Token requests that the sandbox has taken so far. */
const issued = () => sandbox.developer.tokenRequests().filter(({ accepted }) => accepted).length;

const statuses = () =>
	sandbox
		.requests()
		.filter(({ api }) => api === 'events')
		.map(({ status }) => status);

describe('§10.9 an access token that everybody shares', () => {
	it('lives through an expiry in two processes, with a credential test in the middle', async () => {
		const stored = storedCredentialOf(sandbox, { latency: 5 });
		const workers = [startProcess(), startProcess()];
		const editor = startProcess();
		await testCredential({ type: editor.type, stored });
		expect(editor.tokensAskedFor).toBe(1);
		const before = issued();
		// 200 calls: in each process five executions at a time, of twenty items each.
		const runs = workers.flatMap((worker) =>
			Array.from({ length: 5 }, () => ask(worker, stored, events, { items: 20 })),
		);
		const tested = (async () => {
			while (statuses().length < 40) await wait(10);
			sandbox.developer.expireToken();
			while (statuses().filter((status) => status === 200).length < 120) await wait(10);
			return await testCredential({ type: editor.type, stored });
		})();
		const results = await Promise.all(runs);
		expect((await tested).status).toBe('OK');
		expect(results.map(({ error }) => error?.message)).toEqual(runs.map(() => undefined));
		expect(results.flatMap(({ outputs }) => outputs[0])).toHaveLength(200);
		expect(statuses().filter((status) => status === 200)).toHaveLength(202);
		for (const { tokensAskedFor } of workers) expect(tokensAskedFor).toBeLessThanOrEqual(2);
		const ofWorkers = workers[0].tokensAskedFor + workers[1].tokensAskedFor;
		expect(ofWorkers).toBeGreaterThanOrEqual(1);
		expect(issued() - before).toBe(ofWorkers + 1);
	}, 60_000);

	it("takes another process's token without asking for one", async () => {
		const stored = storedCredentialOf(sandbox);
		const [first, second] = [startProcess(), startProcess()];
		await ask(first, stored, events);
		// It waits its longest, as the credential test takes its time on a busy machine.
		const chance = jest.spyOn(Math, 'random').mockReturnValue(1);
		sandbox.developer.expireToken();
		const waiting = ask(second, stored, events);
		await wait(50);
		await testCredential({ type: startProcess().type, stored });
		expect((await waiting).error).toBeUndefined();
		chance.mockRestore();
		expect(second.tokensAskedFor).toBe(0);
	});

	describe('without chance, in a single process', () => {
		beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0));
		afterEach(() => jest.restoreAllMocks());

		it('asks once for many calls that begin without a token', async () => {
			const stored = storedCredentialOf(sandbox);
			const worker = startProcess();
			const results = await Promise.all(
				Array.from({ length: 8 }, () => ask(worker, stored, events)),
			);
			expect(results.map(({ error }) => error)).toEqual(results.map(() => undefined));
			expect(worker.tokensAskedFor).toBe(1);
			expect(stored.writes).toBe(1);
			expect(statuses()).toEqual(Array.from({ length: 8 }, () => 200));
		});

		it('recovers from a token that was stored too late, after the one that replaced it', async () => {
			const stored = storedCredentialOf(sandbox);
			const [first, second] = [startProcess(), startProcess()];
			await ask(first, stored, events);
			const old = await stored.read();
			await testCredential({ type: second.type, stored });
			stored.edit(old);
			expect((await ask(first, stored, events)).error).toBeUndefined();
			expect(first.tokensAskedFor).toBe(2);
		});

		it('tries two new tokens at most, then names what may be wrong', async () => {
			const stored = storedCredentialOf(sandbox);
			const worker = startProcess();
			sandbox.addFault({ kind: 'unauthorized', match: { api: 'events' } });
			const { error, everything } = await ask(worker, stored, events);
			expect(error).toMatchObject({
				message: expect.stringMatching(/did not accept the access token/),
			});
			expect(worker.tokensAskedFor).toBe(2);
			expect(everything).not.toContain(sandbox.developer.clientSecret);
			expect(everything).not.toMatch(/sandbox-(access|refresh)-/);
		});

		it('shares a refusal: many calls with a wrong secret ask once', async () => {
			const stored = storedCredentialOf(sandbox, { clientSecret: 'not-the-secret-at-all' });
			const worker = startProcess();
			// The last call must have begun to wait before the first is refused.
			sandbox.addFault({ kind: 'slow', ms: 1000, match: { api: 'token' } });
			const results = await Promise.all(
				Array.from({ length: 6 }, () => ask(worker, stored, events)),
			);
			for (const { error, everything } of results) {
				expect(error!.message).toMatch(/Client ID with this Client Secret/);
				expect(everything).not.toContain('not-the-secret-at-all');
			}
			expect(worker.tokensAskedFor).toBe(1);
		});

		it('does not use a token that was given for another site', async () => {
			const stored = storedCredentialOf(sandbox);
			const worker = startProcess();
			await ask(worker, stored, events);
			stored.edit({ siteId: '7654321' });
			sandbox.clearRequests();
			const { error } = await ask(worker, stored, events);
			expect(error!.message).toMatch(/Site ID 7654321/);
			expect(statuses()).toEqual([]);
		});

		it.each(['empty', 'wso2', 'fault', 'kong'] as const)(
			'§10.20 recognizes an expired token, refused as %s',
			async (unauthorizedAs) => {
				sandbox.developer.change({ unauthorizedAs });
				const stored = storedCredentialOf(sandbox);
				const worker = startProcess();
				await ask(worker, stored, events);
				sandbox.developer.expireToken();
				expect((await ask(worker, stored, events)).error).toBeUndefined();
				expect(worker.tokensAskedFor).toBe(2);
				sandbox.developer.change({ unauthorizedAs: 'empty' });
			},
		);

		it('works where nodes register, poll and fill lists', async () => {
			const worker = startProcess();
			const stored = storedCredentialOf(sandbox);
			const { askForJson, developerConnection } = worker.developerApi;
			const contexts = otherContexts({
				node: nodeThatAsks(async () => undefined),
				parameters: {},
				credentials: [{ type: worker.type, stored }],
			});
			for (const context of Object.values<ServiceContext>(contexts)) {
				sandbox.developer.expireToken();
				const connection = await developerConnection(context, pollPatience);
				expect(connection).toMatchObject({ baseUrl: sandbox.url, siteId: '3771737' });
				expect(await askForJson(context, connection, events)).toHaveLength(1);
			}
			expect(worker.tokensAskedFor).toBe(3);
		});
	});
});
