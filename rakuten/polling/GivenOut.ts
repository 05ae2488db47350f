import { KnownLines, lineHash } from './KnownLines';
import type { Emission, ItemFields, LinePlace, PollState, Progress, Sweep } from './pollState';
import { sameLineId } from './notices';
import { compareLines, endOfDay, isAfter, windowDone } from './sweep';
import type { LineWindow, PollRules } from './sweep';
import { knownLines } from './takeUp';

/** A line as a source read it. */
export interface PolledLine {
	/** Its line ID, or for what can't be read a text that is the same each time. */
	readonly id: string;
	/** Its process date in milliseconds; undefined if it is not known. */
	readonly at: number | undefined;
	readonly output: keyof Emission;
	readonly json: ItemFields;
	/** A text that is the same for equal records; left out where the ID makes the difference. */
	readonly content?: string;
	/** Whether another line came under its ID first. */
	readonly isSecond?: boolean;
}

/** A line of a window that was not given out before. */
interface NewLine {
	readonly line: PolledLine;
	/** Its place in the sweep; undefined if its date does not say. */
	readonly place: LinePlace | undefined;
	readonly hash: string;
}

/** What one poll gives out, and the lines it knows. */
export class GivenOut {
	readonly transactions: ItemFields[] = [];
	readonly notices: ItemFields[] = [];
	/** Lines that were given out before. */
	readonly known: KnownLines;
	/** Lines that are in this emission. */
	readonly lines = new KnownLines();
	/** What this poll has read under each line ID, in the order it was met: equal records once. */
	private readonly contents = new Map<string, string[]>();
	/** The number of lines in this emission. */
	count = 0;
	/** Lines up to here may have been given out before. */
	private readonly repeatedTo: number;

	/** @param from the state that the poll continues from */
	constructor(
		private readonly from: PollState,
		private readonly rules: PollRules,
	) {
		this.known = knownLines(from);
		const { repeatedTo = Number.NEGATIVE_INFINITY, forgottenTo = repeatedTo } = from;
		// Asked for whole days, a source also returned what came after the last full second.
		const repeated = rules.wholeDays ? endOfDay(repeatedTo) : repeatedTo;
		this.repeatedTo = Math.max(repeated, forgottenTo);
	}

	get room(): number {
		return this.rules.mostLines - this.count;
	}

	get isEmpty(): boolean {
		return this.transactions.length === 0 && this.notices.length === 0;
	}

	/** Gives out a notice: in doubt whether lines were given out before, notices may have been too. */
	note(notice: ItemFields): void {
		this.notices.push(this.from.repeatedTo === undefined ? notice : repeated(notice));
	}

	/**
	 * Gives out the new lines of a window, oldest first, as far as there is room, and returns the
	 * progress by then.
	 */
	take(
		lines: readonly PolledLine[],
		window: LineWindow,
		progress: Progress,
		sweep: Sweep,
	): Progress {
		const news = this.newLines(lines, window, sweep);
		const taken = news.slice(0, this.room);
		for (const each of taken) this.give(each, window, sweep);
		if (taken.length === news.length) return windowDone(progress, sweep, window, this.rules);
		const done = taken.at(-1)?.place ?? sweep.done;
		return { ...progress, sweep: { ...sweep, done } };
	}

	/**
	 * In the order of the sweep. A line whose date is not known, or lies outside of the window that
	 * brought it, has no place in that order: it comes first, and is known for as long as it may come again.
	 */
	private newLines(lines: readonly PolledLine[], window: LineWindow, sweep: Sweep): NewLine[] {
		const unplaced: NewLine[] = [];
		const placed: Array<NewLine & { place: LinePlace }> = [];
		const met = new Set<string>();
		for (const line of this.numbered(lines)) {
			const hash = lineHash(line.id);
			if (met.has(hash) || this.known.has(hash) || this.lines.has(hash)) continue;
			met.add(hash);
			const { at } = line;
			if (at === undefined || at < window.from || at > window.to) {
				unplaced.push({ line, hash, place: undefined });
				continue;
			}
			const place = { at, hash };
			if (isAfter(place, sweep.done)) placed.push({ line, hash, place });
		}
		placed.sort((a, b) => compareLines(a.place, b.place));
		return [...unplaced, ...placed];
	}

	/**
	 * Lines that differ although they have the same ID are numbered as in a report: `X`, `X#2`. The
	 * oldest keeps the ID alone, so that each has the same one when it is read again.
	 */
	private numbered(lines: readonly PolledLine[]): PolledLine[] {
		const inOrder = lines.some(({ content }) => content !== undefined)
			? [...lines].sort(byAgeAndContent)
			: lines;
		return inOrder.map((line) => {
			if (line.content === undefined) return line;
			const contents = this.contents.get(line.id) ?? [];
			this.contents.set(line.id, contents);
			if (!contents.includes(line.content)) contents.push(line.content);
			const number = contents.indexOf(line.content) + 1;
			if (number === 1) return line;
			const id = `${line.id}#${number}`;
			return { ...line, id, json: { ...line.json, lineId: id }, isSecond: true };
		});
	}

	private give({ line, place, hash }: NewLine, window: LineWindow, sweep: Sweep): void {
		const at = place?.at ?? window.to;
		if (!place || at >= sweep.keepFrom) this.lines.add(hash, at);
		// Without a date a line may be of any age.
		const isRepeated = place ? at <= this.repeatedTo : Number.isFinite(this.repeatedTo);
		this[line.output].push(isRepeated ? repeated(line.json) : line.json);
		this.count++;
		if (line.isSecond) this.note(sameLineId(line.id));
	}
}

function byAgeAndContent(a: PolledLine, b: PolledLine): number {
	const [first, second] = [a.at ?? 0, b.at ?? 0];
	if (first !== second) return first - second;
	return (a.content ?? '') < (b.content ?? '') ? -1 : 1;
}

const repeated = (json: ItemFields): ItemFields => ({ ...json, possiblyRepeated: true });
