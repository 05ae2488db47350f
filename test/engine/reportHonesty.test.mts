import type { Fault } from '../../sandbox/server.mts';
import { startHost } from './localHost.mts';
import { runReport, useSandbox } from './reportNode.mts';

const sandbox = useSandbox({ today: '2026-04-15' });

const march = { startDate: '2026-03-01', endDate: '2026-03-31' };

describe('words in place of a report', () => {
	it.each([
		'Access denied',
		'Invalid token\r\n',
		'You cannot request this report, because of the limit.\r\nPlease try again tomorrow.\r\n',
		'Error,invalid token\r\n',
		'error_code,error_message\r\n403,Invalid token\r\n',
		'Request refused, see below\r\nhttps://host/filters?token=ABC, end\r\n',
	])('§10.7 %j is reported, and nothing of it becomes a row', async (message) => {
		sandbox.addFault({ kind: 'plainText', message });
		for (const output of ['items', 'jsonl']) {
			const { error, outputs } = await runReport(sandbox, { ...march, output });
			expect(outputs.flat()).toEqual([]);
			expect(error!.message).toMatch(/text instead of a report/);
			expect(error!.description).not.toContain('token=ABC');
		}
		const check = await runReport(sandbox, { operation: 'checkConnection' });
		expect(check.error!.message).toMatch(/text instead of a report/);
	});
});

describe('choices given by expression', () => {
	it.each([
		[{ options: { maxRetries: '={{ "three" }}' } }, /'Retries'/],
		[{ options: { daysPerRequest: '={{ 0 }}' } }, /'Days per Request'/],
		[{ dateType: '={{ "processed" }}' }, /'Date Type'/],
		[{ output: '={{ "json" }}' }, /'Output'/],
		[{ options: { onWindowFailure: '={{ "go" }}' } }, /If a Part/],
		[{ options: { requiredColumns: '={{ "all" }}' } }, /'Required Columns'/],
		[{ options: { timeZone: '={{ "Mars/Olympus" }}' } }, /Mars/],
	])('%j is refused by the field it is in', async (parameters, message) => {
		const { error } = await runReport(sandbox, { ...march, ...parameters });
		expect(error!.message).toMatch(message);
		expect(sandbox.requests()).toHaveLength(0);
	});
});

describe('rejected rows', () => {
	it('§2.3 go to the second output with line, reason and values; kept + rejected = read', async () => {
		sandbox.addFault({
			kind: 'damagedRow',
			rows: 3,
			match: { from: '2026-03-01', to: '2026-03-31' },
		});
		const { rows, rejected, summary } = await runReport(sandbox, march);
		const ledger = sandbox.ledger.totals({ from: '2026-03-01', to: '2026-03-31' });
		expect(ledger.rejectedExpected.rows).toBeGreaterThan(0);
		expect(rejected).toHaveLength(ledger.rejectedExpected.rows);
		expect(rows).toHaveLength(ledger.rows);
		expect(summary).toMatchObject({
			read: ledger.rowsSent,
			kept: rows.length,
			rejected: rejected.length,
		});
		expect(rejected[0]).toMatchObject({
			type: 'rejectedRow',
			line: expect.any(Number),
			reason: expect.any(String),
			from: '2026-03-01',
		});
	});

	it('stop the node if the user wants that', async () => {
		sandbox.addFault({ kind: 'damagedRow', match: { from: '2026-03-01', to: '2026-03-31' } });
		const { error, outputs } = await runReport(sandbox, {
			...march,
			options: { stopAtFirstRejected: true },
		});
		expect(outputs).toEqual([]);
		expect(error!.message).toMatch(/^Line \d+ of the report for 2026-03-01 to 2026-03-31/);
	});
});

describe('rows that a damaged file holds', () => {
	it('are realigned where that is certain and otherwise rejected, and both are told', async () => {
		const columns = 'Transaction ID,MID,Product Name,Order ID,Process Date,Sales,Currency\r\n';
		const host = await startHost((_request, response) => {
			response.end(
				`${columns}T1,7,Mug,A1,,3/2/26,5.00,USD\r\nT2,7,"Cushion 18,A2,3/2/26,6.00,USD\r\nT3,7,Rug 6",A3,3/2/26,7.00,USD\r\n`,
			);
		});
		const { rows, rejected, summary, hints } = await runReport(sandbox, march, {
			credential: { baseUrl: host.url },
		});
		await host.close();
		expect(rows).toMatchObject([
			{ lineId: 'T1', orderId: 'A1', processDate: expect.stringContaining('2026-03-02') },
		]);
		expect(rejected).toMatchObject([
			{ line: 3, reason: expect.stringContaining('lines 3 to 4 of the report') },
		]);
		expect(summary).toMatchObject({ read: 2, kept: 1, rejected: 1 });
		expect(hints.map(({ message }) => message).join()).toContain(
			'1 row had an empty value too many, which has been removed',
		);
	});
});

