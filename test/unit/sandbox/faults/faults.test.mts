import { parse } from 'csv-parse/sync';
import { startSandbox, type Fault, type Sandbox } from '../../../../sandbox/server.mts';
import { raw, reportUrl, TODAY } from '../reading.mts';

const KEY = 'earnings-recommended';
const MARCH = { start_date: '2026-03-01', end_date: '2026-03-18' };
const FEBRUARY = { start_date: '2026-02-01', end_date: '2026-02-28' };

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ today: TODAY, months: 3, requestsPerMinute: 0 });
});
afterAll(() => sandbox.close());
afterEach(() => {
	sandbox.clearFaults();
	sandbox.clearRequests();
});

const get = (query = {}, key = KEY) => raw(reportUrl(sandbox, key, query));
const lastRequest = () => sandbox.requests().at(-1)!;

/** How a strict reader ends: with rows, or with the name of what stops it. */
function strictly(text: string): string {
	try {
		parse(text, { bom: true, columns: true });
		return 'rows';
	} catch (error) {
		return (error as { code: string }).code;
	}
}

describe('answers with a status', () => {
	it.each([
		[{ kind: 'tooManyRequests' }, 429, undefined],
		[{ kind: 'tooManyRequests', retryAfter: 7 }, 429, '7'],
		[{ kind: 'tooManyRequests', retryAfter: 'date' }, 429, expect.stringMatching(/ GMT$/)],
		[{ kind: 'tooLarge' }, 499, undefined],
		[{ kind: 'tooLarge', status: 500 }, 500, undefined],
		[{ kind: 'serverError' }, 500, undefined],
		[{ kind: 'serverError', status: 503, shape: 'text' }, 503, undefined],
		[{ kind: 'refusal' }, 403, undefined],
	] as Array<[Fault, number, unknown]>)('%j', async (fault, status, retryAfter) => {
		sandbox.addFault(fault);
		const answer = await get();
		expect(answer.status).toBe(status);
		expect(answer.headers['retry-after']).toEqual(retryAfter);
		expect(lastRequest()).toMatchObject({ status, faults: [fault.kind], rows: null });
	});

	it.each([
		['errors', { errors: ['No.'] }],
		['message', { message: 'No.' }],
	] as const)('a refusal as {"%s": …}, also with status 200', async (shape, body) => {
		sandbox.addFault({ kind: 'refusal', status: 400, shape, message: 'No.', times: 1 });
		sandbox.addFault({ kind: 'jsonRefusal', shape, message: 'No.' });
		const refused = await get();
		expect([refused.status, JSON.parse(refused.body)]).toEqual([400, body]);
		const answered = await get();
		expect([answered.status, JSON.parse(answered.body)]).toEqual([200, body]);
	});

	it('a page, plain text, and nothing, all with status 200', async () => {
		sandbox.addFault({ kind: 'html', times: 1 });
		sandbox.addFault({ kind: 'plainText', times: 1, message: 'You cannot request this report.' });
		sandbox.addFault({ kind: 'emptyBody', times: 1 });
		const [page, text, nothing] = [await get(), await get(), await get()];
		expect([page, text, nothing].map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(page!.headers['content-type']).toMatch(/^text\/html/);
		expect(page!.body).toContain('<title>Log in</title>');
		expect(text!.body).toBe('You cannot request this report.\n');
		expect(nothing!.body).toBe('');
	});

	it('can give the URL away, token and all, for a reader that has to hide it', async () => {
		sandbox.addFault({ kind: 'serverError', echoUrl: true });
		expect((await get()).body).toContain(encodeURIComponent(sandbox.token));
		expect(JSON.stringify(sandbox.requests())).not.toContain(sandbox.token.slice(0, 40));
	});
});

describe('broken bodies', () => {
	const whole = async () => (await get(MARCH)).body;

	it('destroy: half of what Content-Length says, then a broken connection', async () => {
		const text = await whole();
		sandbox.addFault({ kind: 'truncated' });
		const answer = await get(MARCH);
		expect(answer).toMatchObject({ status: 200, complete: false, error: 'ECONNRESET' });
		expect(Number(answer.headers['content-length'])).toBe(Buffer.byteLength(text));
		expect(answer.body.length).toBeGreaterThan(1000);
		expect(text.startsWith(answer.body)).toBe(true);
		expect(lastRequest().end).toBe('cut');
	});

	it('destroyChunked: a broken connection without any length', async () => {
		sandbox.addFault({ kind: 'truncated', how: 'destroyChunked' });
		const answer = await get(MARCH);
		expect(answer).toMatchObject({ complete: false, error: 'ECONNRESET' });
		expect(answer.headers['content-length']).toBeUndefined();
	});

	it.each([
		['midLine', 'CSV_RECORD_INCONSISTENT_COLUMNS'],
		['insideQuote', 'CSV_QUOTE_NOT_CLOSED'],
		['noFinalLineEnd', 'rows'],
		['atLineEnd', 'rows'],
	] as const)('%s: a chunked body that just ends', async (how, reading) => {
		const text = await whole();
		sandbox.addFault({ kind: 'truncated', how });
		const answer = await get(MARCH);
		expect(answer).toMatchObject({ status: 200, complete: true });
		expect(answer.headers['content-length']).toBeUndefined();
		expect(text.startsWith(answer.body)).toBe(true);
		expect(answer.body.length).toBeLessThan(text.length);
		expect(answer.body.endsWith('\r\n')).toBe(how === 'atLineEnd');
		expect(strictly(answer.body)).toBe(reading);
	});

	it.each(['midLine', 'insideQuote', 'atLineEnd'] as const)(
		'%s also spoils a report without rows',
		async (how) => {
			sandbox.addFault({ kind: 'truncated', how });
			const answer = await get({ start_date: '2030-01-01', end_date: '2030-01-01' });
			expect(answer.status).toBe(200);
			expect(answer.body.endsWith('\r\n')).toBe(false);
		},
	);

	it('strayQuote: the right length, but a quote that never closes', async () => {
		sandbox.addFault({ kind: 'truncated', how: 'strayQuote' });
		const answer = await get(MARCH);
		expect(Number(answer.headers['content-length'])).toBe(Buffer.byteLength(answer.body));
		expect(strictly(answer.body)).toBe('CSV_QUOTE_NOT_CLOSED');
	});

	it('wrongLength: more is announced than comes, or less', async () => {
		const text = await whole();
		sandbox.addFault({ kind: 'wrongLength', by: 100, times: 1 });
		sandbox.addFault({ kind: 'wrongLength', by: -100, times: 1 });
		const more = await get(MARCH);
		expect(more).toMatchObject({ complete: false, error: 'ECONNRESET', body: text });
		const less = await get(MARCH);
		expect(less.headers['content-length']).toBe(String(Buffer.byteLength(text) - 100));
		expect(Buffer.byteLength(less.body)).toBe(Buffer.byteLength(text) - 100);
	});

	it('reset: the connection is gone before an answer', async () => {
		sandbox.addFault({ kind: 'reset' });
		expect(await get()).toMatchObject({ status: 0, error: 'ECONNRESET' });
		expect(lastRequest()).toMatchObject({ status: 0, end: 'cut' });
	});
});

describe('slow answers', () => {
	it.each(['headers', 'body'] as const)('wait with the %s, then come whole', async (where) => {
		const text = (await get(MARCH)).body;
		sandbox.addFault({ kind: 'slow', ms: 120, where });
		const started = performance.now();
		const answer = await get(MARCH);
		expect(performance.now() - started).toBeGreaterThan(110);
		expect(answer.body).toBe(text);
	});

	it('come before another fault', async () => {
		sandbox.addFault({ kind: 'slow', ms: 60 });
		sandbox.addFault({ kind: 'serverError' });
		expect((await get()).status).toBe(500);
		expect(lastRequest().faults).toEqual(['slow', 'serverError']);
		expect(lastRequest().duration).toBeGreaterThanOrEqual(55);
	});

	it('end when the client leaves, and do not hold up the end of the sandbox', async () => {
		const other = await startSandbox({ today: TODAY, months: 1, requestsPerMinute: 0 });
		other.addFault({ kind: 'slow', ms: 60_000 });
		const leaving = fetch(reportUrl(other, KEY), { signal: AbortSignal.timeout(50) });
		await expect(leaving).rejects.toThrow();
		const waiting = fetch(reportUrl(other, KEY));
		const refused = expect(waiting).rejects.toThrow();
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(other.requests().map(({ end }) => end)).toEqual(['left', 'open']);
		await other.close();
		await refused;
	});
});

describe('matching', () => {
	const statuses = async (...queries: object[]) => {
		const seen = [];
		for (const query of queries) seen.push((await get(query)).status);
		return seen;
	};

	it('by days asked for', async () => {
		sandbox.addFault({ kind: 'tooLarge', match: { daysOver: 18 } });
		expect(await statuses(MARCH, FEBRUARY, {})).toEqual([200, 499, 499]);
	});

	it('by rows of the answer', async () => {
		const { rows } = sandbox.ledger.totals({ from: '2026-02-01', to: '2026-02-28' });
		sandbox.addFault({ kind: 'tooLarge', match: { rowsOver: rows - 1 } });
		expect(await statuses(FEBRUARY, { ...FEBRUARY, network: 41 })).toEqual([499, 200]);
	});

	it('by network, and by the lack of one', async () => {
		sandbox.addFault({ kind: 'refusal', match: { network: 3 } });
		sandbox.addFault({ kind: 'serverError', match: { network: 'all' } });
		expect(await statuses({ network: [1, 3] }, { network: 1 }, {})).toEqual([403, 200, 500]);
	});

	it('by dates', async () => {
		sandbox.addFault({ kind: 'refusal', match: { from: '2026-02-10', to: '2026-02-20' } });
		expect(await statuses(MARCH, FEBRUARY)).toEqual([200, 403]);
	});

	it('by report, and by number', async () => {
		sandbox.addFault({ kind: 'reset', match: { reportKey: 'signature-orders-report' } });
		sandbox.addFault({ kind: 'refusal', match: { nth: 2 } });
		expect(await statuses({}, {}, {})).toEqual([200, 403, 200]);
		expect((await get({}, 'signature-orders-report')).status).toBe(0);
	});

	it('in their order, as often as they are set to, and counted', async () => {
		sandbox.addFault({ kind: 'tooManyRequests', times: 2 });
		sandbox.addFault({ kind: 'serverError', times: 1 });
		expect(await statuses({}, {}, {}, {})).toEqual([429, 429, 500, 200]);
		expect(sandbox.faults().map(({ matched, hits }) => [matched, hits])).toEqual([
			[4, 2],
			[2, 1],
		]);
	});

	it('stops once a fault is removed', async () => {
		const { id } = sandbox.addFault({ kind: 'serverError' });
		sandbox.clearFaults(id);
		expect(await statuses({})).toEqual([200]);
	});
});

describe('a fault nobody knows', () => {
	it.each([
		[{ kind: 'flood' }, /no fault "flood"/],
		[{ kind: 'toString' }, /no fault/],
		[{ kind: 'truncated', how: 'badly' }, /"badly" is not a value for "how"/],
		[{ kind: 'slow' }, /slow needs "ms"/],
		[{ kind: 'wrongLength', by: 0 }, /wrongLength needs "by"/],
		[{ kind: 'reset', times: 0 }, /"times"/],
		[{ kind: 'reset', match: { month: 2 } }, /cannot match by "month"/],
		[{ kind: 'damagedRow', match: { nth: 2 } }, /cannot match by "nth"/],
		[{ kind: 'reset', match: { from: 'monday' } }, /not a date/],
	])('%j is refused', (fault, message) => {
		expect(() => sandbox.addFault(fault as Fault)).toThrow(message);
		expect(sandbox.faults()).toEqual([]);
	});
});
