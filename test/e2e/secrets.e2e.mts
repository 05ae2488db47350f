import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { findText } from '../../scripts/host/findText.mts';
import { userFolders } from './support/ground.mts';
import { houseWithEarnings } from './support/house.mts';
import { formsOf } from './support/secretForms.mts';

describe('The report token, after everything above', () => {
	it('is nowhere in any n8n: logs, executions, tables, workflows, files', async () => {
		const { sandbox } = await houseWithEarnings();
		assert.ok(userFolders.length > 0);
		for (const userFolder of userFolders) {
			for (const form of formsOf(sandbox.token)) {
				assert.deepEqual(await findText(userFolder, form), [], userFolder);
			}
		}
	});

	it('would have been found', async () => {
		const { n8n, sandbox } = await houseWithEarnings();
		const [line] = sandbox.lines();
		const places = (await findText(n8n.userFolder, line!.transactionId)).join('\n');
		assert.match(places, /execution_data\.data/);
		assert.match(places, /data_table_user/);
		const file = path.join(n8n.userFolder, 'left-behind.txt');
		await writeFile(file, `GET /?token=${encodeURIComponent(encodeURIComponent(sandbox.token))}`);
		const found = await Promise.all(
			formsOf(sandbox.token).map(async (form) => await findText(n8n.userFolder, form)),
		);
		await rm(file);
		assert.deepEqual([...new Set(found.flat())], ['left-behind.txt']);
	});

	it('still works, from its encrypted place', async () => {
		const { client, credential } = await houseWithEarnings();
		assert.equal((await client.credentials.test(credential.id)).status, 'OK');
	});
});
