import type { INodeParameters } from 'n8n-workflow';

import { RakutenAdvertising } from '../../nodes/RakutenAdvertising/RakutenAdvertising.node';
import type { Sandbox } from '../../sandbox/server.mts';
import { exactSum, queries, runReport, useSandbox } from './reportNode.mts';

const sandbox = useSandbox({ today: '2026-04-15' });

const range = { from: '2026-01-01', to: '2026-03-31' };
const key = (value: string) => ({ __rl: true, mode: 'key', value });

/** Sums per currency of rows, in the shape of the sandbox's ledger. */
function sums(rows: Array<Record<string, unknown>>) {
	const currencies = [...new Set(rows.map(({ currency }) => String(currency)))].sort();
	return currencies.map((currency) => {
		const own = rows.filter((row) => row.currency === currency);
		return {
			currency,
			rows: own.length,
			orders: new Set(own.map(({ orderKey }) => orderKey)).size,
			corrections: own.filter(({ kind }) => kind === 'correction').length,
			sales: Number(exactSum(own.map(({ saleAmount }) => saleAmount))),
			commission: Number(exactSum(own.map(({ commission }) => commission))),
		};
	});
}

function expected(selection: Partial<Parameters<Sandbox['ledger']['totals']>[0]> = range) {
	return sandbox.ledger
		.totals(selection)
		.currencies.map(({ currency, rows, orders, corrections, sales, commission }) => ({
			currency,
			rows,
			orders,
			corrections,
			sales: Number(sales),
			commission: Number(commission),
		}));
}

describe('Report > Get: the request that leaves', () => {
	it('asks for the key, days, zone and date type, in windows of 31 days, token encoded once', async () => {
		await runReport(sandbox);
		const requests = sandbox.requests();
		expect(requests.map(({ path }) => path)).toEqual(
			Array(3).fill('/en/reports/earnings-recommended/filters'),
		);
		expect(queries(sandbox).map(({ start_date, end_date }) => [start_date, end_date])).toEqual([
			['2026-01-01', '2026-01-31'],
			['2026-02-01', '2026-03-03'],
			['2026-03-04', '2026-03-31'],
		]);
		expect(queries(sandbox)[0]).toMatchObject({
			include_summary: 'N',
			tz: 'GMT',
			date_type: 'transaction',
			date_format: 'm/d/yy',
			token: '***',
		});
		expect(requests.every(({ status }) => status === 200)).toBe(true);
	});

	it('§10.31 keeps percent-encoded report keys as they are', async () => {
		sandbox.saveReport({ key: 'reporting-portal%3A-transaction', columns: ['Order ID', 'Sales'] });
		const { error } = await runReport(sandbox, {
			report: key('reporting-portal%3A-transaction'),
		});
		expect(error).toBeUndefined();
		expect(sandbox.requests()[0].path).toBe('/en/reports/reporting-portal%3A-transaction/filters');
	});

	it('§10.2 §10.3 works with a percent-encoded token and with the whole Get API URL', async () => {
		const plain = await runReport(sandbox);
		const encoded = await runReport(
			sandbox,
			{},
			{ credential: { reportToken: encodeURIComponent(sandbox.token) } },
		);
		const url = await runReport(
			sandbox,
			{},
			{ credential: { reportToken: sandbox.getApiUrl('earnings-recommended') } },
		);
		expect(encoded.rows).toEqual(plain.rows);
		expect(url.rows).toEqual(plain.rows);
		expect(plain.rows.length).toBeGreaterThan(100);
	});

	it("takes report, networks and zone from the credential's Get API URL if told to", async () => {
		const { error, rows } = await runReport(
			sandbox,
			{
				report: { __rl: true, mode: 'list', value: 'credential' },
				networks: 'credential',
				dateType: 'credential',
			},
			{
				credential: {
					reportToken:
						`${sandbox.getApiUrl('earnings-recommended', [3, 5])}&tz=America%2FNew_York&date_type=process`
							.replace(/&tz=GMT/, '')
							.replace(/&date_type=transaction/, ''),
				},
			},
		);
		expect(error).toBeUndefined();
		expect(new Set(queries(sandbox).map(({ network }) => network))).toEqual(new Set(['3', '5']));
		expect(queries(sandbox)[0]).toMatchObject({
			tz: 'America/New_York',
			date_type: 'process',
		});
		expect(rows[0].transactionDate).toMatch(/-0[45]:00$/);
	});
});

