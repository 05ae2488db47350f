/** How a promise ended, as a value, so that code can decide what to throw outside a catch block. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; cause: unknown };

/** Waits for the promise; never rejects. */
export async function outcomeOf<T>(promise: Promise<T>): Promise<Outcome<T>> {
	return await promise.then(
		(value): Outcome<T> => ({ ok: true, value }),
		(cause: unknown): Outcome<T> => ({ ok: false, cause }),
	);
}
