import { startSandbox } from '../../sandbox/server.mts';
import type { Fault } from '../../sandbox/server.mts';
import { queries, runReport, useSandbox } from './reportNode.mts';

const sandbox = useSandbox({ today: '2026-04-15' });

const march = { startDate: '2026-03-01', endDate: '2026-03-31' };
const rowsOfMarch = () => sandbox.ledger.totals({ from: '2026-03-01', to: '2026-03-31' }).rows;

describe('faults that pass', () => {
	it.each<[string, Fault]>([
		['§10.8 too many requests', { kind: 'tooManyRequests' }],
		['§10.8 too many requests with Retry-After', { kind: 'tooManyRequests', retryAfter: 1 }],
		['§10.8 too many requests with a date', { kind: 'tooManyRequests', retryAfter: 'date' }],
		['§10.23 status 499', { kind: 'serverError', status: 499 }],
		['§10.23 status 500', { kind: 'serverError', status: 500 }],
		['status 503', { kind: 'serverError', status: 503 }],
		['a connection reset', { kind: 'reset' }],
		['§10.7 a web page with status 200', { kind: 'html' }],
		[
			'a report in the making',
			{ kind: 'plainText', message: 'Your report is being generated. Please try again later.' },
		],
		['a limit in words', { kind: 'plainText', message: 'Too many requests, please slow down' }],
		['a limit in quoted words', { kind: 'plainText', message: '"Rate limit exceeded"' }],
		['a limit as 403', { kind: 'refusal', status: 403, message: 'Developer Over Qps' }],
		['an empty body', { kind: 'emptyBody' }],
		['a body cut off', { kind: 'truncated', how: 'destroy' }],
		['a chunked body cut off', { kind: 'truncated', how: 'destroyChunked' }],
		['a body that ends within a line', { kind: 'truncated', how: 'midLine' }],
		['a body that ends within quotes', { kind: 'truncated', how: 'insideQuote' }],
		['a body without its last line end', { kind: 'truncated', how: 'noFinalLineEnd' }],
		['a length that is too long', { kind: 'wrongLength', by: 100 }],
	])('%s: asked for again, every line once', async (_what, fault) => {
		sandbox.addFault({ ...fault, times: 1 });
		const { rows, rejected, summary, error } = await runReport(sandbox, march);
		expect(error).toBeUndefined();
		expect(rejected).toEqual([]);
		expect(rows).toHaveLength(rowsOfMarch());
		expect(new Set(rows.map(({ lineId }) => lineId)).size).toBe(rows.length);
		expect(summary).toMatchObject({ requests: 2, retries: 1 });
	});

	it('§2.4 honors Retry-After', async () => {
		sandbox.addFault({ kind: 'tooManyRequests', retryAfter: 2, times: 1 });
		await runReport(sandbox, march);
		const [, second] = sandbox.requests();
		expect(second.msSincePrevious).toBeGreaterThanOrEqual(1900);
	});

	it('a slow answer is waited for', async () => {
		sandbox.addFault({ kind: 'slow', ms: 1500, where: 'body', times: 1 });
		const { rows, summary } = await runReport(sandbox, march);
		expect(rows).toHaveLength(rowsOfMarch());
		expect(summary).toMatchObject({ retries: 0 });
	});

	it('an answer that falls silent is given up and asked for again', async () => {
		sandbox.addFault({ kind: 'slow', ms: 9_000, where: 'body', times: 1 });
		const { rows, summary, error } = await runReport(sandbox, {
			...march,
			options: { timeout: 5 },
		});
		expect(error).toBeUndefined();
		expect(rows).toHaveLength(rowsOfMarch());
		expect(summary!.retries).toBe(1);
		expect(sandbox.requests()[1].msSincePrevious).toBeLessThan(8_500);
	});
});