describe('Report > Get: the report of the credential', () => {
	const { report } = Object.fromEntries(
		new RakutenAdvertising().description.properties
			.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes('get'))
			.map(({ name, default: value }) => [name, value]),
	) as { report: INodeParameters };

	it('is what a new node reads, under a label that is always the same', () => {
		expect(report).toEqual({
			mode: 'list',
			value: 'credential',
			cachedResultName: 'Report of the Credential',
		});
	});

	it.each([
		['of the pasted URL', () => sandbox.getApiUrl('quanti-report'), 'quanti-report', undefined],
		[
			'of a URL of a built-in report',
			() => sandbox.getApiUrl('revenue-report-by-day'),
			'revenue-report-by-day',
			'Revenue by Day',
		],
		[
			'Signature Orders for a token alone',
			() => sandbox.token,
			'signature-orders-report',
			'Signature Orders',
		],
	])(
		'is the report %s, which hint and summary name',
		async (_, reportToken, reportKey, name = reportKey) => {
			for (const parameters of [
				{},
				{ previewOnly: true },
				{ startDate: '2027-01-01', endDate: '2027-01-02' },
			]) {
				sandbox.clearRequests();
				const run = await runReport(
					sandbox,
					{ report, ...parameters },
					{ credential: { reportToken: reportToken() } },
				);
				expect(run.error).toBeUndefined();
				expect(sandbox.requests()[0].path).toBe(`/en/reports/${reportKey}/filters`);
				expect(run.summary).toMatchObject({ report: reportKey, reportName: name });
				expect(run.hints[0].message).toContain(`(${name}, 202`);
			}
		},
	);

	it('is named by the letters of its key', async () => {
		sandbox.saveReport({ key: 'M%C3%BCnchen-%2B-more', columns: ['Order ID', 'Sales'] });
		const { summary } = await runReport(
			sandbox,
			{ report },
			{ credential: { reportToken: sandbox.getApiUrl('M%C3%BCnchen-%2B-more') } },
		);
		expect(summary).toMatchObject({
			report: 'M%C3%BCnchen-%2B-more',
			reportName: 'München-+-more',
		});
	});

	it('is named where it lacks a column', async () => {
		const { error } = await runReport(sandbox, {
			report,
			options: { requiredColumns: 'earnings' },
		});
		expect(error!.message).toMatch(/^The report "Signature Orders" lacks/);
	});
});

describe('Report > Get: the rows', () => {
	it('equal the ledger: rows, orders, corrections and sums per currency', async () => {
		const { rows, rejected, error } = await runReport(sandbox);
		expect(error).toBeUndefined();
		expect(rejected).toEqual([]);
		expect(sums(rows)).toEqual(expected());
		expect(rows.some(({ kind }) => kind === 'correction')).toBe(true);
		expect(rows.some(({ kind }) => kind === 'zero')).toBe(true);
	});

	it.each([
		['signature-orders-report', 'transaction', 'GMT'],
		['signature-orders-report', 'process', 'America/New_York'],
		['earnings-recommended', 'process', 'Asia/Tokyo'],
	])('of %s by %s date in %s come once each', async (report, dateType, timeZone) => {
		const { rows, rejected } = await runReport(sandbox, {
			report: key(report),
			dateType,
			options: { timeZone },
		});
		const totals = sandbox.ledger.totals({
			...range,
			dateType: dateType as 'process',
			zone: timeZone,
		});
		expect(rejected).toEqual([]);
		expect(rows).toHaveLength(totals.rows);
		expect(new Set(rows.map(({ lineId }) => lineId)).size).toBe(totals.rows);
	});

	it('of chosen networks carry network and country; empty networks are named', async () => {
		const { rows, summary, hints } = await runReport(sandbox, {
			networks: 'selected',
			selectedNetworks: [1, 8, 3],
			options: { daysPerRequest: 90 },
		});
		expect(queries(sandbox).map(({ network }) => network)).toEqual(['1', '8', '3']);
		expect(sums(rows)).toEqual(expected({ ...range, networks: [1, 3] }));
		expect(new Set(rows.map(({ country }) => country))).toEqual(
			new Set(['United States', 'United Kingdom']),
		);
		expect(summary).toMatchObject({
			emptyNetworks: ['Brazil Network'],
			kept: rows.length,
			read: rows.length,
			requests: 3,
		});
		expect(hints.map(({ message }) => message).join()).toContain('No rows for Brazil Network');
	});

	it("keep the report's own headers and texts if asked to", async () => {
		const { rows } = await runReport(sandbox, {
			columnNames: 'report',
			report: key('signature-orders-report'),
		});
		expect(Object.keys(rows[0])).toEqual([
			'Member ID (U1)',
			'MID',
			'Advertiser Name',
			'Order ID',
			'Transaction Date',
			'Transaction Time',
			'SKU',
			'Sales',
			'# of Items',
			'Total Commission',
			'Process Date',
			'Process Time',
			'Line ID',
		]);
		expect(rows[0]['Transaction Date']).toMatch(/^\d{1,2}\/\d{1,2}\/\d\d$/);
	});

	it('§10.17 are not added up without a currency, and the solution is named', async () => {
		const without = await runReport(sandbox, {
			report: key('signature-orders-report'),
		});
		expect(without.summary!.totals).toEqual([
			expect.objectContaining({ currency: null, sales: null, commission: null }),
		]);
		expect(without.hints.map(({ message }) => message).join()).toContain('"Currency"');
		const set = await runReport(sandbox, {
			report: key('signature-orders-report'),
			networks: 'selected',
			selectedNetworks: [1, 3],
			options: {
				currencies: {
					currency: [
						{ network: 1, currency: 'usd' },
						{ network: 'any', currency: 'GBP' },
					],
				},
			},
		});
		expect(sums(set.rows)).toEqual(expected({ ...range, networks: [1, 3] }));
		expect(set.rows[0].currencySource).toBe('setting');
	});

	it('carry the site of the credential', async () => {
		const { rows } = await runReport(
			sandbox,
			{},
			{ credential: { siteId: '3771737', siteName: 'Travel Blog' } },
		);
		expect(rows[0]).toMatchObject({ siteId: '3771737', siteName: 'Travel Blog' });
	});

	it('of aggregates are marked with the day they replace', async () => {
		const { rows, hints } = await runReport(sandbox, { report: key('quanti-report') });
		expect(rows.length).toBeGreaterThan(0);
		expect(
			rows.every(
				({ lineId, replaceByDate }) =>
					lineId === null && /^2026-0\d-\d\d$/.test(String(replaceByDate)),
			),
		).toBe(true);
		expect(hints.map(({ message }) => message).join()).toContain('replaceByDate');
	});

	it('are linked to the input item they come from, for each item its own range', async () => {
		const { outputs } = await runReport(
			sandbox,
			{ startDate: '={{ $json.day }}', endDate: '={{ $json.day }}' },
			{ items: [{ day: '2026-02-03' }, { day: '2026-02-04' }] },
		);
		expect(queries(sandbox).map(({ start_date }) => start_date)).toEqual([
			'2026-02-03',
			'2026-02-04',
		]);
		const ofSecond = outputs[0].filter(
			({ pairedItem }) => (pairedItem as { item: number }).item === 1,
		);
		expect(ofSecond).toHaveLength(
			sandbox.ledger.totals({ from: '2026-02-04', to: '2026-02-04' }).rows,
		);
	});
});

