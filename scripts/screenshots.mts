import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { selectors, type Page } from 'playwright-core';
import { publisherExportFile } from '../sandbox/dashboard/publisherExports.mts';
import { startSandbox } from '../sandbox/server.mts';
import { launchChromium } from './chromium.mts';
import { runMain } from './host/main.mts';
import { startN8n, type RunningN8n } from './host/n8n.mts';
import { N8nClient } from './host/n8nClient.mts';
import { buildPackage, installPackage, packPackage, PROJECT_FOLDER } from './host/pack.mts';
import { step } from './host/progress.mts';
import { realTimePictures } from './screenshots/realTime.mts';
import {
	box,
	dialog,
	fieldsOfNode,
	fillIn,
	openForm,
	openNewCredential,
	visit,
	wholePage,
	type Pictures,
	type Studio,
} from './screenshots/studio.mts';
import {
	CREDENTIAL_TYPE,
	DEVELOPER_CREDENTIAL_TYPE,
	formPath,
	NODE_TYPE,
	onThisMachine,
	sampleWorkflows,
	withDeveloperCredential,
	withReportingCredential,
} from './start/sampleWorkflows.mts';

/**
 * `node scripts/screenshots.mts [picture …]`: takes the pictures of README and docs again, all or those
 * named, in a real n8n with this package in it and the sandbox as Rakuten.
 */
const FOLDER = path.join(PROJECT_FOLDER, 'docs/images');

const REPORT = 'my-earnings-report';

/** The columns that the README says to save a report with, in its order. */
async function columnsOfReadme(): Promise<string[]> {
	const readme = await readFile(path.join(PROJECT_FOLDER, 'README.md'), 'utf8');
	const [, block] = /```\n([^`]*Transaction ID\n[^`]*)```/.exec(readme)!;
	return block!.trim().split(/\s*\n\s*/);
}

/** Each picture by the name of its file, in the order they are taken. */
const pictures: Pictures = {
	/** Settings > Community nodes. */
	async install({ page }) {
		await visit(page, '/settings/community-nodes', 1000, 640);
		await page.getByText('Install a community node').click();
		await page.getByPlaceholder(/n8n-nodes-/).fill('n8n-nodes-rakuten-advertising');
		await page.getByText('I understand the risks').click();
		return dialog(page);
	},

	/** The credential as it is filled in; the secret shows as dots. */
	async credential({ page, sandbox }) {
		await openNewCredential(page, 'Rakuten Reporting API', 900);
		await fillIn(page, 'reportToken', sandbox.getApiUrl(REPORT));
		await fillIn(page, 'siteId', '3771737');
		await fillIn(page, 'siteName', 'My Travel Blog');
		return dialog(page);
	},

	/** The fields of Report > Get. */
	async node(studio) {
		await openNode(studio, { previewOnly: true }, 920);
		return await fieldsOfNode(studio.page);
	},

	/** The rows of a preview. */
	async preview(studio) {
		await openNode(studio, { previewOnly: true }, 720);
		await execute(studio.page, 'Rows Branch');
		return studio.page.getByTestId('output-panel');
	},

	/** The totals of a preview, on the output Summary. */
	async totals(studio) {
		await openNode(studio, { previewOnly: true }, 760);
		await execute(studio.page, 'Summary Branch');
		await studio.page.getByText('Summary Branch').click();
		return studio.page.getByTestId('output-panel');
	},

	/** What Report > Check Connection says. */
	async 'check-connection'(studio) {
		await openNode(studio, { operation: 'checkConnection' }, 720);
		await execute(studio.page, '1 item');
		return studio.page.getByTestId('output-panel');
	},

	/** The workflow Import earnings, with the choice of how to start it. */
	async workflow({ page, workflows }) {
		await visit(page, `/workflow/${workflows.get('01')!.id}`, 1100, 740);
		const button = await box(page.getByTestId('execute-workflow-button'));
		await page.waitForTimeout(2000);
		await page.mouse.click(button.x + button.width + 20, button.y + button.height / 2);
		return { x: 42, y: 85, width: 1000, height: 615 };
	},

	/** The page on which Import earnings waits for a click on Import. */
	async 'import-form'({ page, n8n, client, workflows }) {
		const { id, nodes } = workflows.get('01')!;
		const form = nodes.find(({ type }) => type.endsWith('.formTrigger'))!;
		await client.session.request('POST', `/workflows/${id}/run`, {
			triggerToStartFrom: { name: form.name },
		});
		await visit(page, `${n8n.url}/form-test/${String(form.webhookId)}`, 1000, 720);
		await page.getByRole('button').click();
		await page.getByText('First rows').waitFor();
		return await wholePage(page);
	},

	/** The data table that Import earnings fills. */
	async table(studio) {
		const { page } = studio;
		await importEarnings(studio);
		await visit(page, '/home/datatables', 1400, 640);
		await page.getByText('rakuten_earnings').click();
		await page.locator('.ag-row').first().waitFor();
		const header = page.getByRole('columnheader');
		// Sorted by date, and once more: the newest first.
		for (let click = 0; click < 2; click++) {
			await header.filter({ hasText: 'transactionDate' }).click({ position: { x: 140, y: 18 } });
			await page.waitForTimeout(1500);
		}
		// Columns as wide as what is in them, as a double click on their border would make them.
		for (const name of [
			'transactionDate',
			'advertiserName',
			'productName',
			'quantity',
			'saleAmount',
		]) {
			await header.filter({ hasText: name }).locator('.ag-header-cell-resize').dblclick();
		}
		await page.mouse.move(700, 600);
		return { x: 42, y: 0, width: 1358, height: 640 };
	},

	/** The page of Earnings answers. */
	async answers(studio) {
		const { page, client, workflows } = studio;
		await importEarnings(studio);
		await client.workflows.publish(workflows.get('02')!.id);
		await openForm(studio, 'rakuten-earnings', { width: 1200, height: 900 });
		await page.getByRole('button', { name: 'Show earnings' }).click();
		await page.getByText('Totals by currency').waitFor();
		return await wholePage(page);
	},

	/** The form of Publishers to Mediarails, with both exports chosen. */
	async 'mediarails-form'(studio) {
		await fillInPublishers(studio);
		return studio.page.locator('.card').first();
	},

	/** The page with the counts and the files. */
	async 'mediarails-page'(studio) {
		const { page } = studio;
		await fillInPublishers(studio);
		await page.getByRole('button', { name: 'Make the file' }).click();
		await page.getByText('How it adds up').waitFor();
		return await wholePage(page);
	},

	...realTimePictures,
};

