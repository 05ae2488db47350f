import { NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import { log } from '../../../nodes/kit/log';
import { nodeError } from '../../../nodes/kit/nodeError';
import { showHint } from '../../../nodes/kit/showHint';
import { RakutenProblem } from '../../../rakuten/problem';
import {
	accessToken,
	bareSecretTexts,
	clientId,
	clientSecret,
	secretTexts,
} from '../secrets/secretSamples.mts';

const node = {
	id: '1',
	name: 'Rakuten',
	type: 'rakuten',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	credentials: { rakutenDeveloperApi: { id: '1', name: 'x' } },
} as INode;

const context = {
	getNode: () => node,
	getCredentials: async () => ({
		clientId,
		clientSecret,
		accessToken: `0123456789abcdef.${accessToken}`,
	}),
};

/** Everything that n8n could store or show of an error. */
const everythingOf = (error: NodeOperationError) =>
	`${error.message} ${error.description} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;

const foreign: ReadonlyArray<readonly [string, (text: string) => unknown]> = [
	['an Error', (text) => new Error(text)],
	['an Error with a request', (text) => Object.assign(new Error(text), { config: { text } })],
	['an Error with a cause', (text) => new Error(text, { cause: new Error(text) })],
	[
		'a NodeOperationError',
		(text) => new NodeOperationError(node, new Error(text), { description: text }),
	],
	['a problem', (text) => new RakutenProblem('x', text, text)],
	['a text', (text) => text],
];

describe.each(foreign)('%s', (_what, make) => {
	it.each([...secretTexts, ...bareSecretTexts])(
		'shows nothing of %s',
		async (_kind, text, secret) => {
			for (const isMessageAlone of [false, true]) {
				const shown = await nodeError(context, make(text), { isMessageAlone });
				expect(everythingOf(shown)).not.toContain(secret);
			}
		},
	);
});

describe('nodeError', () => {
	it('names the item, and says what to do if n8n shows the message alone', async () => {
		const problem = new RakutenProblem('x', 'It broke', 'Fix it.');
		const oneOfMany = await nodeError(context, problem, { itemIndex: 2, isOneOfMany: true });
		expect(oneOfMany).toMatchObject({
			message: 'It broke [item 2]',
			description: 'Fix it.',
			level: 'warning',
		});
		const alone = await nodeError(context, problem, { isMessageAlone: true });
		expect(alone.message).toBe('It broke. Fix it.');
	});

	it('works if the credential cannot be read', async () => {
		const broken = {
			getNode: () => node,
			getCredentials: () => {
				throw new Error('no credential');
			},
		};
		expect((await nodeError(broken, new Error('x broke'))).message).toBe('x broke');
	});

	it('cuts off a text that nobody would read to its end', async () => {
		const { message } = await nodeError(context, new Error('word '.repeat(1_000_000)));
		expect(message.length).toBeLessThanOrEqual(20_000);
	});
});

describe('hints and log lines', () => {
	it.each(secretTexts)('show nothing of %s', (_kind, text, secret) => {
		const said: string[] = [];
		const logger = { warn: (line: string) => said.push(line) };
		log({ logger } as never, 'warn', text);
		showHint(
			{ addExecutionHints: ({ message }: { message: string }) => said.push(message) } as never,
			text,
		);
		expect(said).toHaveLength(2);
		expect(said.join()).not.toContain(secret);
	});

	it("keep another tool's postback whole, as it may have to be put back by hand", () => {
		const said: string[] = [];
		const logger = { error: (line: string) => said.push(line) };
		const other = 'https://tracker.example/p?token=their-own&u1=<u1>';
		const [, own] = secretTexts.find(([kind]) => kind === 'the key of our postback')!;
		log({ logger } as never, 'error', `restore ${other}. password=x ${own}`, [other, own]);
		expect(said[0]).toContain(`restore ${other}. password=***`);
		expect(said[0]).toMatch(/key=\*\*\*$/);
	});
});
