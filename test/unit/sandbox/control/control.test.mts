import { startSandbox, type Sandbox } from '../../../../sandbox/server.mts';
import { raw, reportRows, reportUrl, sumOf, TODAY } from '../reading.mts';

const KEY = 'earnings-recommended';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ today: TODAY, months: 3, requestsPerMinute: 0 });
});
afterEach(() => sandbox.close());

async function control(method: string, path: string, body?: unknown) {
	const answer = await fetch(sandbox.controlUrl + path, {
		method,
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	return { status: answer.status, body: await answer.json() };
}

describe('the control API', () => {
	it('returns the state', async () => {
		const { body } = await control('GET', '');
		expect(body).toMatchObject({
			today: TODAY,
			seed: 1,
			faults: [],
			networks: [1, 3, 5, 7, 9, 41],
		});
		expect(body.lines).toBe(sandbox.ledger.totals().rows);
	});

	it('adds and removes faults', async () => {
		const { body } = await control('POST', 'faults', [
			{ kind: 'serverError', times: 1 },
			{ kind: 'refusal' },
		]);
		expect(body.map(({ id }: { id: number }) => id)).toEqual([1, 2]);
		expect((await raw(reportUrl(sandbox, KEY))).status).toBe(500);
		await control('DELETE', 'faults/2');
		expect((await raw(reportUrl(sandbox, KEY))).status).toBe(200);
		await control('DELETE', 'faults');
		expect((await control('GET', 'faults')).body).toEqual([]);
	});

	it('gives the ledger of a selection', async () => {
		const path =
			'ledger?from=2026-01-05&to=2026-02-04&network=3&network=9&date_type=process' +
			'&tz=America/New_York&report=quanti-report';
		const { body } = await control('GET', path);
		const selection = {
			from: '2026-01-05',
			to: '2026-02-04',
			networks: [3, 9],
			dateType: 'process' as const,
			zone: 'America/New_York',
		};
		const reportRows = sandbox.ledger.reportRows('quanti-report', selection);
		expect(body).toEqual({ ...sandbox.ledger.totals(selection), reportRows });
	});

	it('shows requests without the token, wherever it is', async () => {
		const token = encodeURIComponent(sandbox.token);
		await raw(reportUrl(sandbox, KEY), { 'user-agent': `odd ${sandbox.token}` });
		await raw(`${sandbox.url}/en/reports/${token}/filters?Token=${token}`);
		const { body } = await control('GET', 'requests');
		expect(body[0]).toMatchObject({
			number: 1,
			method: 'GET',
			path: `/en/reports/${KEY}/filters`,
			query: `start_date=2025-03-19&end_date=${TODAY}&token=***`,
			headers: { 'user-agent': 'odd ***' },
			token: 'publisher',
			status: 200,
			end: 'complete',
		});
		expect(body[0].bytes).toBeGreaterThan(1000);
		expect(body[0].rows).toBe(sandbox.ledger.totals().rows);
		expect(body[1]).toMatchObject({ path: '/en/reports/***/filters', query: 'Token=***' });
		expect(JSON.stringify(body)).not.toContain('ZW5jcnlwdGVk');
		await raw(`${sandbox.url}/en/reports/${KEY}/filters?a=1&token=someone-elses&b=2`);
		expect(sandbox.requests().at(-1)).toMatchObject({ query: 'a=1&token=***&b=2', token: 'wrong' });
		await control('DELETE', 'requests');
		expect((await control('GET', 'requests')).body).toEqual([]);
	});

	it('saves reports, under their raw keys', async () => {
		const columns = ['Order ID', '__proto__'];
		await control('PUT', 'reports/mine-%2B-more', { name: 'Mine + more', columns });
		const [row] = await reportRows(sandbox, 'mine-%2B-more');
		expect(Object.entries(row!).length).toBeGreaterThan(0);
		expect((await raw(reportUrl(sandbox, 'mine-+-more'))).status).toBe(400);
		expect((await control('DELETE', 'reports/mine-%2B-more')).body).toEqual({ removed: true });
		expect((await raw(reportUrl(sandbox, 'mine-%2B-more'))).status).toBe(400);
	});

	it('gives the URL the dashboard would show', async () => {
		const { body } = await control('GET', 'get-api-url?report=quanti-report&network=3');
		expect(body.url).toBe(sandbox.getApiUrl('quanti-report', [3]));
		expect(body.url).toContain('%3D%3D');
		expect((await raw(body.url)).status).toBe(200);
	});

	it('changes the settings and the limit', async () => {
		expect((await control('PATCH', 'settings', { emptyAs: 'header' })).body.emptyAs).toBe('header');
		const { body } = await control('PUT', 'limit', { requestsPerMinute: 1 });
		expect(body.limit).toBe('1/min instead of the documented 5/min');
		await raw(reportUrl(sandbox, KEY));
		expect((await raw(reportUrl(sandbox, KEY))).status).toBe(429);
	});

	it.each([
		['POST', 'faults', { kind: 'flood' }, /no fault "flood"/],
		['PATCH', 'settings', { color: 'red' }, /no setting "color"/],
		['PATCH', 'settings', { emptyAs: 'nothing' }, /emptyAs/],
		['PUT', 'reports/x', { columns: [] }, /needs columns/],
		['PUT', 'today', { today: 'tomorrow' }, /not a date/],
		['PUT', 'limit', { speedUp: 0 }, /speedUp/],
		['GET', 'ledger?tz=Nowhere', undefined, /is not a time zone/],
		['GET', 'get-api-url?report=none', undefined, /no report/],
	])('%s %s %j is refused', async (method, path, body, message) => {
		const answer = await control(method, path, body);
		expect(answer.status).toBe(400);
		expect(answer.body.error).toMatch(message);
	});

	it('names its controls when asked for another', async () => {
		const { status, body } = await control('GET', 'nothing');
		expect(status).toBe(404);
		expect(body.controls).toContain('GET ledger');
	});
});

describe('what happens later', () => {
	const find = async (transactionId: string) =>
		(await reportRows(sandbox, KEY)).filter((row) => row['Transaction ID'] === transactionId);

	it('a day passes: new lines come, sub-IDs are matched, nothing else changes', async () => {
		const before = await reportRows(sandbox, KEY);
		await control('PUT', 'today', { days: 2 });
		expect(sandbox.today()).toBe('2026-03-20');
		const after = await reportRows(sandbox, KEY, { end_date: '2026-03-20' });
		const known = new Map(after.map((row) => [row['Transaction ID'], row]));
		expect(after.length).toBeGreaterThan(before.length);
		let matched = 0;
		for (const row of before) {
			const now = known.get(row['Transaction ID']!)!;
			if (now['Member ID (U1)'] !== row['Member ID (U1)']) matched++;
			expect({ ...now, 'Member ID (U1)': '' }).toEqual({ ...row, 'Member ID (U1)': '' });
		}
		expect(matched).toBeGreaterThan(0);
	});

	it('a commission is restated in place', async () => {
		const [line] = sandbox.lines({ network: 1, to: '2026-03-01' });
		const selection = { to: '2026-03-18' };
		const before = sandbox.ledger.totals(selection);
		const filter = { transactionId: line!.transactionId };
		const { body } = await control('POST', 'restate-commission', { ...filter, amount: '1234.56' });
		expect(body).toMatchObject([{ ...filter, commission: '1234.56', sales: line!.sales }]);
		expect(await find(line!.transactionId)).toMatchObject([{ 'Total Commission': '1,234.56' }]);
		const after = sandbox.ledger.totals(selection);
		const usd = (totals: typeof before) =>
			totals.currencies.find(({ currency }) => currency === 'USD')!.commission;
		expect(sumOf([usd(after), `-${usd(before)}`])).toBe(sumOf(['1234.56', `-${line!.commission}`]));
		expect(after.rows).toBe(before.rows);
		expect(sandbox.restateCommission({ limit: 3 }, { percent: 110 })).toHaveLength(3);
	});

	it('a sub-ID is filled in', async () => {
		const filled = (await control('POST', 'fill-in-u1', { from: TODAY, value: 'late' })).body;
		expect(filled.length).toBeGreaterThan(0);
		const [row] = await find(filled[0].transactionId);
		expect(row!['Member ID (U1)']).toBe(filled[0].u1);
		expect(sandbox.fillInU1({ from: TODAY }, 'again')).toEqual([]);
	});

	it.each([
		[100, 'all lines'],
		[50, 'one line'],
	])('an order is reversed by %d per cent: %s', async (share) => {
		const before = sandbox.ledger.totals();
		const added = sandbox.addCorrection({ network: 3 }, share);
		const rows = await reportRows(sandbox, KEY, { date_type: 'process', start_date: TODAY });
		const order = sandbox.lines({ orderId: added[0]!.orderId });
		const sales = order.filter((line) => !line.sales.startsWith('-'));
		expect(added).toHaveLength(share === 100 ? sales.length : 1);
		for (const line of added) {
			expect(line.processTime.slice(0, 10)).toBe(TODAY);
			expect(line.transactionTime).toBe(sales[0]!.transactionTime);
			expect(line.sales).toMatch(/^-/);
			expect(rows.filter((row) => row['Transaction ID'] === line.transactionId)).toHaveLength(1);
		}
		const after = sandbox.ledger.totals();
		expect(after.corrections - before.corrections).toBe(added.length);
		expect(after.orders).toBe(before.orders);
		expect(sandbox.addCorrection({ network: 3 }, share)[0]!.orderId).not.toBe(added[0]!.orderId);
	});
});
