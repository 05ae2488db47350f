import { request, type IncomingHttpHeaders } from 'node:http';
import { parse } from 'csv-parse/sync';
import type { Sandbox } from '../../../sandbox/server.mts';

/** The date of the sandboxes in these tests. */
export const TODAY = '2026-03-18';

/** The last twelve months before it. */
export const YEAR = { start_date: '2025-03-19', end_date: TODAY };

export type Row = Record<string, string>;

/** The URL of a report; values of `query` are encoded once, lists repeat their parameter. */
export function reportUrl(
	sandbox: Sandbox,
	key: string,
	query: Record<string, string | number | Array<string | number>> = {},
	token = encodeURIComponent(sandbox.token),
): string {
	const pairs = Object.entries({ ...YEAR, ...query }).flatMap(([name, value]) =>
		[value].flat().map((one) => `${name}=${encodeURIComponent(one)}`),
	);
	return `${sandbox.url}/en/reports/${key}/filters?${pairs.join('&')}&token=${token}`;
}

/** A report's text as it came, byte order mark included. */
export async function reportText(...args: Parameters<typeof reportUrl>): Promise<string> {
	const answer = await raw(reportUrl(...args));
	expect(answer.status).toBe(200);
	return answer.body;
}

/** A report's rows by header, read by csv-parse. */
export async function reportRows(...args: Parameters<typeof reportUrl>): Promise<Row[]> {
	return parse(await reportText(...args), { bom: true, columns: true });
}

/** An answer, or as much of one as came before the connection broke. */
export interface RawAnswer {
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
	/** False when the connection broke before the announced end. */
	complete: boolean;
	error?: string;
}

/** One request on a connection of its own, without a client's interpretation. */
export function raw(url: string, headers: Record<string, string> = {}): Promise<RawAnswer> {
	return new Promise((resolve) => {
		const call = request(url, { agent: false, headers }, (response) => {
			const chunks: Buffer[] = [];
			let error: string | undefined;
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', (problem: NodeJS.ErrnoException) => (error = problem.code));
			response.on('close', () =>
				resolve({
					status: response.statusCode!,
					headers: response.headers,
					body: Buffer.concat(chunks).toString(),
					complete: response.complete,
					error,
				}),
			);
		});
		call.on('error', (problem: NodeJS.ErrnoException) =>
			resolve({ status: 0, headers: {}, body: '', complete: false, error: problem.code }),
		);
		call.end();
	});
}

/** The exact sum of decimal texts, thousands commas allowed, with as many decimals as they have. */
export function sumOf(texts: string[]): string {
	const plain = texts.map((text) => text.replaceAll(',', ''));
	const digits = Math.max(0, ...plain.map((text) => text.split('.')[1]?.length ?? 0));
	const total = plain.reduce((sum, text) => {
		const [whole = '', fraction = ''] = text.split('.');
		return sum + BigInt(whole + fraction.padEnd(digits, '0'));
	}, 0n);
	if (digits === 0) return total.toString();
	const text = (total < 0n ? -total : total).toString().padStart(digits + 1, '0');
	return `${total < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
