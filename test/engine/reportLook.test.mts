import type { ICredentialTestRequest } from 'n8n-workflow';

import { RakutenReportingApi } from '../../credentials/RakutenReportingApi.credentials';
import { queries, runReport, useSandbox } from './reportNode.mts';

const sandbox = useSandbox();

const key = (value: string) => ({ __rl: true, mode: 'key', value });

describe('Report > Get Columns', () => {
	it('lists the columns of a report by asking for a day in the future', async () => {
		const { rows } = await runReport(sandbox, {
			operation: 'getColumns',
			report: key('signature-orders-report'),
		});
		expect(rows).toHaveLength(12);
		expect(rows[0]).toEqual({
			column: 'Member ID (U1)',
			position: 1,
			fieldName: 'u1',
			type: 'text',
			isKnown: true,
		});
		const [query] = queries(sandbox);
		expect(query.start_date > new Date().toISOString().slice(0, 10)).toBe(true);
		expect(sandbox.requests()[0].rows).toBe(0);
	});

	it('says what is missing, extra or renamed, and how to add it', async () => {
		const { rows, hints } = await runReport(sandbox, {
			operation: 'getColumns',
			report: key('signature-orders-report'),
			requiredColumns: 'custom',
			requiredColumnList: 'Order ID, Total Commissions\nCurrency',
		});
		expect(rows[0]).toMatchObject({
			column: 'Currency',
			status: 'missing',
			howToAdd: expect.stringContaining('Add and Remove Columns'),
		});
		expect(rows.find(({ column }) => column === 'Total Commission')).toMatchObject({
			status: 'renamed',
			requiredAs: 'Total Commissions',
		});
		expect(rows.find(({ column }) => column === 'Order ID')).toMatchObject({ status: 'present' });
		expect(rows.find(({ column }) => column === 'SKU')).toMatchObject({ status: 'extra' });
		expect(hints[0].message).toContain('Currency');
	});
});

describe('Report > Check Connection', () => {
	it('shows in one item what the token gives access to', async () => {
		const { rows } = await runReport(
			sandbox,
			{ operation: 'checkConnection', report: key('earnings-recommended') },
			{ credential: { siteId: '3771737', siteName: 'Blog' } },
		);
		expect(rows).toHaveLength(1);
		expect(rows[0]).toMatchObject({
			connected: true,
			tokenFor: 'publisher',
			siteId: '3771737',
			siteName: 'Blog',
			report: 'earnings-recommended',
			missingForEarnings: [],
			nextStep: expect.stringContaining('Report > Get'),
		});
		const { from, to } = rows[0] as { from: string; to: string };
		const ledger = sandbox.ledger.totals({ from, to });
		expect(rows[0].rows).toBe(ledger.rows);
		expect(rows[0].newestLine).toMatch(/^20\d\d-\d\d-\d\dT/);
		const byNetwork = (rows[0].networks as Array<{ rows: number }>).reduce(
			(sum, each) => sum + each.rows,
			0,
		);
		expect(byNetwork).toBe(ledger.rows);
	});

	it('finds the networks one by one if the report has no Network column', async () => {
		const { rows } = await runReport(sandbox, {
			operation: 'checkConnection',
			report: key('signature-orders-report'),
		});
		const found = (rows[0].networks as Array<{ network: string; rows: number }>).map(
			({ network }) => network,
		);
		expect(found).toEqual([
			'US Network',
			'UK Network',
			'Canada Network',
			'France Network',
			'Germany Network',
			'Australia Network',
		]);
		expect(rows[0].missingForEarnings).toContain('Currency');
		expect(rows[0].nextStep).toContain('"Transaction ID"');
	});

	it('names the token of an advertiser', async () => {
		const { rows } = await runReport(
			sandbox,
			{ operation: 'checkConnection', report: key('mr-publisher-report') },
			{ credential: { reportToken: sandbox.advertiserToken } },
		);
		expect(rows[0]).toMatchObject({
			tokenFor: 'advertiser',
			nextStep: expect.stringContaining('publisher account'),
		});
	});
});

describe('the credential', () => {
	const type = new RakutenReportingApi();

	it('refuses the 11-character ID of a link as Site ID, before any request', async () => {
		const { error } = await runReport(sandbox, {}, { credential: { siteId: 'AbC*dEf/GhI' } });
		expect(error!.message).toMatch(/Site ID/);
		expect(sandbox.requests()).toHaveLength(0);
	});

	it("has no `code` on what it throws: n8n's test would show that instead of the words", async () => {
		const sign = type.authenticate as (data: object, options: object) => Promise<unknown>;
		for (const data of [
			{ reportToken: '' },
			{ reportToken: sandbox.token, siteId: 'AbC*dEf/GhI' },
		]) {
			const thrown = await sign(data, {}).catch((error: unknown) => error);
			expect(thrown).toBeInstanceOf(Error);
			expect(thrown).not.toHaveProperty('code');
		}
	});

	it('is tested with a request for a header alone, of the pasted report', async () => {
		const { request, rules } = type.test as ICredentialTestRequest;
		expect(request.url).toContain('signature-orders-report');
		expect(rules!.length).toBeGreaterThanOrEqual(5);
		const signed = await (
			type.authenticate as (
				data: object,
				options: object,
			) => Promise<{ qs: Record<string, string> }>
		)(
			{ reportToken: sandbox.getApiUrl(), baseUrl: sandbox.url },
			{ url: '/', baseURL: sandbox.url, qs: { tz: 'GMT' } },
		);
		expect(signed.qs).toEqual({ tz: 'GMT', token: sandbox.token });
	});
});
