import { KnownLines } from './KnownLines';
import type { Emission, Emitter, PollState, Progress } from './pollState';
import { floorFor, lastPastSecond, reached } from './sweep';
import type { PollRules } from './sweep';

/** One poll: when, and by whom. */
export interface PollRun {
	/** Milliseconds since 1970, by n8n's clock. */
	readonly now: number;
	/** The mark of this n8n process. */
	readonly process: string;
	/** Whether n8n keeps the state of a poll exactly when it starts the execution. */
	readonly isAtomic: boolean;
	/** Whether this process has emitted more than the state knows of: it is an older one. */
	readonly isStale: boolean;
	/** Whether another process may have emitted since this one did, and n8n not stored it. */
	readonly isHandOver: boolean;
	/** The state after the newest emission of this process. */
	readonly emitted?: PollState;
	/** Whether there is time to read another window. */
	timeLeft(): boolean;
}

/** What a poll goes on from. */
export interface TakenUp {
	readonly progress: Progress;
	/** The progress that brings everything again of which it is not certain that it arrived. */
	readonly before: Progress;
	readonly known: KnownLines;
	/** Lines of the last batch that are emitted again as they were. */
	readonly lines: KnownLines;
	readonly again?: Emission;
	/** The processes to be told apart in the state that follows; this one is the last. */
	readonly processes: readonly Emitter[];
	readonly repeatedTo?: number;
	readonly span?: number;
	/** Whether the last batch is another process's, and what it left is being made good. */
	readonly isTakeover: boolean;
}

const minute = 60_000;

/** So many processes are told apart that take turns. */
const mostProcesses = 4;

/**
 * Takes the state up. n8n stores it and starts the execution one after the other: a process that
 * ended in between has emitted a batch that nobody got. So the first poll of another process brings
 * the last batch again: a small one as it was kept, a larger one by going back to before it. The
 * other way round, an execution may have been started whose state was never stored: so whatever was
 * processed up to now is marked as possibly repeated until one sweep has gone through all of it.
 *
 * A process that comes back after others goes on from where it was itself: of its own emission it
 * knows that it arrived, and of theirs it does not.
 */
export function takeUp(kept: PollState, rules: PollRules, run: PollRun): TakenUp {
	const isOwn = run.isAtomic || kept.processes.at(-1)?.mark === run.process;
	const taken = isOwn ? goOn(kept) : takeOver(kept, run);
	const otherSource =
		kept.source !== rules.source ||
		(!isOwn && run.emitted !== undefined && run.emitted.source !== rules.source);
	const isUncertain = !run.isAtomic && (!isOwn || run.isStale || run.isHandOver);
	const uncertain = uncertainUpTo(taken.progress, kept, run.now);
	if (!otherSource) return { ...taken, repeatedTo: isUncertain ? uncertain : kept.repeatedTo };
	// The lines of the other source may have other ids, and its windows other limits.
	return {
		...taken,
		progress: withoutSweep(taken.progress, rules),
		before: withoutSweep(taken.before, rules),
		// Asked for whole days, the other source told what was newer than the last second that was over.
		repeatedTo: uncertain + minute,
		span: undefined,
	};
}

function goOn(kept: PollState): TakenUp {
	const known = linesOf(kept.known);
	if (kept.batch) known.addAll(linesOf(kept.batch.lines));
	const progress = progressOf(kept);
	const { processes, span } = kept;
	return {
		progress,
		before: progress,
		known,
		lines: new KnownLines(),
		processes,
		span,
		isTakeover: false,
	};
}

function takeOver(kept: PollState, { process, emitted }: PollRun): TakenUp {
	const { batch, span } = kept;
	const others = kept.processes.filter(({ mark }) => mark !== process);
	const own = kept.processes.find(({ mark }) => mark === process);
	const processes = withLatest(others, own ?? { mark: process, emission: 0 });
	if (own && emitted?.emissions === own.emission) {
		return { ...goOn(emitted), processes, isTakeover: true };
	}
	const progress = progressOf(kept);
	const taken = { known: linesOf(kept.known), processes, span, isTakeover: true };
	if (!batch) return { ...taken, progress, before: progress, lines: new KnownLines() };
	const { before, emission } = batch;
	return emission
		? { ...taken, progress, before, lines: linesOf(batch.lines), again: emission }
		: { ...taken, progress: before, before, lines: new KnownLines() };
}

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

const linesOf = (text: string) => KnownLines.read(text) ?? new KnownLines();

const progressOf = ({ cursor, knownFrom, sweep }: Progress): Progress =>
	sweep ? { cursor, knownFrom, sweep } : { cursor, knownFrom };

/** Whole units of the new source are known: what it tells of the first one must not be forgotten. */
const withoutSweep = (progress: Progress, rules: PollRules): Progress => ({
	cursor: reached(progress),
	knownFrom: floorFor(rules, progress.knownFrom),
});
