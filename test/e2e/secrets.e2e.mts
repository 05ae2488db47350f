import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findText } from '../../scripts/host/findText.mts';
import { userFolders } from './support/ground.mts';
import { houseWithEarnings } from './support/house.mts';
import { postbackWorkflow } from './support/postbackWorkflow.mts';
import { theRealtimeHouse } from './support/realtime.mts';
import { formsOf } from './support/secretForms.mts';
import { until } from './support/until.mts';

describe('The report token, after everything above', () => {
	it('is nowhere in any n8n: logs, executions, tables, workflows, files', async () => {
		const { sandbox } = await houseWithEarnings();
		assert.deepEqual(await placesOf(sandbox.token), []);
	});

	it('would have been found', async () => {
		const { n8n, sandbox } = await houseWithEarnings();
		const [line] = sandbox.lines();
		const places = (await findText(n8n.userFolder, line!.transactionId)).join('\n');
		assert.match(places, /execution_data\.data/);
		assert.match(places, /data_table_user/);
		await assertFound(n8n.userFolder, sandbox.token);
	});

	it('still works, from its encrypted place', async () => {
		const { client, credential } = await houseWithEarnings();
		assert.equal((await client.credentials.test(credential.id)).status, 'OK');
	});
});

/** The sandbox marks its tokens. */
const TOKENS_BEGIN = ['sandbox-access-', 'sandbox-refresh-'];

describe('The secrets of the developer portal and the postback, after everything above', () => {
	const ID = 'secrets';

	before(async () => {
		const { client, credential, executions, n8n, sandbox } = await theRealtimeHouse();
		await client.workflows.save(
			postbackWorkflow({
				id: ID,
				credential,
				parameters: { options: { allowNonPublicAddress: true, includeRawValues: true } },
			}),
		);
		await client.workflows.publish(ID);
		const newest = executions.lastId();
		await sandbox.postbackSender.send({ records: sandbox.addSales({ count: 1 }) });
		await sandbox.postbackSender.send({
			records: sandbox.addSales({ count: 1 }),
			method: 'POST json',
		});
		await until('both are executed', () => executions.ended(ID, newest) === 2);
		const { origin, pathname } = new URL(sandbox.developer.postback()!.url);
		assert.equal(origin, n8n.url);
		assert.equal((await fetch(`${n8n.url}${pathname}?key=wrong`)).status, 403);
		const refused = await client.credentials.test(credential.id, {
			clientSecret: `${sandbox.developer.clientSecret}x`,
			accessToken: '',
		});
		assert.equal(refused.status, 'Error');
		// The wrong one is just as secret: it may be one typo away from the right one.
		assert.ok(!refused.message.includes(sandbox.developer.clientSecret));
	});

	after(async () => {
		const { client } = await theRealtimeHouse();
		await client.workflows.unpublish(ID);
	});

	it('neither the Client Secret nor what is sent for it is anywhere', async () => {
		const { developer } = (await theRealtimeHouse()).sandbox;
		const pair = `${developer.clientId}:${developer.clientSecret}`;
		assert.deepEqual(await placesOf(developer.clientSecret), []);
		assert.deepEqual(await placesOf(Buffer.from(pair).toString('base64')), []);
	});

	it('no access token or refresh token is anywhere', async () => {
		for (const beginning of TOKENS_BEGIN) {
			for (const userFolder of userFolders) {
				assert.deepEqual(await findText(userFolder, beginning), [], userFolder);
			}
		}
	});

	it("the postback's key is in n8n's static data and in the registration, and nowhere else", async () => {
		const { executions, n8n, sandbox } = await theRealtimeHouse();
		const registered = new URL(sandbox.developer.postback()!.url).searchParams.get('key')!;
		const keys = new Set(executions.allStaticData().match(/(?<="key":")[\w-]+/g));
		assert.ok(keys.has(registered));
		for (const key of keys) {
			assert.deepEqual(await findText(n8n.userFolder, key), [
				'.n8n/database.sqlite: workflow_entity.staticData',
			]);
		}
		const requests = JSON.stringify(sandbox.requests());
		assert.ok(!requests.includes(registered));
	});

	it('would have been found', async () => {
		const { n8n, sandbox } = await theRealtimeHouse();
		await assertFound(n8n.userFolder, sandbox.developer.clientSecret);
	});

	it('still work, from their encrypted place', async () => {
		const { client, credential } = await theRealtimeHouse();
		assert.equal((await client.credentials.test(credential.id)).status, 'OK');
	});
});

/** Every place where a secret appears in any form, in the folders of every n8n of this run. */
async function placesOf(secret: string): Promise<string[]> {
	assert.ok(userFolders.length > 0);
	const places: string[] = [];
	for (const userFolder of userFolders) {
		for (const form of formsOf(secret)) {
			const found = await findText(userFolder, form);
			places.push(...found.map((place) => `${path.basename(userFolder)}: ${place}`));
		}
	}
	return places;
}

/** A leaked secret is found, here encoded twice as in a URL within a URL. */
async function assertFound(userFolder: string, secret: string): Promise<void> {
	const file = path.join(userFolder, 'left-behind.txt');
	await writeFile(file, `GET /?token=${encodeURIComponent(encodeURIComponent(secret))}`);
	const found = await Promise.all(
		formsOf(secret).map(async (form) => await findText(userFolder, form)),
	);
	await rm(file);
	assert.deepEqual([...new Set(found.flat())], ['left-behind.txt']);
}
