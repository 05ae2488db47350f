import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { run } from '../../../scripts/host/command.mts';
import { closers } from './ground.mts';

export const GOOGLE_TYPE = 'googleSheetsOAuth2Api';

const HOST = 'sheets.googleapis.com';

type Cell = string | number | boolean;

/** A spreadsheet behind a stand-in for Google's Sheets API. */
export interface GoogleSheets {
	/** The address as it is copied from the browser. */
	spreadsheet: string;
	/** What n8n is started with, so that it takes the stand-in for Google. */
	env: Record<string, string>;
	/** The rows of a tab as objects by its header row. */
	rows(tab: string): Array<Record<string, Cell>>;
	/** The cells of a tab. */
	cells(tab: string): Cell[][];
	/** Cells written since the last time this was asked. */
	written(): number;
}

/**
 * n8n talks to Google by name and TLS. It is sent through a proxy of ours, which leads that one name
 * to a server of ours with a certificate that this n8n is told to trust; other names lead nowhere.
 */
export async function startGoogleSheets(
	emptyTabs: readonly string[] = ['Earnings', 'Rejected'],
): Promise<GoogleSheets> {
	const folder = await mkdtemp(path.join(tmpdir(), 'sheets-'));
	const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
	await run('openssl', [
		...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
		...['-days', '2', '-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`],
		...['-keyout', key, '-out', certificate],
	]);
	const tabs = new Map<string, Cell[][]>(emptyTabs.map((tab) => [tab, []]));
	let written = 0;
	const tls = { key: await readFile(key), cert: await readFile(certificate) };
	const api = createSecureServer(tls, (request, response) => {
		void answer(tabs, request).then((result) => {
			written += result.cellsWritten;
			response.writeHead(result.status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(result.body));
		});
	});
	const proxy = createServer((_, response) => response.writeHead(502).end());
	proxy.on('connect', (request, socket, head) => {
		if (request.url !== `${HOST}:443`) return void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
		const { port } = api.address() as AddressInfo;
		const upstream = connect(port, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			upstream.write(head);
			upstream.pipe(socket).pipe(upstream);
		});
		for (const end of [socket, upstream]) end.on('error', () => upstream.destroy());
	});
	const proxyPort = await listen(proxy);
	await listen(api);
	closers.add('The stand-in for Google Sheets', async () => {
		for (const server of [proxy, api]) {
			server.closeAllConnections();
			server.close();
		}
		await rm(folder, { recursive: true, force: true });
	});
	return {
		spreadsheet: 'https://docs.google.com/spreadsheets/d/1stand-in-for-a-spreadsheet/edit#gid=0',
		env: {
			HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`,
			NO_PROXY: 'localhost,127.0.0.1',
			NODE_EXTRA_CA_CERTS: certificate,
		},
		cells: (tab) => tabs.get(tab)!,
		rows(tab) {
			const [head = [], ...rows] = tabs.get(tab)!;
			return rows.map((row) =>
				Object.fromEntries(head.map((name, index) => [String(name), row[index] ?? ''])),
			);
		},
		written() {
			const count = written;
			written = 0;
			return count;
		},
	};
}

/** A Google account that was connected a moment ago. */
export function signedInAtGoogle() {
	return {
		name: 'Google Sheets',
		type: GOOGLE_TYPE,
		data: {
			clientId: 'client',
			clientSecret: 'secret',
			oauthTokenData: {
				access_token: 'access',
				refresh_token: 'refresh',
				token_type: 'Bearer',
				expires_in: 3600,
			},
		},
	};
}

async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

interface Answer {
	status: number;
	body: unknown;
	cellsWritten: number;
}

/** The part of the Sheets API v4 that n8n's node uses to read, and to append or update rows. */
async function answer(tabs: Map<string, Cell[][]>, request: IncomingMessage): Promise<Answer> {
	const done = (body: unknown, cellsWritten = 0): Answer => ({ status: 200, body, cellsWritten });
	const url = new URL(request.url ?? '', `https://${HOST}`);
	const [, call = ''] = /^\/v4\/spreadsheets\/[^/:]+[/:]?(.*)$/.exec(url.pathname) ?? [];
	const body = request.method === 'GET' ? {} : ((await json(request)) as any);
	if (request.method === 'GET' && call === '') {
		return done({
			sheets: [...tabs.keys()].map((title, sheetId) => ({
				properties: { sheetId, title, gridProperties: { rowCount: 1000, columnCount: 26 } },
			})),
		});
	}
	if (call === 'values:batchUpdate') {
		const ranges = body.data as Array<{ range: string; values: Cell[][] }>;
		const counts = ranges.map(({ range, values }) => write(tabs, range, values));
		return done(
			{},
			counts.reduce((sum, count) => sum + count, 0),
		);
	}
	// Room for more rows; there is always enough here.
	if (call === 'batchUpdate') return done({});
	const range = decodeURIComponent(call.replace(/^values\//, ''));
	if (request.method === 'PUT') return done({}, write(tabs, range, body.values));
	if (request.method === 'GET') {
		const asShown = url.searchParams.get('valueRenderOption') !== 'UNFORMATTED_VALUE';
		const { tab, row, lastRow } = placeOf(range);
		const cells = tabs.get(tab)!.slice(row, lastRow);
		const values = cells.map((each) => (asShown ? each.map(String) : each));
		// Google leaves out `values` if there is nothing.
		return done(values.length > 0 ? { range, values } : { range });
	}
	return {
		status: 501,
		body: { error: { message: `Not part of this stand-in: ${call}` } },
		cellsWritten: 0,
	};
}

function write(tabs: Map<string, Cell[][]>, range: string, values: Cell[][]): number {
	const { tab, row, column } = placeOf(range);
	const cells = tabs.get(tab)!;
	let count = 0;
	values.forEach((line, down) => {
		cells[row + down] ??= [];
		line.forEach((value, right) => {
			// As in Google's API: null leaves a cell as it is.
			if (value === null) return;
			cells[row + down]![column + right] = value;
			count++;
		});
	});
	return count;
}

/** `Earnings!B3`, `Earnings!2:5`, `'Earnings'`: where a range begins (from 0), and its last row. */
function placeOf(range: string) {
	const [, tab, letters = 'A', first = '1', last] =
		/^'?([^'!]+)'?(?:!([A-Z]+)?(\d+)?(?::[A-Z]*(\d+)?)?)?$/.exec(range) ?? [];
	if (!tab) throw new Error(`"${range}" is not understood`);
	const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
	return { tab, column, row: Number(first) - 1, lastRow: last ? Number(last) : undefined };
}
