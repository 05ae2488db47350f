import type { RequestListener } from 'node:http';

import { RakutenDeveloperApi } from '../../credentials/RakutenDeveloperApi.credentials';
import { RakutenAdvertising } from '../../nodes/RakutenAdvertising/RakutenAdvertising.node';
import { prepareEngine, runNode } from './harness.mts';
import { startHost } from './localHost.mts';
import type { LocalHost } from './localHost.mts';
import { StoredCredential } from './storedCredential.mts';

/** Answers of the Events API by page, as texts: what no well-behaved stand-in would send. */
let pages: string[] = [];
let pagesAsked: string[] = [];

let host: LocalHost;
const answer: RequestListener = (request, response) => {
	const { pathname, searchParams } = new URL(request.url!, 'http://host');
	response.setHeader('content-type', 'application/json');
	if (pathname === '/token') return void response.end('{"access_token":"a-token-of-some-length"}');
	const page = searchParams.get('page')!;
	pagesAsked.push(page);
	response.end(pages[Number(page) - 1] ?? '[]');
};
let stored: StoredCredential;

beforeAll(async () => {
	await prepareEngine();
	jest.spyOn(Math, 'random').mockReturnValue(0);
	host = await startHost(answer);
	stored = new StoredCredential({
		siteId: '3771737',
		clientId: 'client',
		clientSecret: 'secret-secret',
		accessToken: '',
		baseUrl: host.url,
	});
});
afterAll(async () => {
	jest.restoreAllMocks();
	await host.close();
});

async function getMany(...answers: string[]) {
	pages = answers;
	pagesAsked = [];
	const { outputs, error, hints } = await runNode({
		node: new RakutenAdvertising(),
		parameters: { resource: 'transaction', operation: 'getMany', returnAll: true, simplify: false },
		credentials: [{ type: new RakutenDeveloperApi(), stored }],
	});
	return {
		error,
		hints,
		lines: (outputs[0] ?? []).map(({ json }) => json),
		rejected: (outputs[1] ?? []).map(({ json }) => json),
	};
}

const record = (id: number, more: object = {}) => ({
	etransaction_id: `ID${id}`,
	advertiser_id: 1,
	order_id: 'o',
	process_date: 'Wed Apr 15 2020 21:20:27 GMT+0000 (UTC)',
	...more,
});
const some = (from: number, count: number) =>
	Array.from({ length: count }, (_, index) => record(from + index));

it('keeps the digits of amounts and IDs as they were sent', async () => {
	const { lines } = await getMany(
		'[{"etransaction_id":"a","order_id":12345678901234567890,"sale_amount":43.10,"commissions":0.30000000000000004,"quantity":2},{"etransaction_id":"b","sale_amount":-0.0,"commissions":1e2}]',
	);
	expect(lines).toMatchObject([
		{
			orderId: '12345678901234567890',
			saleAmount: '43.10',
			commission: '0.30000000000000004',
			quantity: 2,
		},
		{ saleAmount: '0.0', commission: '100' },
	]);
});

it("rejects what can't be read, with its reason, and counts it", async () => {
	const { lines, rejected, hints } = await getMany(
		JSON.stringify([
			record(1),
			record(2, { sale_amount: 'a lot', process_date: 'soon' }),
			'text',
			null,
			[1],
			record(3, { sale_amount: { value: 1 } }),
		]),
	);
	expect(lines.map(({ lineId }) => lineId)).toEqual(['ID1']);
	const [bad] = rejected.filter(({ reason }) => String(reason).includes('a lot'));
	expect(bad).toMatchObject({
		type: 'rejectedRecord',
		source: 'events',
		reason: expect.stringMatching(/sale_amount "a lot" is not an amount.*process_date "soon"/),
		values: { etransaction_id: 'ID2' },
	});
	expect(rejected).toHaveLength(5);
	expect(hints[0].message).toContain('5 lines could not be read');
});

it('gives out a line once if it comes again on a later page', async () => {
	const { lines } = await getMany(
		JSON.stringify(some(0, 1000)),
		JSON.stringify([...some(990, 10), ...some(1000, 5)]),
	);
	expect(lines).toHaveLength(1005);
	expect(pagesAsked).toEqual(['1', '2']);
});

it('continues when pages are shorter than asked for', async () => {
	const { lines } = await getMany(
		JSON.stringify(some(0, 100)),
		JSON.stringify(some(100, 100)),
		JSON.stringify(some(200, 30)),
	);
	expect(lines).toHaveLength(230);
});

it.each(['{"message":"Something else"}', '"words"'])(
	'does not take %s for a list, and says so',
	async (answer) => {
		const { error } = await getMany(answer);
		expect(error!.message).toMatch(/did not return a list of transactions|form that is not known/);
	},
	20_000,
);

it('reads an empty list as no lines, but not an empty answer', async () => {
	expect(await getMany('[]')).toMatchObject({ error: undefined, lines: [], rejected: [] });
	const { error, lines } = await getMany('');
	expect(error!.message).toMatch(/broke before the answer was complete/);
	expect(lines).toEqual([]);
}, 20_000);

it('is not harmed by names of the prototype', async () => {
	const { lines, error } = await getMany(
		'[{"__proto__":{"sale_amount":"1"},"constructor":"x","etransaction_id":"ID"}]',
	);
	expect(error).toBeUndefined();
	expect(lines[0]).toMatchObject({ lineId: 'ID', saleAmount: null });
	expect(({} as Record<string, unknown>).sale_amount).toBeUndefined();
});
