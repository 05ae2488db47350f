import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { RakutenDeveloperApi } from '../../credentials/RakutenDeveloperApi.credentials';
import { RakutenReportingApi } from '../../credentials/RakutenReportingApi.credentials';
import { publisherToken } from '../unit/report/tokenSamples.mts';
import { testCredential } from './credentialTest.mts';

/** A host that gives access tokens, and sends everything else to another address. */
let host: Server;
let status = 302;
const paths: string[] = [];

beforeAll(async () => {
	host = createServer((request, response) => {
		paths.push(request.url!.split('?', 1)[0]);
		if (request.url === '/token') {
			response.setHeader('Content-Type', 'application/json');
			response.end('{"access_token":"an-access-token-of-ours"}');
			return;
		}
		const elsewhere = request.url!.startsWith('/elsewhere');
		response.writeHead(elsewhere ? 200 : status, { Location: '/elsewhere' });
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
			message: expect.stringMatching(/another address .*Check the Base URL/),
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
			message: expect.stringMatching(/another address .*Check the Base URL/),
		});
		expect(paths).toEqual(['/token', '/events/1.0/transactions']);
	});
});
