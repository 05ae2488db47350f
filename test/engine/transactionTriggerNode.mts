import type { INodeParameters, INodeType } from 'n8n-workflow';

import { RakutenDeveloperApi } from '../../credentials/RakutenDeveloperApi.credentials';
import { RakutenReportingApi } from '../../credentials/RakutenReportingApi.credentials';
import { startSandbox } from '../../sandbox/server.mts';
import type { Sandbox } from '../../sandbox/server.mts';
import { prepareEngine } from './harness.mts';
import { startHost } from './localHost.mts';
import type { LocalHost } from './localHost.mts';
import { PollHost } from './pollHarness.mts';
import type { PollHostSettings } from './pollHarness.mts';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The trigger in an n8n, with both of the sandbox's credentials. */
export function pollHost(
	sandbox: Sandbox,
	parameters: INodeParameters = {},
	settings: Partial<PollHostSettings> = {},
): PollHost {
	const { clientId, clientSecret, siteId } = sandbox.developer;
	return new PollHost({
		loadNode,
		parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...parameters },
		credentials: [
			{
				type: new RakutenDeveloperApi(),
				data: { siteId, clientId, clientSecret, baseUrl: sandbox.url },
			},
			{
				type: new RakutenReportingApi(),
				data: { reportToken: sandbox.token, baseUrl: sandbox.url, secondsBetweenRequests: 0 },
			},
		],
		...settings,
	});
}

/** Loads a fresh copy of the package, as each process of n8n does; n8n's own part is shared. */
function loadNode(): INodeType {
	let node: INodeType | undefined;
	const workflow = jest.requireActual<object>('n8n-workflow');
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => workflow);
		const { RakutenTransactionTrigger } = jest.requireActual<{
			RakutenTransactionTrigger: new () => INodeType;
		}>('../../nodes/RakutenTransactionTrigger/RakutenTransactionTrigger.node');
		node = new RakutenTransactionTrigger();
	});
	jest.dontMock('n8n-workflow');
	return node!;
}

/** A sandbox of its own for each test, as the clocks of tests differ. */
export function freshSandbox(): Sandbox {
	let running: Sandbox;
	beforeAll(prepareEngine);
	beforeEach(async () => {
		running = await startSandbox({ requestsPerMinute: 0, months: 2, scale: 0.2 });
	});
	afterEach(async () => await running.close());
	return new Proxy({} as Sandbox, { get: (_, name) => running[name as keyof Sandbox] });
}

/** The windows that the Events API was asked for, as it was asked. */
export const windowsAsked = (sandbox: Sandbox): Array<[string, string]> =>
	sandbox
		.requests()
		.filter(({ path }) => path === '/events/1.0/transactions')
		.map(({ query }) => new URLSearchParams(query))
		.filter((asked) => asked.get('page') === '1')
		.map((asked) => {
			return [asked.get('process_date_start') ?? '', asked.get('process_date_end') ?? ''];
		});

/** As the Events API's dates are written, in ISO. */
export const isoOf = (written: string): number => Date.parse(`${written.replace(' ', 'T')}Z`);

/** Sales that were processed that long ago, and can be seen at once. */
export const addSales = (sandbox: Sandbox, count = 1, ago = 5 * second, more: object = {}) =>
	sandbox.addSales({ ...more, count, processedAt: new Date(Date.now() - ago).toISOString() });

export const lineIds = (items: Array<Record<string, unknown>>): string[] =>
	items.map(({ lineId }) => String(lineId)).sort();

export const idsOf = (sales: Array<{ transactionId: string }>): string[] =>
	sales.map(({ transactionId }) => transactionId).sort();

/** A host between n8n and the sandbox that changes the records of the Events API on their way. */
export async function changingEvents(
	sandbox: Sandbox,
	change: (records: Array<Record<string, unknown>>, query: URLSearchParams) => unknown,
): Promise<LocalHost> {
	return await startHost((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => void pass(Buffer.concat(chunks)));
		const pass = async (body: Buffer) => {
			const { authorization, 'content-type': type } = request.headers;
			const answer = await fetch(`${sandbox.url}${request.url}`, {
				method: request.method,
				headers: { authorization: authorization ?? '', ...(type ? { 'content-type': type } : {}) },
				body: request.method === 'POST' ? new Uint8Array(body) : undefined,
			});
			const text = await answer.text();
			const isEvents = request.url!.startsWith('/events/') && answer.status === 200;
			const date = answer.headers.get('date')!;
			response.writeHead(answer.status, { 'content-type': 'application/json', date });
			const query = new URLSearchParams(request.url!.split('?')[1]);
			response.end(isEvents ? JSON.stringify(change(JSON.parse(text), query)) : text);
		};
	});
}
