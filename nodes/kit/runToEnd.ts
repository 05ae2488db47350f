/** Runs a generator that works a piece at a time to its end. */
export async function runToEnd(steps: AsyncGenerator<void>): Promise<void> {
	while (!(await steps.next()).done);
}
