import type { Locator, Page } from 'playwright-core';
import type { Sandbox } from '../../sandbox/server.mts';
import type { CredentialReference } from '../host/api/credentials.mts';
import type { RunningN8n } from '../host/n8n.mts';
import type { N8nClient } from '../host/n8nClient.mts';
import type { SampleWorkflow } from '../start/sampleWorkflows.mts';

/** What a picture is taken with: a browser that is logged in at an n8n with the sample workflows. */
export interface Studio {
	page: Page;
	n8n: RunningN8n;
	client: N8nClient;
	sandbox: Sandbox;
	/** Of the reporting host. */
	credential: CredentialReference;
	/** Of the developer portal. */
	developer: CredentialReference;
	workflows: Map<string, SampleWorkflow>;
}

/** What a picture shows: an element, or a part of the page. */
export type Subject = Locator | { x: number; y: number; width: number; height: number };

/** Pictures by the name of their file, in the order they are taken. */
export type Pictures = Record<string, (studio: Studio) => Promise<Subject>>;

export async function visit(
	page: Page,
	address: string,
	width: number,
	height: number,
): Promise<void> {
	await page.setViewportSize({ width, height });
	await page.goto(address);
}

export const dialog = (page: Page) => page.locator('.el-dialog:visible').last();

export const wholePage = async (page: Page) => ({ x: 0, y: 0, ...page.viewportSize()! });

export async function box(element: Locator): Promise<Exclude<Subject, Locator>> {
	await element.waitFor();
	return (await element.boundingBox())!;
}

/** The fields of the node that is open, under its tabs. */
export async function fieldsOfNode(page: Page): Promise<Exclude<Subject, Locator>> {
	const fields = await box(page.getByTestId('node-parameters'));
	const header = 42;
	return { ...fields, y: fields.y - header, height: fields.height + header };
}

/** Opens the form for a new credential of a type, by the type's name. */
export async function openNewCredential(page: Page, name: string, height: number): Promise<void> {
	await visit(page, '/home/credentials/create', 1000, height);
	await page.getByPlaceholder('Search for app').fill('Rakuten');
	await page.getByText(name, { exact: true }).last().click();
	await page.getByRole('button', { name: 'Continue' }).click();
}

/** Fills in a field of the credential that is open. */
export async function fillIn(page: Page, name: string, value: string): Promise<void> {
	await page.getByTestId(`parameter-input-${name}`).locator('input').fill(value);
}

/** Opens a published form as somebody who is logged in; n8n asks once whether it may know who. */
export async function openForm(
	{ page, n8n }: Studio,
	path: string,
	{ width, height }: { width: number; height: number },
): Promise<void> {
	const form = `${n8n.url}/form/${path}`;
	// A form opens a moment after it is published.
	while ((await fetch(form, { redirect: 'manual' })).status === 404) {
		await page.waitForTimeout(200);
	}
	await visit(page, form, width, height);
	const allow = page.getByRole('button', { name: 'Allow access' });
	await allow.or(page.locator('form')).first().waitFor();
	if (await allow.isVisible()) await allow.click();
}
