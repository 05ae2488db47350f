/** After this time a poll is given up: n8n allows five minutes at most. */
const givenUpAfter = 15 * 60_000;

/**
 * Lets one poll of a node in at a time. n8n starts a poll at each of its times, whether or not the
 * one before has ended; two at once would read from the same state and give the same lines out.
 */
export class PollGate {
	/** When the poll that is running began, by the state it works on. */
	private readonly entered = new WeakMap<object, { at: number }>();

	/** A pass for one poll; undefined while another poll is running. */
	enter(state: object): PollPass | undefined {
		const before = this.entered.get(state);
		if (before && Date.now() - before.at < givenUpAfter) return undefined;
		const own = { at: Date.now() };
		this.entered.set(state, own);
		return {
			isValid: () => this.entered.get(state) === own,
			leave: () => {
				if (this.entered.get(state) === own) this.entered.delete(state);
			},
		};
	}
}

interface PollPass {
	/** Whether the poll has not been given up in the meantime. */
	isValid(): boolean;
	leave(): void;
}
