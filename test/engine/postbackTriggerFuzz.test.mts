import fc from 'fast-check';

import { eventFields } from '../../rakuten/line/eventLine';
import { handHost, registeredKey, sale, triggerHost } from './postbackTriggerNode.mts';
import { useSandbox } from './reportNode.mts';
import type { TriggerHost, WebhookRequest } from './webhookHarness.mts';
import { anyCharacter } from '../unit/anyCharacter.mts';

const sandbox = useSandbox();

const hostileTexts = fc.constantFrom(
	'',
	' ',
	'null',
	'undefined',
	'NaN',
	'<u1>',
	'%3Cu1%3E',
	'%',
	'%zz',
	'%00',
	'\u0000',
	'\ud800',
	'\ufeff',
	'-',
	`-${' '.repeat(20_000)}x`,
	'9'.repeat(10_000),
	`${'('.repeat(5000)}1`,
	'1e999',
	'1,2,3',
	'2023-13-45T99:99:99+9999',
	'Wed Apr 15 2020 21:20:27 GMT+0000 (',
	'__proto__',
	'constructor',
	'={{ $env.SECRET }}',
	'<script>alert(1)</script>',
	"'; DROP TABLE execution_entity; --",
	'x'.repeat(100_000),
);

const values = fc.oneof(
	{ weight: 4, arbitrary: hostileTexts },
	{ weight: 2, arbitrary: fc.string({ unit: anyCharacter, maxLength: 50 }) },
	{ weight: 2, arbitrary: fc.jsonValue() as fc.Arbitrary<unknown> },
	{ weight: 2, arbitrary: fc.array(hostileTexts, { maxLength: 4 }) },
	{ weight: 1, arbitrary: fc.anything({ withBigInt: true, withNullPrototype: true, maxDepth: 4 }) },
	{
		weight: 1,
		arbitrary: fc.constantFrom<unknown>(Number.NaN, -0, 1e21, 2 ** 53, -1e-7, 5n, null),
	},
	{ weight: 1, arbitrary: fc.constant(nested(20_000)) },
	{ weight: 1, arbitrary: fc.constant(new Array(5000).fill('a')) },
);

function nested(depth: number): unknown {
	let value: unknown = 'deep';
	for (let level = 0; level < depth; level++) value = [value];
	return value;
}

const names = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom<string>(...eventFields, 'commission_list_id') },
	{
		weight: 2,
		arbitrary: fc.constantFrom(
			'__proto__',
			'constructor',
			'prototype',
			'toString',
			'hasOwnProperty',
		),
	},
	{ weight: 1, arbitrary: fc.constantFrom('sample', 'before', 'U1', 'data', 'files', 'length') },
	{ weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
);

/** Objects with own keys of any name, as query parsers and JSON make them. */
const objects = fc
	.array(fc.tuple(names, values), { maxLength: 12 })
	.map((pairs) => Object.fromEntries(pairs) as Record<string, unknown>);

const bodies = fc.oneof(
	objects,
	fc.constantFrom<unknown>(
		undefined,
		null,
		'',
		'text',
		5,
		true,
		[],
		[[]],
		[{ u1: 'x' }],
		Buffer.from('x'),
	),
	fc.jsonValue() as fc.Arbitrary<unknown>,
	fc.constant(nested(20_000)),
	objects.map((data) => ({ data, files: {} })),
);

const headers = fc.dictionary(
	fc.constantFrom('content-type', 'x-rakuten-postback-passed-on', 'cookie', 'constructor'),
	fc.oneof(
		fc.constantFrom(
			'application/json',
			'multipart/form-data; boundary=x',
			'text/plain',
			'a/b; c=\u0000',
		),
		fc.string(),
	),
);

const requests: fc.Arbitrary<WebhookRequest & { query: Record<string, unknown> }> = fc.record({
	method: fc.constantFrom('GET' as const, 'POST' as const),
	query: objects,
	body: bodies,
	headers,
});

/** A request that carries the key gets 200 and one item that can be stored; its texts are not lost. */
async function expectSound(host: TriggerHost, request: WebhookRequest, key: string): Promise<void> {
	const { status, outputs, item } = await host.request(request);
	expect(status).toBe(200);
	expect(outputs!.map((items) => items.length).sort()).toEqual([0, 1]);
	expect(item).toMatchObject({
		eventName: expect.stringMatching(/^(Purchase|Lead|Correction|Conversion)$/),
		state: expect.stringMatching(/^(accepted|correction|unattributed|discarded)$/),
		reason: expect.stringMatching(/^[A-Z]/),
		lineId: expect.stringMatching(/./s),
	});
	expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
	expect(typeof item!.raw).toBe('object');
	if (key !== '') expect(JSON.stringify(item)).not.toContain(key);
	expect(JSON.parse(JSON.stringify(item))).toEqual(item);
}

describe('10,000 hostile requests', () => {
	it('with the key: each is answered with 200 and is one item', async () => {
		sandbox.developer.setPostback(undefined);
		const host = triggerHost(sandbox, { options: { includeRawValues: true } });
		await host.activate();
		const key = registeredKey(sandbox);
		await fc.assert(
			fc.asyncProperty(requests, async (request) => {
				await expectSound(host, { ...request, query: { ...request.query, key } }, key);
			}),
			{ numRuns: 4000 },
		);
	}, 120_000);

	it('without it, or with another: 403, no execution', async () => {
		sandbox.developer.setPostback(undefined);
		const host = triggerHost(sandbox);
		await host.activate();
		const key = registeredKey(sandbox);
		const wrong = fc.oneof(
			values,
			fc.constantFrom<unknown>(
				['', key],
				{ key },
				`${key}x`,
				key.slice(1),
				key.toLowerCase(),
				` ${key}`,
			),
		);
		await fc.assert(
			fc.asyncProperty(requests, wrong, async (request, sent) => {
				const query = { ...request.query, key: sent };
				const { status, outputs } = await host.request({ ...request, query });
				expect({ status, outputs }).toEqual({ status: 403, outputs: undefined });
			}),
			{ numRuns: 4000 },
		);
	}, 120_000);

	it('with the key in the path, among true events', async () => {
		const host = handHost({ options: { includeRawValues: true } });
		await fc.assert(
			fc.asyncProperty(requests, fc.boolean(), async (request, isTrue) => {
				const query = isTrue ? { ...request.query, ...sale } : request.query;
				await expectSound(host, { ...request, query }, '');
			}),
			{ numRuns: 1000 },
		);
	}, 120_000);

	it('at the test URL', async () => {
		const host = triggerHost(sandbox);
		await fc.assert(
			fc.asyncProperty(requests, async (request) => {
				const { status, outputs } = await host.request(request, { test: true });
				expect(status).toBe(200);
				expect(outputs!.flat()).toHaveLength(1);
			}),
			{ numRuns: 1000 },
		);
	}, 120_000);
});