describe('nothing to report', () => {
	it.each(['noResultsRow', 'header', 'noResultsPadded', 'noResultsOnly'] as const)(
		'§10.6 (%s) gives no row and rejects none, and the summary says so in words',
		async (emptyAs) => {
			sandbox.changeSettings({ emptyAs });
			const { outputs, summary } = await runReport(sandbox, {
				networks: 'selected',
				selectedNetworks: [8],
				options: { timeZone: 'Europe/London' },
			});
			expect(outputs.map((output) => output.length)).toEqual([0, 0, 1]);
			expect(summary!.message).toMatch(
				/no rows.*2026-01-01 to 2026-03-31.*Brazil Network.*transaction date.*Europe\/London/,
			);
			sandbox.changeSettings({ emptyAs: 'noResultsRow' });
		},
	);
});

describe('preview', () => {
	it('shows 20 rows of the newest part with data, and its totals per currency and network', async () => {
		const { outputs, summary, hints } = await runReport(sandbox, {
			previewOnly: true,
			endDate: '2026-04-15',
			startDate: '2025-04-16',
		});
		expect(outputs.map((output) => output.length)).toEqual([20, 0, 1]);
		expect(sandbox.requests()).toHaveLength(1);
		const { start_date: from, end_date: to } = queries(sandbox)[0];
		expect(to).toBe('2026-04-15');
		const ledger = sandbox.ledger.totals({ from, to });
		expect(summary).toMatchObject({ kept: ledger.rows, from, to });
		expect(summary!.message).toMatch(new RegExp(`^Preview: .*${from} to ${to}`));
		expect((summary!.totals as unknown[]).length).toBe(ledger.totals.length);
		expect(hints[0].message).toContain('Their totals are on the output Summary.');
	});

	it('looks further back while a part is empty', async () => {
		const { rows } = await runReport(sandbox, {
			previewOnly: true,
			startDate: '2026-03-01',
			endDate: '2026-06-30',
		});
		expect(rows).toHaveLength(20);
		expect(sandbox.requests().length).toBeGreaterThan(1);
	});
});

describe('required columns', () => {
	it('stop before data is read, naming what is missing and how to add it', async () => {
		const { error, rows } = await runReport(sandbox, {
			report: key('signature-orders-report'),
			options: { requiredColumns: 'earnings' },
		});
		expect(rows).toEqual([]);
		expect(error!.message).toContain('Transaction ID');
		expect(error!.message).toContain('Currency');
		expect(error!.description).toContain('Add and Remove Columns');
		expect(sandbox.requests()).toHaveLength(1);
	});

	it('let a report pass that has them', async () => {
		for (const [report, requiredColumns] of [
			['earnings-recommended', 'earnings'],
			['quanti-report', 'quanti'],
		]) {
			const { error } = await runReport(sandbox, {
				report: key(report),
				options: { requiredColumns },
			});
			expect(error).toBeUndefined();
		}
	});
});
