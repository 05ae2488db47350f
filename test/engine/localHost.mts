import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A host on loopback that a test makes up. */
export interface LocalHost {
	readonly url: string;
	/** Ends its connections, too, whatever is still being sent. */
	close(): Promise<void>;
}

/** Starts a host that answers as `listener` does. */
export async function startHost(listener: RequestListener): Promise<LocalHost> {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
