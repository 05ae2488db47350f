import { RakutenProblem } from '../problem';
import { KnownLines } from './KnownLines';

/** A line's place in a sweep: its process date (ms), then its hash. */
export interface LinePlace {
	readonly at: number;
	readonly hash: string;
}

/** One way through all lines of a closed range, oldest first; it may take several polls. */
export interface Sweep {
	/** The last moment of the range, in the past when the sweep began. */
	readonly to: number;
	/** Lines from here on overlap with the next sweep, and have to be known by then. */
	readonly keepFrom: number;
	/** Lines up to here are done. */
	readonly done: LinePlace;
}

/** How far everything has been given out. */
export interface Progress {
	/** All lines processed up to here that could be seen by then have been given out. */
	readonly cursor: number;
	/** The known lines are complete from here on; nothing before it is read again. */
	readonly knownFrom: number;
	readonly sweep?: Sweep;
}

/** The fields of an item. */
export type ItemFields = Record<string, unknown>;

/** What the node emits, by output. */
export interface Emission {
	readonly transactions: readonly ItemFields[];
	readonly notices: readonly ItemFields[];
}

/** The newest emission, of which it is not certain that an execution was started with it. */
interface LastBatch {
	/** The progress before it: reading on from there brings it again. */
	readonly before: Progress;
	/** Its lines, as KnownLines writes them; they are not among the others of the state. */
	readonly lines: string;
}

/** An n8n process, and the newest emission of its own that a state goes back to. */
export interface Emitter {
	readonly mark: string;
	readonly emission: number;
}

/**
 * What a polling trigger remembers from poll to poll, as JSON. All moments are milliseconds since
 * 1970, UTC, and mean process dates unless they say otherwise.
 */
export interface PollState extends Progress {
	readonly version: 1;
	readonly source: string;
	/** The n8n processes that emitted the last batch or continued from it, the latest one last. */
	readonly processes: readonly Emitter[];
	/** Counts emissions. */
	readonly emissions: number;
	/** Lines given out, as KnownLines write them. */
	readonly known: string;
	/** Up to here some known lines were forgotten, because there were too many. */
	readonly forgottenTo?: number;
	/** Lines processed up to here may have been given out by another process. */
	readonly repeatedTo?: number;
	readonly batch?: LastBatch;
	/** The length of a window that could be read at once (ms). */
	readonly span?: number;
	/** When the newest line came, or the trigger was started: by n8n's clock. */
	readonly lastArrival: number;
	/** The `lastArrival` that a notice of silence was given for. */
	readonly silenceToldAfter?: number;
}

const version = 1;

/**
 * Reads what was stored; undefined if nothing was. Throws a RakutenProblem for a state that this
 * version of the node can't continue from: starting over unasked would leave lines out.
 */
export function readPollState(stored: unknown): PollState | undefined {
	if (stored === undefined || stored === null) return undefined;
	// A plain copy: n8n watches what it hands out, which must not change before the poll ends.
	const state = JSON.parse(JSON.stringify(stored)) as Partial<PollState>;
	if (typeof state.version === 'number' && state.version > version) {
		throw new RakutenProblem(
			'newerState',
			'A newer version of the package has run this node and stored notes that this version does not understand',
			'Update the package. Or replace this node with a new one and import what was processed in between with Report > Get, by process date.',
		);
	}
	if (!isState(state)) {
		throw new RakutenProblem(
			'unreadableState',
			'The notes that this node stored in the workflow are damaged',
			'Replace this node with a new one, which starts over. Import what was processed in between with Report > Get, by process date.',
		);
	}
	// Earlier versions kept a small batch whole, with its amounts and sub-IDs.
	return state.batch
		? { ...state, batch: { before: state.batch.before, lines: state.batch.lines } }
		: state;
}

const isMoment = (value: unknown) => Number.isFinite(value);
const isMomentOrNone = (value: unknown) => value === undefined || isMoment(value);
const isKnownLines = (value: unknown) =>
	typeof value === 'string' && KnownLines.read(value) !== undefined;

function isState(state: Partial<PollState>): state is PollState {
	return (
		state.version === version &&
		typeof state.source === 'string' &&
		Array.isArray(state.processes) &&
		state.processes.every(isEmitter) &&
		isMoment(state.emissions) &&
		isMoment(state.lastArrival) &&
		[state.forgottenTo, state.repeatedTo, state.span, state.silenceToldAfter].every(
			isMomentOrNone,
		) &&
		isKnownLines(state.known) &&
		isProgress(state) &&
		(state.batch === undefined || isBatch(state.batch))
	);
}

const isEmitter = (emitter: Partial<Emitter> | null) =>
	typeof emitter?.mark === 'string' && isMoment(emitter.emission);

function isProgress(progress: Partial<Progress> | null | undefined): boolean {
	if (!progress || !isMoment(progress.cursor) || !isMoment(progress.knownFrom)) return false;
	return progress.sweep === undefined || isSweep(progress.sweep);
}

function isSweep(sweep: Partial<Sweep> | null): boolean {
	if (!sweep?.done || !isMoment(sweep.to) || !isMoment(sweep.keepFrom)) return false;
	const { at, hash }: Partial<LinePlace> = sweep.done;
	return isMoment(at) && typeof hash === 'string';
}

const isBatch = (batch: Partial<LastBatch> | null) =>
	batch !== null && isProgress(batch.before) && isKnownLines(batch.lines);
