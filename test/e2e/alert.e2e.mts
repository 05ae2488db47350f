import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/server.mts';
import { withCredential } from '../../scripts/host/api/workflows.mts';
import { N8nClient } from '../../scripts/host/n8nClient.mts';
import { step } from '../../scripts/host/progress.mts';
import type { SampleWorkflow } from '../../scripts/start/sampleWorkflows.mts';
import {
	GOOGLE_TYPE,
	signedInAtGoogle,
	startGoogleSheets,
	type GoogleSheets,
} from './support/googleSheets.mts';
import { newUserFolder, startTestedN8n } from './support/ground.mts';
import { developerCredential, startDeveloperSandbox } from './support/realtime.mts';
import { pollingEveryMinute, saveSample, withNode } from './support/realtimeSamples.mts';
import { startReceiver, type Receiver } from './support/receiver.mts';
import { until } from './support/until.mts';

const TAB = 'Commissions';
const TRIGGER = 'New transactions';

describe('New commission alert', () => {
	let google: GoogleSheets;
	let chat: Receiver;
	let sandbox: Sandbox;
	let client: N8nClient;
	let alert: SampleWorkflow;

	before(async () => {
		google = await startGoogleSheets([TAB]);
		chat = await startReceiver();
		sandbox = await startDeveloperSandbox();
		const n8n = await startTestedN8n(await newUserFolder('alert'), { env: google.env });
		client = await N8nClient.login(n8n);
		const credential = await developerCredential(client, sandbox);
		const account = await client.credentials.create(signedInAtGoogle());
		alert = await saveSample({ client, credential }, '08', (shipped) => {
			const filledIn = withNode(shipped, 'Append or update rows', (node) => {
				const documentId = { __rl: true, mode: 'url', value: google.spreadsheet };
				return { ...node, parameters: { ...node.parameters, documentId } };
			});
			const withChat = withNode(filledIn, 'Send to Slack or another chat', (node) => {
				const { disabled: _, ...active } = node;
				return { ...active, parameters: { ...node.parameters, url: chat.address } };
			});
			const sheets = 'n8n-nodes-base.googleSheets';
			return { ...withCredential(withChat, sheets, GOOGLE_TYPE, account), id: shipped.id };
		});
	});

	it('shows with its pinned example what rows and messages look like', async () => {
		await run(alert);
		assert.deepEqual(
			google.rows(TAB).map(({ what, commission, lineId }) => [what, commission, lineId]),
			[
				['Example: New commission', 2.59, 'SAMPLEPURCHASE000000000000000000'],
				['Example: Reversed', -2.59, 'SAMPLECORRECTION0000000000000000'],
			],
		);
		assert.equal(chat.received.length, 1);
		const { body } = chat.received[0]!;
		assert.match(
			String(body.text),
			/^EXAMPLE, not a real sale\. Rakuten: 1 new commission, 1 reversed\n/,
		);
	});

	it('adds no row twice', async () => {
		const withoutExample = { ...alert, pinData: {} };
		await client.workflows.save(withoutExample);
		// Rakuten returns the lines of a second once it is over.
		sandbox.addSales({ count: 3, processedAt: new Date(Date.now() - 60_000).toISOString() });
		await run(alert);
		const rows = google.rows(TAB);
		assert.equal(rows.length, 2 + 3);
		await run(alert);
		assert.deepEqual(google.rows(TAB), rows);
	});

	it('reports new and reversed commissions in one message', async () => {
		await client.workflows.save(pollingEveryMinute({ ...alert, pinData: {} }));
		await client.workflows.publish(alert.id);
		const before = google.rows(TAB).length;
		chat.received.length = 0;
		const [sale] = sandbox.addSales({
			currency: 'EUR',
			sales: '120.00',
			commission: '9.60',
			u1: '<!channel> @here',
		});
		const [early] = sandbox.addSales({ eventPairs: true, currency: 'EUR', commission: '1.15' });
		const [correction] = sandbox.addCorrection({ transactionId: sale!.transactionId });
		await step('Waiting for a poll', async () => {
			await until('a message has come', () => chat.received.length > 0, { timeoutMs: 90_000 });
		});
		const rows = google.rows(TAB).slice(before);
		assert.deepEqual(rows.map(({ what }) => what).sort(), [
			'New commission',
			'New commission',
			'Reversed',
		]);
		assert.ok(rows.every(({ lineId }) => lineId !== early!.transactionId));
		const reversed = rows.find(({ lineId }) => lineId === correction!.transactionId)!;
		assert.equal(reversed.commission, Number(correction!.commission));
		assert.equal(chat.received.length, 1);
		const text = String(chat.received[0]!.body.text);
		assert.match(text, /^Rakuten: 2 new commissions, 1 reversed\n/);
		assert.match(text, /• New commission: 9\.60? EUR for .*order /);
		assert.match(text, /• Reversed: [\d.]+ EUR taken back for /);
		assert.match(text, /In all: [+−][\d.]+ EUR$/);
		// Nothing in a message calls people or makes a link.
		assert.doesNotMatch(text, /[<>@]/);
		await client.workflows.unpublish(alert.id);
	});

	async function run({ id }: SampleWorkflow): Promise<void> {
		const execution = await client.executions.run(id, { trigger: TRIGGER });
		execution.assertSucceeded();
	}
});
