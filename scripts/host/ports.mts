import { createServer } from 'node:net';

/**
 * A TCP port on loopback that nobody listens on at this moment. `preferred` is returned when it is
 * free. Ports handed out before by this process are not handed out again.
 */
export async function freePort(preferred?: number): Promise<number> {
	if (preferred && !given.has(preferred) && (await isFree(preferred))) {
		given.add(preferred);
		return preferred;
	}
	for (;;) {
		const port = await listenOnce(0);
		if (port !== undefined && !given.has(port)) {
			given.add(port);
			return port;
		}
	}
}

const given = new Set<number>();

async function isFree(port: number): Promise<boolean> {
	return (await listenOnce(port)) !== undefined;
}

/** Opens and closes a listener; the port it had, or undefined when the port was taken. */
async function listenOnce(port: number): Promise<number | undefined> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
			else reject(error);
		});
		server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
			const address = server.address();
			const used = typeof address === 'object' && address ? address.port : undefined;
			server.close(() => resolve(used));
		});
	});
}
