import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { closers } from './ground.mts';

/** A request that came to the receiver. */
export interface Received {
	headers: IncomingHttpHeaders;
	body: Record<string, unknown>;
	/** How it was answered; undefined until then, or if the connection was cut. */
	status: number | undefined;
}

/** An address on this machine that conversions are sent to, and that answers as it is told. */
export interface Receiver {
	address: string;
	/** Everything that came, in order. */
	received: Received[];
	/** Decides on the answer: a status, 0 to cut the connection; may take its time. */
	answer: (request: Received) => number | Promise<number>;
}

/** Starts a receiver of JSON; it answers 200 until it is told otherwise. */
export async function startReceiver(): Promise<Receiver> {
	const receiver: Receiver = { address: '', received: [], answer: () => 200 };
	const server = createServer((request, response) => {
		void text(request).then(async (body) => {
			const came: Received = {
				headers: request.headers,
				body: JSON.parse(body) as Record<string, unknown>,
				status: undefined,
			};
			receiver.received.push(came);
			const status = await receiver.answer(came);
			if (status === 0) return void request.socket.destroy();
			came.status = status;
			response.writeHead(status, { 'content-type': 'text/plain' });
			response.end(status < 300 ? 'taken' : 'not now');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	receiver.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/conversions`;
	closers.add('The receiver of conversions', async () => {
		server.closeAllConnections();
		server.close();
	});
	return receiver;
}
