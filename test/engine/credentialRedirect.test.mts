import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { RakutenDeveloperApi } from '../../credentials/RakutenDeveloperApi.credentials';
import { RakutenReportingApi } from '../../credentials/RakutenReportingApi.credentials';
import { publisherToken } from '../unit/report/tokenSamples.mts';
import { testCredential } from './credentialTest.mts';
import { otherContexts, prepareEngine } from './harness.mts';
import type { ICredentialType, IExecuteFunctions } from 'n8n-workflow';
import { RakutenAdvertising } from '../../nodes/RakutenAdvertising/RakutenAdvertising.node';
import { outcomeOf } from '../../rakuten/outcome';

/** A host that gives access tokens, and sends everything else to another address. */
let host: Server;
let status = 302;
const paths: string[] = [];

beforeAll(async () => {
	await prepareEngine();
	host = createServer((request, response) => {
		paths.push(request.url!.split('?', 1)[0]);
		if (request.url === '/token') {
			response.setHeader('Content-Type', 'application/json');
			response.end('{"access_token":"an-access-token-of-ours"}');
			return;
		}
		const elsewhere = request.url!.startsWith('/elsewhere');
		response.writeHead(elsewhere ? 200 : status, {
			// The same computer under another name: another host to whoever follows.
			Location: `http://localhost:${(host.address() as AddressInfo).port}/elsewhere`,
		});
		response.end('[]');
	});
	await new Promise<void>((listening) => host.listen(0, '127.0.0.1', listening));
});
afterAll(() => void host.close());
beforeEach(() => void paths.splice(0));

const baseUrl = () => `http://127.0.0.1:${(host.address() as AddressInfo).port}`;

describe.each([301, 302, 303, 307, 308])('a credential test that is answered with %i', (answer) => {
	beforeEach(() => void (status = answer));

	it('does not send the report token elsewhere, and says so', async () => {
		const data = { reportToken: publisherToken, baseUrl: baseUrl() };
		const result = await testCredential({ type: new RakutenReportingApi(), data });
		expect(result).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(
				/^The Base URL redirects to another address \(status \d+\).* Set it to https:/,
			),
		});
		expect(paths).toEqual(['/en/reports/signature-orders-report/filters']);
	});

	it('does not send the access token elsewhere, and says so', async () => {
		const data = {
			siteId: '3771737',
			clientId: 'a-client-of-ours',
			clientSecret: 'a-secret-of-ours-0001',
			accessToken: '',
			baseUrl: baseUrl(),
		};
		const result = await testCredential({ type: new RakutenDeveloperApi(), data });
		expect(result).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(
				/^The Base URL redirects to another address \(status \d+\).* Set it to https:/,
			),
		});
		expect(paths).toEqual(['/token', '/events/1.0/transactions']);
	});
});

const developer = () => ({
	siteId: '3771737',
	clientId: 'a-client-of-ours',
	clientSecret: 'a-secret-of-ours-0001',
	accessToken: '',
	baseUrl: baseUrl(),
});
const reporting = () => ({ reportToken: publisherToken, baseUrl: baseUrl() });

/** A resource that uses the credential. */
const parametersFor = (type: ICredentialType) =>
	type instanceof RakutenDeveloperApi
		? { resource: 'postback', operation: 'get' }
		: { resource: 'report', operation: 'get' };

/** The two ways in which nodes send requests; n8n's HTTP Request node takes the older one. */
const ways = ['requestWithAuthentication', 'httpRequestWithAuthentication'] as const;

describe.each(ways)('a request of another node by %s', (way) => {
	it.each([301, 302, 303, 307, 308])(
		'is not led elsewhere by %i with either credential, even if it asks to be',
		async (answer) => {
			status = answer;
			for (const [type, data, path] of [
				[new RakutenReportingApi(), reporting(), '/en/reports/x/filters'],
				[new RakutenDeveloperApi(), developer(), '/events/1.0/transactions'],
			] as const) {
				paths.splice(0);
				const { hook } = otherContexts({
					node: new RakutenAdvertising(),
					parameters: parametersFor(type),
					credentials: [{ type, data }],
				});
				const url = `${baseUrl()}${path}`;
				const context = hook as unknown as IExecuteFunctions;
				await outcomeOf(
					context.helpers[way].call(context, type.name, {
						method: 'GET',
						url,
						uri: url,
						followRedirect: true,
						followAllRedirects: true,
						maxRedirects: 21,
					} as never),
				);
				expect(paths).toContain(path);
				expect(paths).not.toContain('/elsewhere');
			}
		},
	);

	it('is not sent at all to a host that would read it in the clear', async () => {
		for (const [type, data] of [
			[new RakutenReportingApi(), { ...reporting(), baseUrl: 'http://service.example' }],
			[new RakutenDeveloperApi(), { ...developer(), baseUrl: 'http://service.example' }],
		] as const) {
			const { hook } = otherContexts({
				node: new RakutenAdvertising(),
				parameters: parametersFor(type),
				credentials: [{ type, data }],
			});
			const context = hook as unknown as IExecuteFunctions;
			const url = 'http://service.example/';
			const sent = await outcomeOf(
				context.helpers[way].call(context, type.name, { method: 'GET', url, uri: url } as never),
			);
			expect(sent).toMatchObject({ ok: false });
			expect(String((sent as { cause: Error }).cause.message)).toContain('http://');
		}
	});
});

describe('the test of a credential', () => {
	it.each([
		['Base URL', { baseUrl: 'http://service.example' }],
		[
			'pasted URL',
			{
				reportToken: `http://service.example/en/reports/x/filters?token=${encodeURIComponent(publisherToken)}`,
			},
		],
	])('refuses http in the %s', async (_field, change) => {
		const type = new RakutenReportingApi();
		const result = await testCredential({ type, data: { ...reporting(), ...change } });
		expect(result).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('begins with http:// (http://service.example)'),
		});
		expect(paths).toEqual([]);
	});

	it('refuses http in the Base URL of an application', async () => {
		const data = { ...developer(), baseUrl: 'http://service.example' };
		const result = await testCredential({ type: new RakutenDeveloperApi(), data });
		expect(result).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('begins with http:// (http://service.example)'),
		});
	});
});