describe('a line that comes in two answers', () => {
	it('is reported, because storing it by its ID keeps one row', async () => {
		// A host that ignores the network it is asked for.
		const host = await startHost((_request, response) => {
			response.end('Transaction ID,Order ID,MID,Sales\r\nT1,A,1,5.00\r\n');
		});
		const { summary, hints } = await runReport(
			sandbox,
			{ ...march, networks: 'selected', selectedNetworks: [1, 3] },
			{ credential: { baseUrl: host.url } },
		);
		await host.close();
		expect(summary).toMatchObject({ kept: 2, repeatedLines: 1 });
		expect(hints.map(({ message }) => message).join()).toContain(
			'1 line came in more than one answer',
		);
	});
});

describe('a store that takes no more', () => {
	it('ends the answer, so that no connection stays open', async () => {
		const running = runReport(sandbox, { ...march, output: 'jsonl' }, { failingStore: true });
		const { error } = await running;
		expect(error!.message).toMatch(/no space/);
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(sandbox.requests().every(({ end }) => end !== 'open')).toBe(true);
	});
});

describe('how reports are written', () => {
	it.each([
		['§10.1 without a byte order mark', { bom: false }],
		['§2.3 with a total row', { totalRow: 'total' }],
		['§2.3 with sums in a row without a label', { totalRow: 'blank' }],
		['§2.3 null as text', { missingAs: 'null' }],
		['§10.16 four-digit years', { yearDigits: 4 }],
		['§2.6 networks as numbers and names', { networkStyle: 'idAndName' }],
		['shuffled rows', { rowOrder: 'shuffled' }],
		['line breaks within names', { lineBreaksInNames: true }],
		['no Content-Length', { chunked: true }],
		['gzip', { compress: true }],
	] as const)('%s: the same lines', async (_how, settings) => {
		const before = await runReport(sandbox, march);
		sandbox.changeSettings(settings);
		const after = await runReport(sandbox, march);
		sandbox.changeSettings({
			bom: true,
			totalRow: 'none',
			missingAs: 'mixed',
			yearDigits: 2,
			networkStyle: 'name',
			rowOrder: 'transaction',
			lineBreaksInNames: false,
			chunked: false,
			compress: false,
		});
		const ids = (run: typeof before) => run.rows.map(({ lineId }) => lineId).sort();
		expect(after.error).toBeUndefined();
		expect(after.rejected).toEqual([]);
		expect(ids(after)).toEqual(ids(before));
		expect(after.rows.every(({ networkId }) => typeof networkId === 'number')).toBe(true);
	});
});

describe('secrets', () => {
	it('never appear: not in items, errors, hints or anything the engine keeps', async () => {
		const secrets = [sandbox.token, encodeURIComponent(sandbox.token), '0'.repeat(64)];
		const runs = [await runReport(sandbox, march)];
		for (const fault of [
			{ kind: 'plainText', echoUrl: true },
			{ kind: 'html', echoUrl: true },
			{ kind: 'refusal', status: 400, echoUrl: true },
			{ kind: 'jsonRefusal', echoUrl: true },
			{ kind: 'serverError', status: 500, echoUrl: true },
			{ kind: 'reset' },
		] as Fault[]) {
			sandbox.addFault(fault);
			runs.push(
				await runReport(sandbox, {
					startDate: '2026-03-10',
					endDate: '2026-03-10',
					options: { maxRetries: 0 },
				}),
			);
			sandbox.clearFaults();
		}
		runs.push(await runReport(sandbox, march, { credential: { baseUrl: 'http://127.0.0.1:9' } }));
		for (const run of runs) {
			for (const secret of secrets) expect(run.everything).not.toContain(secret);
		}
		expect(runs.slice(1).every(({ error }) => error !== undefined)).toBe(true);
	});

	it('§10.3 a Get API URL in the node is refused by its report key and the right place', async () => {
		const { error } = await runReport(
			sandbox,
			{ ...march, report: { __rl: true, mode: 'key', value: '={{ $json.pasted }}' } },
			{ items: [{ pasted: sandbox.getApiUrl('api-orders-report') }] },
		);
		const told = `${error!.message} ${error!.description}`;
		expect(told).toContain('api-orders-report');
		expect(told).toMatch(/credential/);
		expect(told).not.toContain(sandbox.token.slice(0, 40));
		expect(sandbox.requests()).toHaveLength(0);
	});
});
