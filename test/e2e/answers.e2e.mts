import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DateTime } from 'luxon';
import type { Page } from 'playwright-core';
import type { LedgerTotals, Sandbox } from '../../sandbox/server.mts';
import { ExactSum, exactText } from '../../scripts/start/exactSum.mts';
import { newPage, signIn } from './support/browser.mts';
import { expectedTotals, storedEarnings } from './support/earnings.mts';
import { houseWithEarnings, type House } from './support/house.mts';
import { publishForm } from './support/publishedForm.mts';

const FORM_PATH = 'rakuten-earnings';

type Line = ReturnType<Sandbox['lines']>[number];

/** The figures of one currency as the page shows them, without thousands separators. */
interface Tile {
	commission: string;
	sales: string;
	orders: string;
	lines: string;
	corrections: string;
}

describe('Earnings answers', () => {
	it('lets nobody in who is not logged in', async () => {
		const form = await publishedForm(await houseWithEarnings());
		const shown = await fetch(form, { redirect: 'manual' });
		assert.equal(shown.status, 302);
		const sent = await fetch(form, { method: 'POST', body: new FormData(), redirect: 'manual' });
		assert.equal(sent.status, 401);
		assert.equal(await sent.text(), '');
	});

	it('answers in a browser after login, with a chart and totals equal to the ledger', async () => {
		const house = await houseWithEarnings();
		const page = await newPage();
		await page.goto(await publishedForm(house));
		await signIn(page, house);
		await page.getByRole('button', { name: 'Allow access' }).click();
		const to = DateTime.utc().minus({ days: 40 }).toISODate();
		const from = DateTime.utc().minus({ days: 160 }).toISODate();
		await page.getByLabel('Ordered from').fill(from);
		await page.getByLabel('Ordered until').fill(to);
		await page.getByRole('button', { name: 'Show earnings' }).click();
		await page.getByText('Totals by currency').waitFor();

		const expected = house.sandbox.ledger.totals({ from, to });
		assert.ok(expected.rows > 500 && expected.corrections > 10);
		assert.deepEqual(await tilesOn(page), tilesOf(expected));
		assert.ok((await page.locator('svg[role=img]').count()) >= expected.currencies.length);
		assert.ok((await page.getByText('Refund rate by product').count()) === 1);
		assert.ok((await page.locator('table tbody tr').count()) > 50);
	});

	it('finds one order by its number, net of corrections', async () => {
		const house = await houseWithEarnings();
		const { order, advertiser, lines } = await correctedOrder(house);
		const html = await ask(house, { product: order, advertiser });
		const page = await newPage();
		await page.setContent(html);
		const commission = new ExactSum();
		for (const line of lines) commission.add(line.commission);
		const [tile, ...more] = Object.values(await tilesOn(page));
		assert.equal(more.length, 0);
		assert.equal(tile!.commission, String(commission));
		assert.equal(tile!.lines, String(lines.length));
		assert.equal(tile!.orders, '1');
		const perOrder = page.locator('section', { hasText: 'Net commission per order' });
		assert.match(await perOrder.innerText(), /sold \d+, .*(returned|refunded)/);
	});

	it('answers over HTTP with everything stored, to whoever has the password', async () => {
		const house = await houseWithEarnings();
		const page = await newPage();
		await page.setContent(await ask(house, {}));
		assert.deepEqual(await tilesOn(page), tilesOf(expectedTotals(house)));
	});

	it('says so when nothing matches, and shows the question as plain text', async () => {
		const house = await houseWithEarnings();
		const html = await ask(house, { product: '<img src=x onerror=alert(1)>' });
		assert.match(html, /No line matches/);
		assert.doesNotMatch(html, /<img src=x/);
	});
});

async function publishedForm(house: House): Promise<string> {
	return await publishForm(house, house.workflow('02').id, FORM_PATH);
}

/** The tiles of the page by currency. */
async function tilesOn(page: Page): Promise<Record<string, Tile>> {
	const tiles: Record<string, Tile> = {};
	for (const tile of await page.locator('.tile').all()) {
		const figure = async (term: string) =>
			plain(await tile.locator(`xpath=.//dt[.="${term}"]/following-sibling::dd[1]`).innerText());
		tiles[await tile.locator('h3').innerText()] = {
			commission: plain(await tile.locator('.big').innerText()),
			sales: await figure('Sales, net'),
			orders: await figure('Orders'),
			lines: await figure('Lines'),
			corrections: await figure('Corrections'),
		};
	}
	return tiles;
}

function tilesOf({ currencies }: LedgerTotals): Record<string, Tile> {
	return Object.fromEntries(
		currencies.map(({ currency, ...total }) => [
			currency,
			{
				commission: exactText(total.commission),
				sales: exactText(total.sales),
				orders: String(total.orders),
				lines: String(total.rows),
				corrections: String(total.corrections),
			},
		]),
	);
}

function plain(shown: string): string {
	return shown.replaceAll(',', '').replace('−', '-').trim();
}

/** An order with a correction, all of its lines readable and stored. */
async function correctedOrder(house: House) {
	const { sandbox } = house;
	const rows = await storedEarnings(house);
	const stored = new Set(rows.map(({ transactionId }) => transactionId));
	const linesOf = ({ orderId, advertiserId }: Line) =>
		sandbox.lines({ orderId }).filter((line) => line.advertiserId === advertiserId);
	const to = DateTime.utc().minus({ days: 60 }).toISODate();
	const from = DateTime.utc().minus({ days: 120 }).toISODate();
	const correction = sandbox
		.lines({ from, to })
		.filter(({ sales }) => sales.startsWith('-'))
		.find((line) => linesOf(line).every(({ transactionId }) => stored.has(transactionId)))!;
	return {
		order: correction.orderId,
		advertiser: String(correction.advertiserId),
		lines: linesOf(correction),
	};
}

/**
 * Asks over plain HTTP, with a copy of the form protected by Basic Auth, as the workflow's note
 * suggests for people without a login. Returns the page.
 */
async function ask(house: House, question: Record<string, string>): Promise<string> {
	const { client } = house;
	const user = 'reader';
	const password = 'only-for-this-test';
	const type = 'httpBasicAuth';
	const known = (await client.credentials.list()).find((each) => each.type === type);
	const basicAuth =
		known ?? (await client.credentials.create({ name: 'Form', type, data: { user, password } }));
	const shipped = house.workflow('02');
	const path = `${FORM_PATH}-by-password`;
	const id = `${shipped.id}-by-password`;
	await client.workflows.save({
		...shipped,
		id,
		name: `${shipped.name}, by password`,
		nodes: shipped.nodes.map((node) =>
			node.name === 'Ask about earnings'
				? {
						...node,
						webhookId: path,
						credentials: { [type]: { id: basicAuth.id, name: basicAuth.name } },
						parameters: {
							...node.parameters,
							authentication: 'basicAuth',
							options: { ...(node.parameters.options as object), path },
						},
					}
				: node,
		),
	});
	const address = await publishForm(house, id, path);
	const headers = {
		authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
	};
	const body = new FormData();
	const fields = ['product', 'from', 'to', 'advertiser'];
	fields.forEach((name, index) => body.set(`field-${index}`, question[name] ?? ''));
	const sent = await fetch(address, { method: 'POST', headers, body });
	assert.equal(sent.status, 200);
	const { formWaitingUrl } = (await sent.json()) as { formWaitingUrl: string };
	const [execution] = await client.executions.list(id);
	await client.executions.wait(id, execution!.id, { untilWaiting: true });
	const page = await fetch(formWaitingUrl, { headers });
	assert.equal(page.status, 200);
	return await page.text();
}
