import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CREDENTIAL_TYPE } from '../../scripts/start/sampleWorkflows.mts';
import { theHouse, type House } from './support/house.mts';
import { credentialData } from './support/sandbox.mts';

describe('The credential, tested as the editor does', () => {
	it('accepts the whole Get API URL, the token alone, and the token as encoded in a URL', async () => {
		const house = await theHouse();
		const { client, credential, sandbox } = house;
		assert.equal((await client.credentials.test(credential.id)).status, 'OK');
		for (const reportToken of [sandbox.token, encodeURIComponent(sandbox.token)]) {
			const result = await resultOf(house, { reportToken });
			assert.equal(result.status, 'OK', result.message);
		}
	});

	it('says that a wrong token was refused', async () => {
		const house = await theHouse();
		const result = await resultOf(house, { reportToken: wrongToken(house) });
		assert.equal(result.status, 'Error');
		assert.match(result.message, /refused the report token/);
	});

	it('says in words that the token is missing', async () => {
		const result = await resultOf(await theHouse(), { reportToken: '' });
		assert.equal(result.status, 'Error');
		assert.match(result.message, /token is empty/);
	});

	it('says that a report of another account was refused', async () => {
		const house = await theHouse();
		const reportToken = house.sandbox.getApiUrl().replace('earnings-recommended', 'no-such-report');
		const result = await resultOf(house, { reportToken });
		assert.equal(result.status, 'Error');
		assert.match(result.message, /report in the pasted URL/);
	});

	it('says that nothing answers at a wrong address', async () => {
		const house = await theHouse();
		const result = await resultOf(house, { baseUrl: `${house.sandbox.url}/elsewhere` });
		assert.equal(result.status, 'Error');
		assert.match(result.message, /Base URL/);
	});

	it('says that the ID of a link is not a Site ID', async () => {
		const house = await theHouse();
		const result = await resultOf(house, { siteId: 'abcDEF*1234' });
		assert.equal(result.status, 'Error');
		assert.match(result.message, /Site ID/);
	});

	it('is tested with a request that returns no rows', async () => {
		const house = await theHouse();
		house.sandbox.clearRequests();
		await house.client.credentials.test(house.credential.id);
		const [request, ...more] = house.sandbox.requests();
		assert.equal(more.length, 0);
		assert.equal(request!.status, 200);
		assert.ok(request!.bytes < 1000, `${request!.bytes} bytes`);
	});

	it('hides the token from the editor', async () => {
		const { client, credential, sandbox } = await theHouse();
		const shown = JSON.stringify(await client.credentials.shown(credential.id));
		assert.ok(!shown.includes(sandbox.token) && !shown.includes(encodeURIComponent(sandbox.token)));
		assert.match(shown, /3771737/);
	});
});

/** A token of the same form that gives access to nothing. */
function wrongToken({ sandbox }: House): string {
	return sandbox.token.replace(/^.{4}/, 'AAAA');
}

/** Tests a new credential that differs from a good one in some fields. */
async function resultOf({ client, sandbox }: House, changes: Record<string, unknown>) {
	const { id } = await client.credentials.create({
		name: 'Rakuten Reporting API (on trial)',
		type: CREDENTIAL_TYPE,
		data: { ...credentialData(sandbox, sandbox.getApiUrl()), ...changes },
	});
	const result = await client.credentials.test(id);
	await client.credentials.delete(id);
	const told = JSON.stringify(result);
	assert.ok(!told.includes(sandbox.token) && !told.includes(encodeURIComponent(sandbox.token)));
	return result;
}
