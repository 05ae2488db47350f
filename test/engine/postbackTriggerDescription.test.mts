import type { INodeParameters, INodeType, IWebhookDescription } from 'n8n-workflow';
import {
	nodeParametersAreStatic,
	WEBHOOK_RESOLVERS,
	webhookDescriptionIsNativelyResolvable,
	WorkflowExpression,
} from 'n8n-workflow';

import { sale } from './postbackTriggerNode.mts';
import { TriggerHost } from './webhookHarness.mts';

/** The node as loaded by an n8n that does not know of resolvers. */
function nodeOfOlderN8n(): INodeType {
	let node: INodeType | undefined;
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => ({
			...jest.requireActual<object>('n8n-workflow'),
			webhookDescriptionFields: undefined,
		}));
		node = newNode();
		jest.dontMock('n8n-workflow');
	});
	return node!;
}

function newNode(): INodeType {
	const { RakutenAdvertisingTrigger } = jest.requireActual<
		typeof import('../../nodes/RakutenAdvertisingTrigger/RakutenAdvertisingTrigger.node')
	>('../../nodes/RakutenAdvertisingTrigger/RakutenAdvertisingTrigger.node');
	return new RakutenAdvertisingTrigger();
}

const descriptionOf = (node: INodeType): IWebhookDescription => node.description.webhooks![0];

const key = 'a-key-of-my-own-123';
const settings: Array<[INodeParameters, { path: string; body: string; mode: string }]> = [
	[{}, { path: 'postback', body: 'OK', mode: 'onReceived' }],
	[{ key }, { path: 'postback', body: 'OK', mode: 'onReceived' }],
	[{ responseMode: 'lastNode' }, { path: 'postback', body: '', mode: 'lastNode' }],
	[
		{ registration: 'manual', key },
		{ path: `postback/${key}`, body: 'OK', mode: 'onReceived' },
	],
	[
		{ registration: 'manual', key, responseMode: 'lastNode' },
		{ path: `postback/${key}`, body: '', mode: 'lastNode' },
	],
];

describe.each([
	['by its resolvers', newNode],
	['by expressions, in an older n8n', nodeOfOlderN8n],
])("the webhook's description, read %s", (way, nodeOf) => {
	it.each(settings)('with %j is %j', async (parameters, { path, body, mode }) => {
		const read = jest.spyOn(WorkflowExpression.prototype, 'getSimpleParameterValue');
		const host = new TriggerHost(nodeOf(), { parameters });
		expect(host.address()).toBe(
			`https://n8n.example.com/webhook/5c9f3d0e-1111-4222-8333-944455556666/${path}`,
		);
		expect(host.responseMode()).toBe(mode);
		const answer = await host.request({ query: sale }, { test: true });
		expect(answer).toMatchObject({ status: 200, body, item: { lineId: sale.etransaction_id } });
		expect(read.mock.calls.length > 0).toBe(way !== 'by its resolvers');
		read.mockRestore();
	});

	it('is the same if the user has written an expression', async () => {
		const parameters = { registration: 'manual', key, options: { passOnTimeout: '={{ 2 + 3 }}' } };
		const host = new TriggerHost(nodeOf(), { parameters });
		expect(nodeParametersAreStatic(host.node)).toBe(false);
		expect(host.address()).toMatch(new RegExp(`/postback/${key}$`));
		expect((await host.request({ query: sale })).status).toBe(200);
	});
});

it('has a resolver for everything in it that is an expression', () => {
	const description = descriptionOf(newNode());
	expect(webhookDescriptionIsNativelyResolvable(description)).toBe(true);
	expect(
		Object.entries(description)
			.filter(([, value]) => String(value).startsWith('='))
			.map(([field]) => field),
	).toEqual(Object.keys(description[WEBHOOK_RESOLVERS]!));
});

it('reaches the editor, as JSON, with its expressions', () => {
	const shown = (node: INodeType) =>
		JSON.parse(JSON.stringify(node.description.webhooks)) as IWebhookDescription[];
	expect(shown(newNode())).toEqual(nodeOfOlderN8n().description.webhooks);
	expect(descriptionOf(nodeOfOlderN8n())[WEBHOOK_RESOLVERS]).toBeUndefined();
	expect(shown(newNode())[0].path).toMatch(/^=\{\{.*\$parameter\["key"\].*\}\}$/);
});
