import type { Polled } from './pollLines';
import type { PollState } from './pollState';
import type { Situation } from './takeUp';

interface Remembered {
	/** The newest state that is sure to hold nothing that n8n did not take. */
	readonly settled?: PollState;
	/** The state, as JSON, that n8n kept when polls without an emission made `settled` of it. */
	readonly madeOf?: string;
	/** The state after the newest emission of this process, whether or not n8n took it. */
	readonly emitted?: PollState;
	/** Whether this process has become the leader, and no poll of it has succeeded since. */
	readonly isHandOver?: boolean;
}

/** What n8n says about a poll. */
interface PollStart {
	/** Whether n8n stores the state of a poll in one step with starting the execution. */
	readonly isAtomic: boolean;
	/** Whether another process was the leader, and polled, up to now. */
	readonly isNewLeader: boolean;
}

/**
 * What a process remembers of its polls, by node, in addition to the state that n8n keeps. n8n
 * keeps a node's state under the node's name, and in some settings only from the second poll on:
 * without this, renaming a node in a running workflow would leave out what came since the last
 * poll. In some settings n8n also does not store the state of a poll that brought nothing: each
 * poll would begin at the same place forever.
 */
export class PollMemory {
	private readonly nodes = new Map<string, Remembered>();

	/** @param mark identifies this n8n process */
	constructor(private readonly mark: string) {}

	/**
	 * What to continue from.
	 *
	 * @param kept the state that n8n kept
	 */
	open(node: string, kept: PollState | undefined, { isAtomic, isNewLeader }: PollStart): Situation {
		const before: Remembered = this.nodes.get(node) ?? {};
		const { emitted, madeOf } = before;
		const isAsItWas = kept === undefined || JSON.stringify(kept) === madeOf;
		// What n8n kept is settled: its last emission was taken, or another process makes it good.
		const state = isAsItWas ? before.settled : kept;
		const isHandOver = isNewLeader || before.isHandOver;
		this.nodes.set(node, {
			settled: state,
			madeOf: isAsItWas ? madeOf : undefined,
			emitted,
			isHandOver,
		});
		if (!state) return { name: 'first' };
		if (isAtomic) return { name: 'own', state };
		if (state.processes.at(-1)?.mark !== this.mark) {
			const own = state.processes.find(({ mark }) => mark === this.mark);
			const goesBackToOwn = own?.emission === emitted?.emissions;
			return { name: 'takeover', state, ownPlace: goesBackToOwn ? emitted : undefined };
		}
		const isOlder = emitted !== undefined && state.emissions < emitted.emissions;
		return { name: isHandOver || isOlder ? 'handOver' : 'own', state };
	}

	/**
	 * Remembers a poll that succeeded.
	 *
	 * @param kept the state that n8n kept when the poll was opened
	 */
	close(node: string, { state, emission }: Polled, kept: PollState | undefined): void {
		const { settled, madeOf, emitted }: Remembered = this.nodes.get(node) ?? {};
		this.nodes.set(
			node,
			emission
				? { settled, madeOf, emitted: state }
				: { settled: state, madeOf: kept && JSON.stringify(kept), emitted },
		);
	}
}
