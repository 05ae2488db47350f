import { KnownLines } from './KnownLines';
import type { Emitter, PollState, Progress } from './pollState';
import { floorFor, lastPastSecond, reached } from './sweep';
import type { PollRules } from './sweep';
import { minute } from '../date/milliseconds';

/**
 * How a poll relates to the state that n8n kept. n8n stores a state and starts the execution in two
 * steps: a process that ended in between leaves either a batch that nobody got, or a batch that the
 * state does not contain. Only the process that gave out a batch knows, by still running, that it
 * arrived.
 *
 * - `first`: There is no state. The poll records what is there.
 * - `own`: This process polled last, or n8n stores the state together with the execution. The poll
 * continues from the state.
 * - `handOver`: This process polled last as far as the state shows. But another process was the
 * leader since, or an older state was restored. The poll continues from the state and marks lines.
 * - `takeover`: Another process polled last. The poll reads its last batch again and marks lines.
 *
 * Lines are marked until one sweep has gone through everything that was there at that moment.
 */
export type Situation =
	| { readonly name: 'first' }
	| { readonly name: 'own' | 'handOver'; readonly state: PollState }
	| {
			readonly name: 'takeover';
			readonly state: PollState;
			/**
			 * The state after this process's own newest emission, if `state` goes back to it: that one
			 * arrived, and reading on from there brings everything that other processes gave out since.
			 * Otherwise processes that take turns would bring the same batch again and again.
			 */
			readonly ownPlace?: PollState;
	  };

/** A poll that has a state to continue from. */
type NextPoll = Exclude<Situation, { name: 'first' }>;

/** One poll: when, and by whom. */
export interface PollRun {
	/** Milliseconds since 1970, by n8n's clock. */
	readonly now: number;
	/** The mark of this n8n process. */
	readonly process: string;
	/** Whether there is time to read another window. */
	timeLeft(): boolean;
}

/** The number of processes that are told apart when they take turns. */
const mostProcesses = 4;

/** The state to continue from, as if it had been stored. */
export function takeUp(poll: NextPoll, rules: PollRules, { now, process }: PollRun): PollState {
	const state = poll.name === 'takeover' ? takeOver(poll, process) : poll.state;
	const isSameSource = state.source === rules.source;
	if (poll.name === 'own' && isSameSource) return state;
	const uncertain = uncertainUpTo(state, poll.state, now);
	if (isSameSource) return { ...state, repeatedTo: uncertain };
	// The lines of the other source may have other IDs, and its windows other limits.
	return {
		...state,
		...withoutSweep(state, rules),
		// Asked for whole days, the other source returned what was newer than the last full second.
		repeatedTo: uncertain + minute,
		span: undefined,
	};
}

function takeOver(
	{ state: kept, ownPlace }: NextPoll & { name: 'takeover' },
	process: string,
): PollState {
	const own = kept.processes.find(({ mark }) => mark === process) ?? { mark: process, emission: 0 };
	return {
		...(ownPlace ? { ...ownPlace, known: knownLines(ownPlace).write() } : beforeLastBatch(kept)),
		batch: undefined,
		emissions: kept.emissions,
		processes: withLatest(kept.processes, own),
	};
}

/** Notices of the last batch come again as well, as nothing shows that they arrived. */
const beforeLastBatch = (kept: PollState): PollState => ({
	...kept,
	...(kept.batch && progressOf(kept.batch.before)),
	forgottenTo: undefined,
	silenceToldAfter: undefined,
});

/** All lines that were given out. */
export function knownLines({ known, batch }: PollState): KnownLines {
	const lines = linesOf(known);
	if (batch) lines.addAll(linesOf(batch.lines));
	return lines;
}

const linesOf = (text: string) => KnownLines.read(text) ?? new KnownLines();

/** The latest one comes last, and the one that has been away for longest is forgotten. */
export const withLatest = (others: readonly Emitter[], latest: Emitter): Emitter[] =>
	[...others.filter(({ mark }) => mark !== latest.mark), latest].slice(-mostProcesses);

/**
 * Later than the sweep that is under way: only one that begins now goes through everything. And later
 * than what the process before gave out, whose clock may be ahead.
 */
const uncertainUpTo = ({ sweep }: Progress, kept: PollState, now: number) =>
	Math.max(
		lastPastSecond(now),
		sweep ? sweep.to + 1000 : 0,
		kept.cursor,
		kept.sweep?.done.at ?? 0,
		kept.repeatedTo ?? 0,
	);

/** A progress alone; its `sweep` is named in any case, to replace another one. */
export const progressOf = ({ cursor, knownFrom, sweep }: Progress): Progress => ({
	cursor,
	knownFrom,
	sweep,
});

/** Whole units of the new source are known: what it returns of the first one must not be forgotten. */
const withoutSweep = (progress: Progress, rules: PollRules): Progress => ({
	cursor: reached(progress),
	knownFrom: floorFor(rules, progress.knownFrom),
	sweep: undefined,
});
