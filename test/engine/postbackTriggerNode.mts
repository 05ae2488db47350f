import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { RakutenDeveloperApi } from '../../credentials/RakutenDeveloperApi.credentials';
import { RakutenAdvertisingTrigger } from '../../nodes/RakutenAdvertisingTrigger/RakutenAdvertisingTrigger.node';
import type { Sandbox } from '../../sandbox/server.mts';
import { TriggerHost } from './webhookHarness.mts';
import type { ResponseLike, WebhookAnswer } from './webhookHarness.mts';

/** The trigger in an n8n, with the sandbox's application as its credential. */
export function triggerHost(
	sandbox: Sandbox,
	parameters: INodeParameters = {},
	url?: string,
): TriggerHost {
	const { clientId, clientSecret, siteId } = sandbox.developer;
	return new TriggerHost(new RakutenAdvertisingTrigger(), {
		parameters,
		credential: {
			type: new RakutenDeveloperApi(),
			data: { siteId, clientId, clientSecret, baseUrl: sandbox.url },
		},
		url,
	});
}

/** A trigger whose URL is not registered by API: no credential, the key in the path. */
export const handHost = (parameters: INodeParameters = {}): TriggerHost =>
	new TriggerHost(new RakutenAdvertisingTrigger(), {
		parameters: { registration: 'manual', key: 'a-key-of-my-own-123', ...parameters },
	});

/** The key that the trigger has registered, from what the sandbox has. */
export const registeredKey = (sandbox: Sandbox): string =>
	new URL(sandbox.developer.postback()!.url).searchParams.get('key')!;

/** The requests that reached the postback API since they were cleared: `GET`, `PUT` and so on. */
export const postbackCalls = (sandbox: Sandbox): string[] =>
	sandbox
		.requests()
		.filter(({ api }) => api === 'postback')
		.map(({ method }) => method);

/** A sale as Rakuten's postback reports it. */
export const sale = {
	etransaction_id: 'B7B2BE0B83ECDD168FD50BC789F508AC',
	advertiser_id: '45904',
	sid: '3771737',
	order_id: '4000110733',
	offer_id: '1262960',
	sku_number: 'TRCAT5DB',
	sale_amount: '43.17',
	quantity: '1',
	commissions: '25',
	process_date: '2023-05-21T06:58:45.000+0000',
	transaction_date: '2023-05-21T06:58:45.000 0000',
	transaction_type: 'realtime',
	product_name: 'TRCAT5DB',
	u1: 'Zojr5qPF3fVk9OckC3bBS8H4tHkcn7pGuE',
	currency: 'EUR',
	is_event: 'N',
};

/** What a host has answered over HTTP. */
export interface Served {
	readonly server: Server;
	readonly answers: WebhookAnswer[];
	close(): Promise<void>;
}

/** Lets a host answer on loopback, at its own path, as n8n does; its URL is changed to that. */
export async function serve(host: TriggerHost): Promise<Served> {
	const answers: WebhookAnswer[] = [];
	const server = createServer((request, response) => {
		void answer(host, request, response).then((given) => answers.push(given));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	host.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		server,
		answers,
		close: async () =>
			await new Promise<void>((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}

async function answer(
	host: TriggerHost,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<WebhookAnswer> {
	const url = new URL(request.url ?? '', host.url);
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const text = Buffer.concat(chunks).toString('utf8');
	const contentType = request.headers['content-type'] ?? '';
	const body = contentType.includes('json')
		? (JSON.parse(text) as unknown)
		: contentType.includes('form')
			? parameters(new URLSearchParams(text))
			: undefined;
	const onEnd = { headersSent: false } as ResponseLike;
	onEnd.writeHead = (status, headers) => {
		onEnd.statusCode = status;
		response.writeHead(status, headers);
		Object.assign(onEnd, { headersSent: true });
	};
	onEnd.end = (given = '') => {
		onEnd.text = given;
		response.end(given);
		onEnd.onEnd?.();
	};
	return await host.request(
		{
			method: request.method as 'GET',
			query: parameters(url.searchParams),
			body,
			headers: request.headers as Record<string, string>,
		},
		{ response: onEnd },
	);
}

/** As n8n's query parser: one that comes twice is a list. */
function parameters(search: URLSearchParams): IDataObject {
	const names = [...new Set(search.keys())];
	return Object.fromEntries(
		names.map((name) => {
			const values = search.getAll(name);
			return [name, values.length === 1 ? values[0] : values];
		}),
	);
}
