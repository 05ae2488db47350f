import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

import { publisherToken } from '../unit/report/tokenSamples.mts';
import { prepareEngine } from './harness.mts';
import { startHost } from './localHost.mts';
import type { LocalHost } from './localHost.mts';
import { runReport } from './reportNode.mts';
import type { ReportRun } from './reportNode.mts';

/** A host that answers each request as a test has it. */
let host: LocalHost;
let requests = 0;
let answer: (response: ServerResponse, request: IncomingMessage) => void;

beforeAll(async () => {
	await prepareEngine();
	host = await startHost((request, response) => {
		requests++;
		answer(response, request);
	});
});
afterAll(async () => await host.close());
beforeEach(() => void (requests = 0));

const read = async (options = {}, parameters = {}): Promise<ReportRun> =>
	await runReport(
		{
			token: publisherToken,
			url: host.url,
		} as never,
		{
			startDate: '2026-03-01',
			endDate: '2026-03-08',
			options: { maxRetries: 1, ...options },
			...parameters,
		},
	);

const header = 'Transaction ID,MID,Advertiser Name,Order ID,Transaction Date,Sales,Currency';
const row = (id: string) => `${id},45904,Acme,order-${id},3/2/26,10.00,USD`;
const report = [header, row('T1'), row('T2')].join('\r\n');

/** How an answer says where it ends. */
const ends: Record<string, (response: ServerResponse, text: string) => void> = {
	'its length': (response, text) => {
		response.setHeader('Content-Length', Buffer.byteLength(text));
		response.end(text);
	},
	'its last chunk': (response, text) => {
		response.write(text.slice(0, 5));
		setTimeout(() => response.end(text.slice(5)), 20);
	},
	'its last chunk, packed': (response, text) => {
		response.setHeader('Content-Encoding', 'gzip');
		response.write('');
		response.end(gzipSync(text));
	},
};
const byConnection = (response: ServerResponse, text: string) => {
	response.removeHeader('transfer-encoding');
	response.write(text);
	response.end();
};

describe.each(Object.entries(ends))('an answer that announces its end by %s', (_how, send) => {
	it.each([
		['rows', report, 2],
		['a header alone', header, 0],
		['the words for nothing', 'No Results Found', 0],
	])('is whole without a last line end: %s', async (_what, text, kept) => {
		answer = (response) => send(response, text);
		const { rows, error } = await read();
		expect(error).toBeUndefined();
		expect(rows).toHaveLength(kept);
		expect(requests).toBe(1);
	});
});

describe('an answer that ends with its connection', () => {
	it('is whole where its last line ends', async () => {
		answer = (response) => byConnection(response, `${report}\r\n`);
		expect((await read()).rows).toHaveLength(2);
		expect(requests).toBe(1);
	});

	it('is cut off where its last line does not', async () => {
		answer = (response) => byConnection(response, requests > 1 ? `${report}\r\n` : report);
		expect((await read()).rows).toHaveLength(2);
		expect(requests).toBe(2);
	});
});

describe('a packed answer', () => {
	it('is whole where more bytes come out than were announced', async () => {
		answer = (response) => {
			const packed = gzipSync(report);
			response.setHeader('Content-Encoding', 'gzip');
			response.setHeader('Content-Length', packed.length);
			response.end(packed);
		};
		const { rows, error } = await read();
		expect(error).toBeUndefined();
		expect(rows).toHaveLength(2);
		expect(requests).toBe(1);
	});

	it('is cut off where fewer bytes came than were announced', async () => {
		answer = (response) => {
			const packed = gzipSync(`${report}\r\n`);
			response.setHeader('Content-Encoding', 'gzip');
			response.setHeader('Content-Length', packed.length);
			if (requests > 1) response.end(packed);
			else {
				response.write(packed.subarray(0, packed.length - 12));
				setTimeout(() => response.destroy(), 30);
			}
		};
		const { rows, error } = await read();
		expect(error).toBeUndefined();
		expect(rows).toHaveLength(2);
		expect(requests).toBe(2);
	});
});

describe('an answer out of all proportion', () => {
	const endless = (start: string, piece: string) => (response: ServerResponse) => {
		response.write(start);
		const text = piece.repeat(Math.ceil(16_384 / piece.length));
		let left = 4096;
		const more = () => {
			while (left-- > 0 && !response.destroyed) if (!response.write(text)) return;
			if (!response.destroyed) response.end();
		};
		response.on('drain', more);
		more();
	};

	it.each<[string, string, string, RegExp]>([
		['blanks', '', ' ', /begins with more than 64 KiB of blanks/],
		['blank lines', '', '\r\n', /begins with more than 64 KiB of blanks/],
		['an endless header', '', 'Sales,', /longer than 1024 KiB/],
		['commas as a header', 'Sales', ',', /longer than 1024 KiB/],
		['an endless quoted header', '"', 'x', /longer than 1024 KiB/],
	])('is named and not asked for again: %s', async (_what, start, piece, message) => {
		answer = endless(start, piece);
		const { error, outputs } = await read();
		expect(outputs).toEqual([]);
		expect(error!.message).toMatch(message);
		expect(requests).toBe(1);
	});

	it('is named where a row has no end', async () => {
		answer = endless(`${header}\r\n${row('T1')}\r\n"`, 'x');
		const { error } = await read({}, { endDate: '2026-03-01' });
		expect(error!.message).toMatch(/line that begins at line 3 is longer than 1024 KiB/);
		expect(requests).toBe(2);
	});

	it('is named where a header is longer than any', async () => {
		answer = (response) => response.end(`Sales,${'x'.repeat(70_000)}\r\n1,2\r\n`);
		const { error } = await read();
		expect(error!.message).toMatch(/header of the report is longer than 64 KiB/);
		expect(requests).toBe(1);
	});
});

describe('a report with other separators', () => {
	it.each([
		['tabs', '\t'],
		['semicolons', ';'],
		['pipes', '|'],
	])('is named, quoted in no message, and not asked for again: %s', async (name, separator) => {
		for (const lineEnd of ['\r\n', '']) {
			requests = 0;
			answer = (response) => response.end(report.replaceAll(',', separator) + lineEnd);
			const { error, everything } = await read();
			expect(error!.message).toContain(`separated by ${name} instead of commas`);
			expect(everything).not.toContain('order-T1');
			expect(requests).toBe(1);
		}
	});

	it('quotes the first line alone of a table that it does not know', async () => {
		answer = (response) => response.end('a,b,c\r\norder-T1,10.00,USD\r\n');
		const { error, everything } = await read();
		expect(error!.message).toContain('a text instead of a report');
		expect(everything).not.toContain('order-T1');
		expect(requests).toBe(1);
	});

	it('rejects rows whose commas are not in quotes, with their lines', async () => {
		const lines = [header, row('T1'), row('T2').replace('Acme', 'Acme, Inc.')];
		answer = (response) => response.end(lines.join('\r\n'));
		const { rows, rejected, error } = await read();
		expect(error).toBeUndefined();
		expect(rows).toHaveLength(1);
		expect(rejected).toEqual([expect.objectContaining({ line: 3 })]);
		expect(requests).toBe(1);
	});
});
