import { once } from 'node:events';

/**
 * Bytes of the live objects of a Node process that was started with `--inspect=127.0.0.1:<port>`:
 * what is left in its main thread's heap after a forced garbage collection.
 */
export async function liveHeapBytes(port: number): Promise<number> {
	const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
	const [target] = (await answer.json()) as Array<{ webSocketDebuggerUrl: string }>;
	const socket = new WebSocket(target.webSocketDebuggerUrl);
	try {
		await once(socket, 'open');
		await ask(socket, 'HeapProfiler.collectGarbage');
		const { result } = await ask<{ result: { value: number } }>(socket, 'Runtime.evaluate', {
			expression: 'process.memoryUsage().heapUsed',
		});
		return result.value;
	} finally {
		socket.close();
	}
}

/** One command of the inspector's protocol at a time; no events are subscribed to. */
async function ask<T>(socket: WebSocket, method: string, params = {}): Promise<T> {
	const answered = once(socket, 'message') as Promise<[MessageEvent<string>]>;
	socket.send(JSON.stringify({ id: 1, method, params }));
	const [{ data }] = await answered;
	return (JSON.parse(data) as { result: T }).result;
}