describe('§10.23 §2.4 a window that is too large', () => {
	it('is halved until it fits, and every line comes once', async () => {
		sandbox.addFault({ kind: 'tooLarge', status: 499, match: { daysOver: 7 } });
		const { rows, summary, error } = await runReport(sandbox, march);
		expect(error).toBeUndefined();
		expect(rows).toHaveLength(rowsOfMarch());
		expect(new Set(rows.map(({ lineId }) => lineId)).size).toBe(rows.length);
		expect(summary!.halved).toBeGreaterThan(2);
		const good = sandbox.requests().filter(({ status }) => status === 200).length;
		expect(good).toBeGreaterThan(3);
	});

	it('is halved down to one day, which is named as missing if the node is to continue', async () => {
		sandbox.addFault({
			kind: 'tooLarge',
			status: 500,
			match: { from: '2026-03-10', to: '2026-03-10' },
		});
		const { rows, rejected, summary, error } = await runReport(sandbox, {
			...march,
			options: { onWindowFailure: 'continue', maxRetries: 1 },
		});
		expect(error).toBeUndefined();
		expect(rejected).toEqual([
			expect.objectContaining({
				type: 'missingRange',
				from: '2026-03-10',
				to: '2026-03-10',
				network: null,
			}),
		]);
		const lost = sandbox.ledger.totals({ from: '2026-03-10', to: '2026-03-10' }).rows;
		expect(rows).toHaveLength(rowsOfMarch() - lost);
		expect(summary!.missing).toEqual([{ from: '2026-03-10', to: '2026-03-10', network: null }]);
	});

	it('a network that is refused is named as missing, and the others are read', async () => {
		sandbox.addFault({
			kind: 'refusal',
			status: 400,
			message: 'Invalid filter',
			match: { network: 3 },
		});
		const { rows, rejected, summary } = await runReport(sandbox, {
			...march,
			networks: 'selected',
			selectedNetworks: [3, 1],
			options: { onWindowFailure: 'continue' },
		});
		expect(rejected).toEqual([
			expect.objectContaining({ type: 'missingRange', network: 'UK Network' }),
		]);
		expect(new Set(rows.map(({ networkId }) => networkId))).toEqual(new Set([1]));
		expect(summary!.emptyNetworks).toEqual([]);
	});

	it('an outage is not mistaken for a window too large: the rest is named at once', async () => {
		sandbox.addFault({ kind: 'serverError', status: 500 });
		const { rejected, summary } = await runReport(sandbox, {
			...march,
			options: { onWindowFailure: 'continue', maxRetries: 1, daysPerRequest: 8 },
		});
		expect(rejected.every(({ type }) => type === 'missingRange')).toBe(true);
		expect(rejected[0].from).toBe('2026-03-01');
		expect(rejected.at(-1)!.to).toBe('2026-03-31');
		expect(summary!.requests).toBeLessThan(20);
	});

	it('stops the node if it is not to continue, naming what was read and what is missing', async () => {
		sandbox.addFault({ kind: 'serverError', status: 500, match: { network: 3 } });
		const { outputs, error } = await runReport(sandbox, {
			startDate: '2026-03-10',
			endDate: '2026-03-10',
			networks: 'selected',
			selectedNetworks: [1, 3, 5],
			options: { maxRetries: 1 },
		});
		expect(outputs).toEqual([]);
		expect(error!.message).toContain('2026-03-10 to 2026-03-10 (UK Network)');
		expect(error!.description).toContain(
			'Read before it stopped: 2026-03-10 to 2026-03-10 (US Network)',
		);
	});
});

