import type { PollState } from './pollState';
import type { Polled } from './pollLines';

interface Remembered {
	/** The newest emission of this process, whether or not n8n took it. */
	readonly emissions: number;
	/** The newest state that is sure to hold nothing that n8n did not take. */
	readonly settled: PollState | undefined;
	/** The state with the newest emission of this process, whether or not n8n took it. */
	readonly emitted?: PollState;
	/** Whether this process has become the leader, and has not polled with success since. */
	readonly isHandOver?: boolean;
	/** What polls without an emission made of a state, while n8n keeps that state as it was. */
	readonly unsaved?: { readonly of: string; readonly state: PollState };
}

/** What a poll begins with. */
export interface Opened {
	/** The state to go on from; undefined for the first poll. */
	readonly state?: PollState;
	/** Whether this process knows of a newer one. */
	readonly isStale: boolean;
	/** Whether another process may have polled since this one did with success. */
	readonly isHandOver: boolean;
	/** The state after the newest emission of this process. */
	readonly emitted?: PollState;
}

/**
 * What a process remembers of its polls beside the state that n8n keeps, by node. n8n keeps a node's
 * state under its name, and in some settings not before the second poll: without this, renaming a
 * node in a running workflow would leave out what came since the last poll. Nor does it store, in
 * some settings, the state of a poll that brought nothing: it would begin at the same place for ever.
 */
export class PollMemory {
	private readonly nodes = new Map<string, Remembered>();

	/**
	 * What to go on from.
	 *
	 * @param kept the state that n8n kept
	 * @param isNewLeader whether another process has polled up to now
	 */
	open(node: string, kept: PollState | undefined, isNewLeader: boolean): Opened {
		const remembered: Partial<Remembered> = this.nodes.get(node) ?? {};
		const { emissions = 0, settled, emitted, unsaved } = remembered;
		const isHandOver = isNewLeader || remembered.isHandOver === true;
		const isAsItWas = kept && unsaved && unsaved.of === JSON.stringify(kept);
		const state = isAsItWas ? unsaved.state : (kept ?? settled);
		// What n8n kept is settled: its last emission was taken, or is made good by another process.
		this.nodes.set(node, { emissions, settled: state, emitted, isHandOver });
		const isStale = state !== undefined && state.emissions < emissions;
		return { state, isStale, isHandOver, emitted };
	}

	/** @param kept the state that n8n kept when the poll was opened */
	close(node: string, { state, emission }: Polled, kept: PollState | undefined): void {
		const remembered = this.nodes.get(node);
		this.nodes.set(node, {
			emissions: Math.max(remembered?.emissions ?? 0, state.emissions),
			settled: emission ? remembered?.settled : state,
			emitted: emission ? state : remembered?.emitted,
			...(!emission && kept ? { unsaved: { of: JSON.stringify(kept), state } } : {}),
		});
	}
}
