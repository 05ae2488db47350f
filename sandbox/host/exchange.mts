import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { RequestEntry } from './requestLog.mts';

/** One request under way, its answer, and its place in the log. */
export class Exchange {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	readonly entry: RequestEntry;
	/** How far the host's clock is behind, as its header Date shows it. */
	readonly secondsBehind: number;
	readonly #gone = new AbortController();

	constructor(
		request: IncomingMessage,
		response: ServerResponse,
		entry: RequestEntry,
		secondsBehind = 0,
	) {
		this.secondsBehind = secondsBehind;
		this.request = request;
		this.response = response;
		this.entry = entry;
		const started = performance.now();
		const settle = (end: RequestEntry['end']) => {
			if (entry.end === 'open') entry.end = end;
			entry.duration ??= Math.round(performance.now() - started);
		};
		response.on('finish', () => settle('complete'));
		response.on('close', () => {
			settle('left');
			this.#gone.abort();
		});
	}

	/** True once the connection is gone, whoever ended it. */
	get isOver(): boolean {
		return this.#gone.signal.aborted;
	}

	/** Waits; ends early when the client leaves. */
	async wait(ms: number): Promise<void> {
		await delay(ms, undefined, { signal: this.#gone.signal }).catch(() => undefined);
	}

	/** A whole answer with its length; without a type there is no header for it. */
	send(
		status: number,
		type: string,
		body: string | Buffer,
		headers: Record<string, string> = {},
	): void {
		const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
		const typed: Record<string, string> = type === '' ? {} : { 'content-type': type };
		this.head(status, { ...typed, 'content-length': String(bytes.length), ...headers });
		this.entry.bytes = bytes.length;
		this.response.end(bytes);
	}

	json(status: number, body: unknown, headers?: Record<string, string>): void {
		this.send(status, 'application/json', JSON.stringify(body), headers);
	}

	/** Status and headers of an answer whose body is written otherwise. */
	head(status: number, headers: Record<string, string>): void {
		this.entry.status = status;
		// By Date.now(), as everything here: Node's own header would not follow a test's clock.
		const date = new Date(Date.now() - this.secondsBehind * 1000).toUTCString();
		this.response.writeHead(status, { date, ...headers });
	}

	/** Writes a part of the body; resolves when the system has taken it or the client has left. */
	async part(body: string | Buffer): Promise<void> {
		if (this.isOver) return;
		this.entry.bytes += Buffer.byteLength(body);
		await new Promise<void>((resolve) => {
			this.#gone.signal.addEventListener('abort', () => resolve(), { once: true });
			this.response.write(body, () => resolve());
		});
	}

	/** Breaks the connection: closed in the middle, or reset. */
	cut(how: 'close' | 'reset'): void {
		this.entry.end = 'cut';
		const { socket } = this.request;
		if (how === 'reset') socket.resetAndDestroy();
		else socket.destroy();
	}
}
