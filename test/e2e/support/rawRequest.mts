import { connect } from 'node:net';

/** How long a server may take to answer, or to close. */
const PATIENCE_MS = 60_000;

/** An HTTP request as raw bytes, which no client has corrected. */
export interface RawRequest {
	method: string;
	/** Path and query, as the request line has them. */
	target: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
}

/**
 * Sends a request to a port of loopback exactly as it is, over a connection of its own.
 * @returns the status, or undefined if the server closed without one
 */
export async function sendRaw(port: number, request: RawRequest): Promise<number | undefined> {
	return await new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1');
		let answer = '';
		socket.setTimeout(PATIENCE_MS, () => {
			socket.destroy();
			reject(new Error(`No answer to ${request.method} ${request.target.slice(0, 200)}`));
		});
		socket.once('connect', () => socket.write(bytesOf(port, request)));
		socket.on('data', (chunk) => {
			answer += chunk.toString('latin1').slice(0, 100 - answer.length);
		});
		// A server that refuses a request in the middle may reset the connection after its answer.
		socket.once('error', () => {});
		socket.once('close', () => {
			const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(answer) ?? [];
			resolve(status === undefined ? undefined : Number(status));
		});
	});
}

function bytesOf(port: number, { method, target, headers, body = '' }: RawRequest): Buffer {
	const content = Buffer.from(body);
	const lines = [
		`${method} ${target} HTTP/1.1`,
		`host: localhost:${port}`,
		'connection: close',
		...Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`),
		...(content.length > 0 ? [`content-length: ${content.length}`] : []),
	];
	return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), content]);
}
