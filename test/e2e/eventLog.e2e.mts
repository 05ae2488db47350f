import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { EventRecord } from '../../sandbox/developer/eventFeed.mts';
import type { SendOptions } from '../../sandbox/developer/postbackSender.mts';
import type { DataTableRow } from '../../scripts/host/api/dataTables.mts';
import { step } from '../../scripts/host/progress.mts';
import { stateWithoutRules } from '../../scripts/start/logFigures.mts';
import type { SampleWorkflow } from '../../scripts/start/sampleWorkflows.mts';
import { newPage, signIn } from './support/browser.mts';
import { countBy } from '../../scripts/start/countBy.mts';
import { mixedSales } from './support/mixedSales.mts';
import { publishForm } from './support/publishedForm.mts';
import { theRealtimeHouse } from './support/realtime.mts';
import { pollingEveryMinute, saveSample } from './support/realtimeSamples.mts';
import { comparable, storedTotals } from './support/storedEvents.mts';
import { until } from './support/until.mts';

const TABLE = 'rakuten_event_log';
const FORM_PATH = 'rakuten-event-log';

/** Poll Times are in minutes; the poll and the nodes after it take a moment more. */
const A_POLL = 90_000;

describe('Postback event log and Catch up', () => {
	let eventLog: SampleWorkflow;
	let catchUp: SampleWorkflow;
	/** Attempts up to this one belong to other scenarios. */
	let newestAttempt: number;
	const sent: EventRecord[] = [];

	before(async () => {
		const house = await theRealtimeHouse();
		newestAttempt = house.sandbox.postbackSender.attempts().at(-1)?.number ?? 0;
		await house.client.dataTables.delete(TABLE);
		eventLog = await saveSample(house, '06');
		catchUp = await saveSample(house, '07', pollingEveryMinute);
	});

	after(async () => {
		const { client } = await theRealtimeHouse();
		await client.workflows.unpublish(eventLog.id);
		await client.workflows.unpublish(catchUp.id);
	});

	it('shows its page to those who can log in, and says in words that it is empty', async () => {
		const house = await theRealtimeHouse();
		const form = await publishForm(house, eventLog.id, FORM_PATH);
		const shown = await fetch(form, { redirect: 'manual' });
		assert.equal(shown.status, 302);
		const posted = await fetch(form, { method: 'POST', body: new FormData(), redirect: 'manual' });
		assert.equal(posted.status, 401);
		const page = await eventLogPage();
		await page.getByText('No conversion has arrived yet').waitFor();
		assert.equal(await page.locator('table').count(), 0);
	});

	it('creates its table when the first postbacks come, all at once', async () => {
		const { client, sandbox } = await theRealtimeHouse();
		await client.dataTables.delete(TABLE);
		await send(sandbox.addSales({ count: 10 }), { concurrency: 15, repeatShare: 0.5 });
		await assertEachOnce();
	});

	it('gives every postback a row with its state and a reason', async () => {
		const { sandbox } = await theRealtimeHouse();
		const records = mixedSales(sandbox, 60);
		await send(records, { concurrency: 10, repeatShare: 0.1, order: 'random', seed: 5 });
		const rows = await assertEachOnce();
		const stored = new Map(rows.map((row) => [String(row.lineId), row]));
		for (const record of records) {
			const row = stored.get(record.transactionId)!;
			assert.equal(row.state, stateWithoutRules(record));
			assert.equal(row.source, 'postback');
			assert.match(String(row.reason), /^[A-Z].{15,}/);
		}
		assert.deepEqual(
			countBy(rows, ({ state }) => String(state)),
			countBy(sent, stateWithoutRules),
		);
	});

	it('stores every line of a burst of 200 once, although some come twice', async () => {
		const { sandbox } = await theRealtimeHouse();
		const records = sandbox.addSales({ count: 190 });
		await step('Sending 200 at once', async () => {
			await send(records, { concurrency: 200, repeatShare: 0.05, order: 'random', seed: 6 });
		});
		await assertEachOnce();
	});

	it('logs discarded postbacks with their values, and shows them as text', async () => {
		const { client, sandbox } = await theRealtimeHouse();
		const url = new URL(sandbox.developer.postback()!.url.replaceAll(/<[^>]+>/g, ''));
		const odd = {
			etransaction_id: 'ODD0000000000000000000000000000A',
			order_id: '77',
			sale_amount: 'twelve',
			product_name: '<img src=x onerror=alert(1)>',
		};
		for (const [name, value] of Object.entries(odd)) url.searchParams.set(name, value);
		assert.equal((await fetch(url)).status, 200);
		const rows = await client.dataTables.rows(TABLE);
		const row = rows.find(({ lineId }) => lineId === odd.etransaction_id)!;
		assert.equal(row.state, 'discarded');
		assert.match(String(row.reason), /^Not readable: sale_amount "twelve"/);
		assert.deepEqual(pick(JSON.parse(String(row.raw)), Object.keys(odd)), odd);
		assert.ok(!String(row.raw).includes(url.searchParams.get('key')!));
		const page = await eventLogPage();
		await page.getByText('<img src=x onerror=alert(1)>').waitFor();
		assert.equal(await page.locator('img').count(), 0);
	});

	it('counts on its page what the table holds', async () => {
		const { client } = await theRealtimeHouse();
		const rows = await client.dataTables.rows(TABLE);
		const page = await eventLogPage();
		await page.getByRole('heading', { name: 'Today' }).waitFor();
		for (const state of ['accepted', 'correction', 'unattributed', 'discarded', 'caughtUp']) {
			const shown = await page.locator(`.tile.${state} .big`).innerText();
			assert.equal(Number(shown), rows.filter((row) => row.state === state).length, state);
		}
		const counted = rows.filter(({ state, isEvent }) => state !== 'discarded' && !isEvent);
		const totals = Object.entries(storedTotals(counted));
		const sums = page.locator('table.sums tbody tr');
		assert.deepEqual(
			await Promise.all(
				(await sums.all()).map(async (row) => await figuresIn(row.locator('td, th'))),
			),
			totals.map(([currency, { lines, sales, commission }]) => {
				const figures = [String(lines), sales, commission];
				return [currency, ...figures, ...figures];
			}),
		);
		assert.equal(await page.locator('table.hits tbody tr').count(), 50);
	});

	it('answers 500 if a line could not be stored, and shows it as failed', async () => {
		const { client, sandbox } = await theRealtimeHouse();
		const rows = await client.dataTables.rows(TABLE);
		await client.dataTables.delete(TABLE);
		await client.dataTables.create(TABLE, [{ name: 'lineId', type: 'string' }]);
		const records = sandbox.addSales();
		const [attempt] = await sandbox.postbackSender.send({ records });
		assert.equal(attempt!.status, 500);
		const [execution] = await client.executions.list(eventLog.id);
		assert.equal(execution!.status, 'error');
		await client.dataTables.delete(TABLE);
		sent.length = 0;
		newestAttempt = attempt!.number;
		assert.ok(rows.length > 0);
		await send(records);
		await assertEachOnce();
	});

	it('gets from Catch up the lines that no postback reported, and no others', async () => {
		const { client, sandbox } = await theRealtimeHouse();
		await client.workflows.publish(catchUp.id);
		const missed = sandbox.addSales({ count: 4 }).concat(sandbox.addSales({ u1: '' }));
		await send(mixedSales(sandbox, 40), { concurrency: 5 });
		await step('Waiting for a poll', async () => {
			await until(
				'the poll has found what was missed',
				async () => (await rowsOf(missed)).filter(isCaughtUp).length === missed.length,
				{ timeoutMs: A_POLL, everyMs: 1000 },
			);
		});
		for (const row of await rowsOf(missed)) {
			assert.equal(row.source, 'polling');
			assert.match(String(row.reason), /No postback/);
		}
		assert.deepEqual(
			(await rowsOf(sent)).map(({ state }) => state).filter((state) => state === 'caughtUp'),
			[],
		);

		const [late, ...others] = missed;
		await send([late!]);
		const [row] = await rowsOf([late!]);
		assert.deepEqual([row!.state, row!.source], ['accepted', 'postback']);
		assert.ok((await rowsOf(others)).every(isCaughtUp));
	});

	let browserPage: Page | undefined;

	/** Opens the page; the first time as somebody who has not logged in yet. */
	async function eventLogPage(): Promise<Page> {
		const house = await theRealtimeHouse();
		const address = `${house.n8n.url}/form/${FORM_PATH}`;
		if (browserPage) {
			await browserPage.goto(address);
		} else {
			browserPage = await newPage();
			await browserPage.goto(address);
			await signIn(browserPage, house);
			await browserPage.getByRole('button', { name: 'Allow access' }).click();
		}
		await browserPage.getByRole('button', { name: 'Show the event log' }).click();
		await browserPage.locator('.log').waitFor();
		return browserPage;
	}

	async function send(records: EventRecord[], options: SendOptions = {}): Promise<void> {
		const { sandbox } = await theRealtimeHouse();
		const attempts = await sandbox.postbackSender.send({ timeoutMs: 120_000, ...options, records });
		assert.deepEqual(
			countBy(attempts, ({ status, failure }) => String(failure ?? status)),
			{ 200: attempts.length },
		);
		sent.push(...records);
	}

	/** Every line that was sent is there once, and all add up to the sender's own record. */
	async function assertEachOnce(): Promise<DataTableRow[]> {
		const { client, sandbox } = await theRealtimeHouse();
		const rows = await client.dataTables.rows(TABLE);
		assert.deepEqual(
			rows.map(({ lineId }) => String(lineId)).sort(),
			sent.map(({ transactionId }) => transactionId).sort(),
		);
		const totals = sandbox.postbackSender.totals({ after: newestAttempt });
		assert.deepEqual(storedTotals(rows), comparable(totals));
		return rows;
	}

	async function rowsOf(records: readonly EventRecord[]): Promise<DataTableRow[]> {
		const { client } = await theRealtimeHouse();
		const wanted = new Set(records.map(({ transactionId }) => transactionId));
		return (await client.dataTables.rows(TABLE)).filter(({ lineId }) => wanted.has(String(lineId)));
	}
});

const isCaughtUp = ({ state }: DataTableRow) => state === 'caughtUp';

function pick(values: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
	return Object.fromEntries(names.map((name) => [name, values[name]]));
}

/** Texts of cells, with amounts in the decimal form used elsewhere. */
async function figuresIn(cells: { allInnerTexts(): Promise<string[]> }): Promise<string[]> {
	return (await cells.allInnerTexts()).map((text) => text.replaceAll(',', '').replace('−', '-'));
}