describe('faults that stay', () => {
	it.each<[string, Fault, RegExp]>([
		['§10.7 a web page', { kind: 'html' }, /web page instead of a report/],
		['§10.7 a sentence with status 200', { kind: 'plainText' }, /text instead of a report/],
		[
			'§10.7 a longer sentence',
			{
				kind: 'plainText',
				message: 'Sorry, you cannot request this report, because it is too large',
			},
			/text instead of a report/,
		],
		[
			'§2.4 a JSON refusal',
			{ kind: 'refusal', status: 400, shape: 'errors', message: 'Invalid filter' },
			/refused the request \(status 400\)/,
		],
		[
			'§2.4 a JSON refusal with message',
			{ kind: 'refusal', status: 403, shape: 'message', message: 'Invalid token' },
			/did not accept the report token \(status 403\)/,
		],
		[
			'§10.7 a JSON refusal with status 200',
			{ kind: 'jsonRefusal', message: 'Unknown report' },
			/does not know this report/,
		],
		['§10.8 too many requests', { kind: 'tooManyRequests' }, /too many reports/],
		['a broken connection', { kind: 'reset' }, /connection to Rakuten broke/],
	])('%s is named, with what to do', async (_what, fault, message) => {
		sandbox.addFault(fault);
		const { error, outputs } = await runReport(sandbox, {
			startDate: '2026-03-10',
			endDate: '2026-03-10',
			options: { maxRetries: 1 },
		});
		expect(outputs).toEqual([]);
		expect(error!.message).toMatch(message);
		expect(error!.description!.length).toBeGreaterThan(20);
	});

	it('are not repeated if repeating is useless', async () => {
		sandbox.addFault({ kind: 'refusal', status: 400 });
		await runReport(sandbox, march);
		expect(sandbox.requests()).toHaveLength(1);
	});

	it('§2.4 a wrong token and a wrong key are told apart', async () => {
		const wrongToken = await runReport(sandbox, march, {
			credential: {
				reportToken: Buffer.from(
					`encrypteda:2:{s:5:"Token";s:64:"${'1'.repeat(64)}";s:8:"UserType";s:9:"Publisher";}`,
				).toString('base64'),
			},
		});
		const wrongKey = await runReport(sandbox, {
			...march,
			report: { __rl: true, mode: 'key', value: 'no-such-report' },
		});
		expect(wrongToken.error!.message).toMatch(/report token/);
		expect(wrongKey.error!.message).toMatch(/report/);
	});

	it('become items of the second output with Continue on Fail, linked to their item', async () => {
		const { outputs } = await runReport(
			sandbox,
			{ ...march, report: { __rl: true, mode: 'key', value: '={{ $json.key }}' } },
			{
				items: [{ key: 'no-such-report' }, { key: 'earnings-recommended' }],
				onError: 'continueRegularOutput',
			},
		);
		expect(outputs[0]).toHaveLength(rowsOfMarch());
		expect(outputs[1][0]).toMatchObject({
			json: {
				error: expect.stringContaining('[item 0]'),
				details: expect.stringMatching(/^The key is the part of the Get API URL/),
			},
			pairedItem: { item: 0 },
		});
		expect(outputs[2]).toMatchObject([{ json: { type: 'summary' }, pairedItem: { item: 1 } }]);
	});

	it("leave through n8n's own error output if that is switched on, with what to do", async () => {
		const { outputs } = await runReport(
			sandbox,
			{ ...march, report: { __rl: true, mode: 'key', value: '={{ $json.key }}' } },
			{
				items: [{ key: 'no-such-report' }, { key: 'earnings-recommended' }],
				onError: 'continueErrorOutput',
			},
		);
		expect(outputs[0]).toHaveLength(rowsOfMarch());
		expect(outputs[1].filter(({ json }) => 'error' in json)).toEqual([]);
		expect(outputs[2].map(({ json }) => json.type)).toEqual(['summary']);
		expect(outputs[3]).toHaveLength(1);
		expect(outputs[3][0].json).toMatchObject({
			key: 'no-such-report',
			error: expect.stringContaining('[item 0]'),
			details: expect.stringMatching(/^[A-Z]/),
		});
	});
});

describe('pacing', () => {
	it('keeps the gap between requests of one token, across items and nodes of the process', async () => {
		const credential = { secondsBetweenRequests: 0.6 };
		await Promise.all([
			runReport(sandbox, march, { credential, items: [{}, {}] }),
			runReport(sandbox, march, { credential }),
		]);
		const gaps = sandbox
			.requests()
			.slice(1)
			.map(({ msSincePrevious }) => msSincePrevious!);
		expect(gaps).toHaveLength(2);
		for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(590);
	});

	it('stays within the documented limit of the host', async () => {
		const limited = await startSandbox({ today: '2026-04-15', requestsPerMinute: 120 });
		const { summary } = await runReport(
			limited,
			{ ...march, options: { daysPerRequest: 7 } },
			{ credential: { secondsBetweenRequests: 0.5 } },
		);
		await limited.close();
		expect(summary).toMatchObject({ requests: 5, retries: 0 });
	});
});

describe('cancelling', () => {
	it('stops between requests', async () => {
		const cancel = new AbortController();
		const running = runReport(
			sandbox,
			{ ...march, options: { daysPerRequest: 1 } },
			{ credential: { secondsBetweenRequests: 0.5 }, cancel: cancel.signal },
		);
		while (sandbox.requests().length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
		cancel.abort();
		await running;
		const atCancel = sandbox.requests().length;
		await new Promise((resolve) => setTimeout(resolve, 1500));
		expect(sandbox.requests().length).toBeLessThanOrEqual(atCancel + 1);
		expect(queries(sandbox).length).toBeLessThan(6);
	});
});