/** Opens the form of Publishers to Mediarails and fills it in with both exports of an advertiser. */
async function fillInPublishers(studio: Studio): Promise<void> {
	const { page, client, workflows } = studio;
	const workflow = workflows.get('10')!;
	await client.workflows.publish(workflow.id);
	await openForm(studio, formPath(workflow)!, { width: 920, height: 830 });
	await page.getByLabel('Brand').fill('Acme Shoes');
	const damage = { shortenedSiteId: 1, contradicted: 1, badEmail: 2, badUrl: 1 };
	for (const [label, kind] of [
		['Publisher Overview', 'overview'],
		['My Publishers', 'myPublishers'],
	] as const) {
		await page.getByLabel(label).setInputFiles({
			name: `${label}.csv`,
			mimeType: 'text/csv',
			buffer: publisherExportFile(kind, { count: 1240, damage }),
		});
	}
}

async function importEarnings({ client, workflows }: Studio): Promise<void> {
	const done = await client.executions.run(workflows.get('01')!.id, {
		trigger: 'Import without preview',
	});
	done.assertSucceeded();
}

/** Opens the node in a workflow of its own, its fields moved left to make room for the output. */
async function openNode(
	{ page, client, credential }: Studio,
	parameters: Record<string, unknown>,
	height: number,
): Promise<void> {
	const report = {
		__rl: true,
		mode: 'list',
		value: 'credential',
		cachedResultName: 'Report of the Credential',
	};
	const trigger = { name: 'When clicking', type: 'n8n-nodes-base.manualTrigger', parameters: {} };
	const node = {
		name: 'Get report',
		type: NODE_TYPE,
		parameters: { resource: 'report', operation: 'get', report, ...parameters },
		credentials: { [CREDENTIAL_TYPE]: credential },
	};
	const { id } = await client.workflows.save({
		name: 'My earnings',
		nodes: [trigger, node].map((each, index) => ({
			id: `node${index}`,
			typeVersion: 1,
			position: [index * 220, 0],
			...each,
		})),
		connections: { [trigger.name]: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
	});
	await visit(page, `/workflow/${id}/node1`, 1480, height);
	const handle = page.getByTestId('panel-drag-button');
	await handle.waitFor();
	await handle.dragTo(page.getByTestId('ndv'), { targetPosition: { x: 200, y: 60 } });
}

/** Executes the opened node; `sign` is what its output shows then. */
async function execute(page: Page, sign: string): Promise<void> {
	await page.getByTestId('node-execute-button').click();
	await page.getByTestId('output-panel').getByText(sign).waitFor();
}

async function signIn(page: Page, { url, email, password }: RunningN8n): Promise<void> {
	await page.goto(`${url}/signin`);
	await page.getByLabel('Email').fill(email);
	await page.getByLabel('Password').fill(password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL((address) => !address.pathname.includes('signin'));
}

async function take(names: string[], studio: Studio): Promise<void> {
	await mkdir(FOLDER, { recursive: true });
	for (const name of names) {
		await step(`${name}.png`, async () => {
			const subject = await pictures[name]!(studio);
			// Waits for what is still being drawn; what pops up in a corner is left out.
			await studio.page.waitForTimeout(2500);
			await studio.page.addStyleTag({ content: '.el-notification { display: none !important }' });
			const settings = { path: path.join(FOLDER, `${name}.png`), animations: 'disabled' } as const;
			if ('x' in subject) await studio.page.screenshot({ ...settings, clip: subject });
			else await subject.screenshot(settings);
		});
	}
}

/** Sets everything up, takes the pictures and takes everything down again. */
async function work(names: string[], userFolder: string): Promise<void> {
	await step('Building and installing the package', async () => {
		await buildPackage();
		const tarball = await packPackage();
		await installPackage(tarball, userFolder);
		await rm(path.dirname(tarball), { recursive: true, force: true });
	});
	const sandbox = await startSandbox({ requestsPerMinute: 0, months: 15 });
	sandbox.saveReport({ key: REPORT, columns: await columnsOfReadme() });
	const n8n = await step('Starting n8n', async () => await startN8n({ userFolder }));
	const browser = await launchChromium();
	try {
		const client = await N8nClient.login(n8n);
		const credential = await client.credentials.create({
			name: 'Rakuten Reporting API',
			type: CREDENTIAL_TYPE,
			data: {
				reportToken: sandbox.getApiUrl(REPORT),
				siteId: '3771737',
				siteName: 'My Travel Blog',
				secondsBetweenRequests: 0,
				baseUrl: sandbox.url,
			},
		});
		const { siteId, clientId, clientSecret } = sandbox.developer;
		const developer = await client.credentials.create({
			name: 'Rakuten Developer Portal API',
			type: DEVELOPER_CREDENTIAL_TYPE,
			data: { siteId, clientId, clientSecret, baseUrl: sandbox.url },
		});
		const workflows = await sampleWorkflows();
		for (const workflow of workflows.values()) {
			const own = withDeveloperCredential(withReportingCredential(workflow, credential), developer);
			await client.workflows.save(onThisMachine(own));
		}
		const context = await browser.newContext({ baseURL: n8n.url, reducedMotion: 'reduce' });
		selectors.setTestIdAttribute('data-test-id');
		const page = await context.newPage();
		page.setDefaultTimeout(45_000);
		await signIn(page, n8n);
		await take(names, { page, n8n, client, sandbox, credential, developer, workflows });
	} finally {
		await browser.close();
		await n8n.stop();
		await sandbox.close();
	}
}

await runMain(async () => {
	const asked = process.argv.slice(2);
	const unknown = asked.filter((name) => !(name in pictures));
	if (unknown.length > 0) {
		throw new Error(`No such picture: ${unknown}. There are ${Object.keys(pictures).join(', ')}.`);
	}
	const userFolder = await mkdtemp(path.join(tmpdir(), 'screenshots-'));
	try {
		await work(asked.length > 0 ? asked : Object.keys(pictures), userFolder);
	} finally {
		await rm(userFolder, { recursive: true, force: true });
	}
});
