import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../../scripts/chromium.mts';
import { closers } from './ground.mts';
import type { House } from './house.mts';

const PATIENCE_MS = 30_000;

let browser: Promise<Browser> | undefined;

/** A page of a headless Chromium, in a profile of its own: nobody is logged in anywhere. */
export async function newPage(): Promise<Page> {
	browser ??= launch();
	const context = await (await browser).newContext();
	const page = await context.newPage();
	page.setDefaultTimeout(PATIENCE_MS);
	return page;
}

/** On n8n's sign-in page: fills in the owner's e-mail and password. */
export async function signIn(page: Page, { n8n }: Pick<House, 'n8n'>): Promise<void> {
	await page.getByLabel('Email').fill(n8n.email);
	await page.getByLabel('Password').fill(n8n.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The rows of the table that has a column of this name, by column name. */
export async function tableWith(
	page: Page,
	column: string,
): Promise<Array<Record<string, string>>> {
	const table = page.locator('table', { has: page.locator(`th:text-is("${column}")`) });
	const [head, ...rows] = await table.locator('tr').all();
	const names = await head!.locator('th').allInnerTexts();
	return await Promise.all(
		rows.map(async (row) => {
			const cells = await row.locator('td').allInnerTexts();
			return Object.fromEntries(names.map((name, index) => [name, cells[index]!]));
		}),
	);
}

async function launch(): Promise<Browser> {
	// It is ended with everything else.
	const launched = await launchChromium({
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
	});
	closers.add('Chromium', async () => await launched.close());
	return launched;
}
