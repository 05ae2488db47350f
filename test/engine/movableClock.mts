/** A tenth of each wait is real: enough for what happens during it to keep its order. */
const times = 10;

/**
 * A clock that can be moved on. It also runs by itself, and moves on with each timer that ends,
 * because the waits of the package and of the sandbox, and HTTP timeouts, are shortened.
 */
export function movableClock(): { moveOn(milliseconds: number): void } {
	const realNow = Date.now.bind(Date);
	const realTimeout = globalThis.setTimeout;
	// Never set back: what the package remembers from an earlier test must not be in the future.
	let offset = 0;
	beforeEach(() => {
		jest.spyOn(Date, 'now').mockImplementation(() => realNow() + Math.round(offset));
		const short = (call: (...given: unknown[]) => void, milliseconds = 0, ...given: unknown[]) =>
			realTimeout(() => {
				offset += milliseconds * (1 - 1 / times);
				call(...given);
			}, milliseconds / times);
		jest.spyOn(globalThis, 'setTimeout').mockImplementation(short as typeof setTimeout);
		// The package waits for a token for a random time.
		jest.spyOn(Math, 'random').mockReturnValue(0);
	});
	afterEach(() => jest.restoreAllMocks());
	return { moveOn: (milliseconds) => void (offset += milliseconds) };
}
