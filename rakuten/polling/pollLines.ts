import type { RakutenProblem } from '../problem';
import { GivenOut } from './GivenOut';
import type { PolledLine } from './GivenOut';
import { KnownLines, lineHash } from './KnownLines';
import { missingRange, overlapTooLarge, silence } from './notices';
import type { Emission, PollState, Progress } from './pollState';
import {
	endingBy,
	firstProgress,
	firstWindow,
	lastPastSecond,
	nextWindow,
	startSweep,
} from './sweep';
import type { LineWindow, PollRules } from './sweep';
import { progressOf, takeUp, withLatest } from './takeUp';
import type { PollRun, Situation } from './takeUp';

/** A window held more than can be read at once; the problem is for a window that can't be shorter. */
export interface TooMuch {
	readonly tooMuch: RakutenProblem;
}

/** All lines of a window, in any order. */
export interface WindowLines {
	readonly lines: readonly PolledLine[];
	/**
	 * Rakuten's own clock when it began to answer (ms); undefined if it does not say. What it
	 * processes after that is in no answer yet, even if by n8n's clock the window was over.
	 */
	readonly clock?: number;
}

/** Reads a window. Throws if that fails; what it returns is complete. */
export type ReadLines = (window: LineWindow) => Promise<WindowLines | TooMuch>;

/** How a poll ended. The state has to be kept whether or not there is something to emit. */
export interface Polled {
	readonly state: PollState;
	readonly emission?: Emission;
}

/**
 * One poll: gives out the lines that were not given out before. Reads windows of a sweep, oldest
 * first, while there is room and time; the next poll continues where this one ends. The first poll
 * only notes what is there already. When `read` throws, nothing has changed.
 */
export async function pollLines(
	situation: Situation,
	rules: PollRules,
	run: PollRun,
	read: ReadLines,
): Promise<Polled> {
	if (situation.name === 'first') return { state: await firstPoll(rules, run, read) };
	const from = takeUp(situation, rules, run);
	const out = new GivenOut(from, rules);
	const start = startSweep(progressOf(from), rules, run.now);
	if (start.missing) out.note(missingRange(start.missing, daysOf(rules)));
	const reading = await readWindows(start.progress, from, out, rules, run, read);
	const { progress } = reading;

	const lastArrival = out.count > 0 ? run.now : from.lastArrival;
	const isSilent =
		rules.silence > 0 &&
		!progress.sweep &&
		run.now - lastArrival >= rules.silence &&
		from.silenceToldAfter !== lastArrival;
	if (isSilent) out.note(silence(lastArrival, run.now));

	const state: PollState = {
		...from,
		...progressOf(progress),
		source: rules.source,
		forgottenTo: stillAhead(from.forgottenTo, progress.knownFrom),
		repeatedTo: reading.repeatedTo,
		span: reading.span,
		lastArrival,
		silenceToldAfter: isSilent ? lastArrival : from.silenceToldAfter,
	};
	return out.isEmpty ? { state: withoutBlanks(state) } : emit(state, from, out, rules, run);
}

async function readWindows(
	start: Progress,
	from: PollState,
	out: GivenOut,
	rules: PollRules,
	run: PollRun,
	read: ReadLines,
): Promise<Pick<PollState, 'span' | 'repeatedTo'> & { progress: Progress }> {
	let progress = start;
	let { repeatedTo, span = rules.longestWindow } = from;
	for (let windows = 0; windows < rules.windowsPerPoll; windows++) {
		const { sweep: planned } = progress;
		if (!planned || out.room <= 0 || (windows > 0 && !run.timeLeft())) break;
		const window = nextWindow(planned, span, rules);
		const answer = await read(window);
		if ('tooMuch' in answer) {
			const length = window.to - window.from;
			if (length <= rules.shortestWindow && out.isEmpty) throw answer.tooMuch;
			span = Math.max(Math.floor(length / 2), rules.shortestWindow);
			break;
		}
		const sweep = endingBy(planned, answer.clock, rules);
		progress = out.take(answer.lines, window, progress, sweep);
		span = Math.min(span * 2, rules.longestWindow);
		// All that could be seen when the state was taken up has been given out or is known.
		if (!progress.sweep && repeatedTo !== undefined && sweep.to >= repeatedTo) {
			repeatedTo = undefined;
		}
	}
	return { progress, span: span === rules.longestWindow ? undefined : span, repeatedTo };
}

async function firstPoll(rules: PollRules, run: PollRun, read: ReadLines): Promise<PollState> {
	// Also read where it is not needed: activation has to show whether the access works.
	const { lines, window, now } = await readFirst(rules, run.now, read);
	const known = new KnownLines();
	if (rules.startBack === 0) {
		for (const { id, at } of lines) known.add(lineHash(id), dateWithin(window, at));
	}
	return withoutBlanks({
		version: 1,
		source: rules.source,
		processes: [{ mark: run.process, emission: 0 }],
		emissions: 0,
		...firstProgress(rules, now),
		forgottenTo: known.forgetOldest(rules.mostKnown),
		known: known.write(),
		lastArrival: run.now,
	});
}

/** What is there already: by Rakuten's clock, if n8n's is ahead of it. */
async function readFirst(
	rules: PollRules,
	now: number,
	read: ReadLines,
): Promise<{ lines: readonly PolledLine[]; window: LineWindow; now: number }> {
	const window = firstWindow(rules, now);
	const answer = await read(window);
	if ('tooMuch' in answer) throw answer.tooMuch;
	const { lines, clock = now } = answer;
	return lastPastSecond(clock) < lastPastSecond(now)
		? await readFirst(rules, clock, read)
		: { lines, window, now };
}

/** The state with a batch of which only this process will know whether it arrived. */
function emit(
	state: PollState,
	from: PollState,
	out: GivenOut,
	{ mostKnown }: PollRules,
	run: PollRun,
): Polled {
	const { known, lines, transactions, notices } = out;
	// Not up to the new cursor: going back to before the batch must find them known.
	known.forgetBefore(from.knownFrom);
	const forgottenTo = known.forgetOldest(Math.max(mostKnown - lines.size, 0));
	if (forgottenTo !== undefined && state.forgottenTo === undefined) {
		out.note(overlapTooLarge(mostKnown, forgottenTo));
	}
	const emissions = state.emissions + 1;
	const emitted: PollState = {
		...state,
		// A batch before this one arrived, as its process lives on: nobody has to go back further.
		processes: withLatest(from.batch ? [] : from.processes, {
			mark: run.process,
			emission: emissions,
		}),
		emissions,
		known: known.write(),
		forgottenTo: latest(forgottenTo, state.forgottenTo),
		batch: { before: progressOf(from), lines: lines.write() },
	};
	return { state: withoutBlanks(emitted), emission: { transactions, notices } };
}

const daysOf = ({ reach }: PollRules) => Math.round((reach ?? 0) / 86_400_000);

const dateWithin = ({ from, to }: LineWindow, at: number | undefined) =>
	at === undefined || at < from || at > to ? to : at;

const stillAhead = (at: number | undefined, of: number) =>
	at !== undefined && at >= of ? at : undefined;

const latest = (a: number | undefined, b: number | undefined) =>
	a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);

/** Without the fields that are not set: as JSON leaves them out, and a state is compared with its JSON. */
const withoutBlanks = (state: PollState): PollState =>
	JSON.parse(JSON.stringify(state)) as PollState;
