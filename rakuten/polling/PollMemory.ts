import type { PollState } from './PollState';
import type { Polled } from './pollLines';

interface Remembered {
	/** The newest emission of this process, whether or not n8n took it. */
	emissions: number;
	/** The newest state that is sure to hold nothing that n8n did not take. */
	settled: PollState | undefined;
}

/**
 * What a process remembers of its polls beside the state that n8n keeps, by node. n8n keeps a node's
 * state under its name, and in some settings not before the second poll: without this, renaming a
 * node in a running workflow would leave out what came since the last poll.
 */
export class PollMemory {
	private readonly nodes = new Map<string, Remembered>();

	/** The state to go on from, given the one that n8n kept; and whether this process knows of a newer one. */
	open(node: string, kept: PollState | undefined): { state?: PollState; isStale: boolean } {
		const remembered = this.nodes.get(node);
		const state = kept ?? remembered?.settled;
		const emissions = remembered?.emissions ?? 0;
		// What n8n kept is settled: its last emission was taken, or is made good by another process.
		this.nodes.set(node, { emissions, settled: state });
		return { state, isStale: state !== undefined && state.emissions < emissions };
	}

	close(node: string, { state, emission }: Polled): void {
		const remembered = this.nodes.get(node);
		this.nodes.set(node, {
			emissions: Math.max(remembered?.emissions ?? 0, state.emissions),
			settled: emission ? remembered?.settled : state,
		});
	}
}
