import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerTotals } from '../../sandbox/server.mts';
import type { Execution } from '../../scripts/host/api/execution.mts';
import { exactText } from '../../scripts/start/exactSum.mts';
import { newPage, tableWith } from './support/browser.mts';
import { assertAllEarningsStored } from './support/earnings.mts';
import { publishForm } from './support/publishedForm.mts';
import { forgetEarnings, theHouse, type House } from './support/house.mts';

const FORM = 'Preview, then import';

describe('Import earnings, by its form', () => {
	it('previews in a browser, waits, and imports when Import is selected', async () => {
		const house = await theHouse();
		const { client, sandbox } = house;
		await forgetEarnings(house);
		const { id } = house.workflow('01');
		sandbox.clearRequests();
		await listenFor(house);

		const page = await newPage();
		await page.goto(`${house.n8n.url}/form-test/${formPath(house)}`);
		await page.getByRole('button', { name: 'Show a preview' }).click();
		await page.getByText('Import these earnings?').waitFor();
		const newest = newestPart(house);
		assert.deepEqual(sorted(await tableWith(page, 'Network')), sorted(expectedTotals(newest)));
		const lines = await tableWith(page, 'Processed');
		const amounts = new Set(sandbox.lines().map(({ sales }) => exactText(sales)));
		assert.equal(lines.length, Math.min(10, newest.rows));
		assert.ok(lines.every(({ Sales }) => amounts.has(Sales!)));
		assert.equal(await client.dataTables.count('rakuten_earnings'), 0);

		const [waiting] = await client.executions.list(id);
		assert.equal(waiting!.status, 'waiting');
		await page.getByRole('button', { name: 'Import' }).click();
		await page.getByText('The import is running').waitFor();
		(await client.executions.wait(id, waiting!.id)).assertSucceeded();
		await assertAllEarningsStored(house);
	});

	it('shows nothing to somebody outside the editor', async () => {
		const house = await theHouse();
		const { id } = house.workflow('01');
		const address = await publishForm(house, id, formPath(house));
		house.sandbox.clearRequests();
		const page = await newPage();
		await page.goto(address);
		const before = (await house.client.executions.list(id)).length;
		await page.getByRole('button', { name: 'Show a preview' }).click();
		const execution = await executionAfter(house, id, before);
		assert.equal(execution.status, 'error');
		assert.match(execution.error!.message, /only from the editor/);
		const shown = await page.locator('body').innerText();
		await house.client.workflows.unpublish(id);
		assert.doesNotMatch(shown, /USD|GBP|commission/i);
		assert.equal(house.sandbox.requests().length, 0);
	});
});

/** What Execute workflow does for a form: it is open at its test address from now on. */
async function listenFor({ client, workflow }: House): Promise<void> {
	const answer = await client.session.request<{ waitingForWebhook?: boolean }>(
		'POST',
		`/workflows/${workflow('01').id}/run`,
		{ triggerToStartFrom: { name: FORM } },
	);
	assert.equal(answer.waitingForWebhook, true);
}

function formPath({ workflow }: House): string {
	const form = workflow('01').nodes.find(({ name }) => name === FORM);
	return String(form?.webhookId);
}

/** The execution started when there were `before` of them, once it is over. */
async function executionAfter({ client }: House, id: string, before: number): Promise<Execution> {
	for (;;) {
		const list = await client.executions.list(id);
		if (list.length > before) return await client.executions.wait(id, list[0]!.id);
		await sleep(100);
	}
}

/** What the ledger holds of the part that was read last. */
function newestPart({ sandbox }: House): LedgerTotals {
	const asked = new URLSearchParams(sandbox.requests().at(-1)!.query);
	const [from, to] = ['start_date', 'end_date'].map((name) =>
		asked.get(name)!.replaceAll('/', '-'),
	);
	const totals = sandbox.ledger.totals({ from, to, dateType: 'process' });
	assert.ok(totals.rows > 0);
	return totals;
}

/** Totals as the page's table shows them. */
function expectedTotals({ totals }: LedgerTotals): Array<Record<string, string>> {
	return totals.map((total) => ({
		Network: total.country,
		Currency: total.currency,
		Rows: String(total.rows),
		Corrections: String(total.corrections),
		Sales: exactText(total.sales),
		Commission: exactText(total.commission),
	}));
}

function sorted(rows: ReadonlyArray<Record<string, string>>): unknown[] {
	return [...rows].sort((one, other) => (one.Network! < other.Network! ? -1 : 1));
}
