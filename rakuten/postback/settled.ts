/** How a promise ended. */
export type Settled<T> = { readonly ok: true; readonly value: T } | NotOk;

interface NotOk {
	readonly ok: false;
	readonly cause: unknown;
}

/** Waits for the promise; never rejects. */
export const settled = async <T>(promise: Promise<T>): Promise<Settled<T>> =>
	await promise.then(
		(value): Settled<T> => ({ ok: true, value }),
		(cause: unknown): Settled<T> => ({ ok: false, cause }),
	);
