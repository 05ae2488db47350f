import { KnownLines, lineHash } from '../../../rakuten/polling/KnownLines';
import { pollLines } from '../../../rakuten/polling/pollLines';
import type { ReadLines } from '../../../rakuten/polling/pollLines';
import type { PollState } from '../../../rakuten/polling/pollState';
import type { PolledLine } from '../../../rakuten/polling/GivenOut';
import type { LineWindow } from '../../../rakuten/polling/sweep';
import type { Situation } from '../../../rakuten/polling/takeUp';
import { RakutenProblem } from '../../../rakuten/problem';
import { day, hour, minute, second, someRules } from './pollWorld.mts';

const now = Date.UTC(2026, 4, 1, 12);
const last = now - second;

const line = (id: string, at: number | undefined): PolledLine => ({
	id,
	at,
	output: 'transactions',
	json: { lineId: id },
});

/** One poll, and the windows that it read. */
async function poll(
	situation: Situation,
	{
		rules = {},
		lines = [],
		timeLeft = () => true,
		clock,
		read,
	}: {
		rules?: Partial<typeof someRules> & { reach?: number };
		lines?: PolledLine[];
		timeLeft?: () => boolean;
		clock?: number;
		read?: ReadLines;
	} = {},
) {
	const windows: LineWindow[] = [];
	const polled = await pollLines(
		situation,
		{ ...someRules, ...rules },
		{ now, process: 'p', timeLeft },
		async (window) => {
			windows.push(window);
			return read ? await read(window) : { lines, clock };
		},
	);
	return { ...polled, windows };
}

const own = (more: Partial<PollState> = {}): Situation => ({
	name: 'own',
	state: {
		version: 1,
		source: 'events',
		processes: [{ mark: 'p', emission: 0 }],
		emissions: 0,
		known: '',
		lastArrival: last,
		cursor: last - 5 * hour,
		knownFrom: last - 6 * hour,
		...more,
	},
});

const tooMuch = new RakutenProblem('tooMany', 'Too many lines', '');

describe('the first poll', () => {
	const known = (text: string | undefined, id: string) => KnownLines.read(text!)!.has(lineHash(id));

	it('knows what is there already, each line with its date, or with the end of the window', async () => {
		const from = last - 30 * minute;
		const { state, windows, emission } = await poll(
			{ name: 'first' },
			{
				lines: [
					line('in', last - minute),
					line('first', from),
					line('early', from - 1),
					line('late', last + 1),
					line('dateless', undefined),
				],
			},
		);
		expect(emission).toBeUndefined();
		expect(windows).toEqual([{ from, to: last }]);
		const lines = KnownLines.read(state.known)!;
		expect(lines.size).toBe(5);
		// What has no date within the window is known for as long as the newest.
		lines.forgetBefore(from + minute);
		expect(
			['in', 'first', 'early', 'late', 'dateless'].map((id) => lines.has(lineHash(id))),
		).toEqual([true, false, true, true, true]);
		lines.forgetBefore(last);
		expect(['in', 'early', 'late', 'dateless'].map((id) => lines.has(lineHash(id)))).toEqual([
			false,
			true,
			true,
			true,
		]);
		expect(state).toMatchObject({ cursor: last, knownFrom: from, lastArrival: now, emissions: 0 });
		expect(state.forgottenTo).toBeUndefined();
	});

	it('knows nothing if lines are wanted from further back', async () => {
		const { state } = await poll(
			{ name: 'first' },
			{ rules: { startBack: hour }, lines: [line('in', last)] },
		);
		expect(known(state.known, 'in')).toBe(false);
		expect(state.cursor).toBe(last - hour);
	});

	it('says which lines it could not remember', async () => {
		const { state } = await poll(
			{ name: 'first' },
			{ rules: { mostKnown: 1 }, lines: [line('old', last - 10 * minute), line('new', last)] },
		);
		expect(known(state.known, 'new')).toBe(true);
		expect(state.forgottenTo).toBe(Math.floor((last - 10 * minute) / minute) * minute + minute - 1);
	});

	it('fails with the problem of a window that holds too much', async () => {
		await expect(poll({ name: 'first' }, { read: async () => ({ tooMuch }) })).rejects.toBe(
			tooMuch,
		);
	});

	it("looks again by Rakuten's clock if n8n's is ahead", async () => {
		const { windows, state } = await poll({ name: 'first' }, { clock: now - hour });
		expect(windows.map(({ to }) => to)).toEqual([last, last - hour]);
		expect(state.cursor).toBe(last - hour);
		expect((await poll({ name: 'first' }, { clock: now + 900 })).windows).toHaveLength(1);
	});
});

describe('the windows of a poll', () => {
	it('are as many as it may read', async () => {
		const rules = { longestWindow: hour, windowsPerPoll: 2 };
		const { windows, state } = await poll(own(), { rules });
		expect(windows).toHaveLength(2);
		expect(state.sweep!.done.at).toBe(windows[1]!.to);
		const one = await poll(own(), { rules: { ...rules, windowsPerPoll: 1 } });
		expect(one.windows).toHaveLength(1);
	});

	it('are one at least, whatever the time', async () => {
		const { windows } = await poll(own(), {
			rules: { longestWindow: hour },
			timeLeft: () => false,
		});
		expect(windows).toHaveLength(1);
	});

	it('are half as long after one that holds too much, but not shorter than the shortest', async () => {
		const read: ReadLines = async () => ({ tooMuch });
		const half = await poll(own(), { rules: { longestWindow: hour }, read });
		expect(half.windows).toHaveLength(1);
		expect(half.state.span).toBe(30 * minute);
		const short = await poll(own({ span: 90 * second }), { rules: { longestWindow: hour }, read });
		expect(short.state.span).toBe(minute);
		await expect(
			poll(own({ span: minute }), { rules: { longestWindow: hour }, read }),
		).rejects.toBe(tooMuch);
	});

	it('grow again, up to the longest, which is not noted', async () => {
		const rules = { longestWindow: hour, windowsPerPoll: 1 };
		const grown = await poll(own({ span: 10 * minute }), { rules });
		expect(grown.state.span).toBe(20 * minute);
		const longest = await poll(own({ span: 40 * minute }), { rules });
		expect(longest.state).not.toHaveProperty('span');
	});
});

describe('what a poll keeps in mind', () => {
	it('is a doubt until everything up to its moment was read', async () => {
		const doubt = { repeatedTo: last - hour };
		const done = await poll(own(doubt));
		expect(done.state).not.toHaveProperty('repeatedTo');
		const same = await poll(own({ repeatedTo: last }));
		expect(same.state).not.toHaveProperty('repeatedTo');
		const later = await poll(own({ repeatedTo: last + second }));
		expect(later.state.repeatedTo).toBe(last + second);
		const partly = await poll(own(doubt), { rules: { longestWindow: hour, windowsPerPoll: 1 } });
		expect(partly.state.repeatedTo).toBe(last - hour);
	});

	it('is up to where it forgot, while that can come again', async () => {
		const knownFrom = last - 30 * minute;
		expect((await poll(own({ forgottenTo: knownFrom }))).state.forgottenTo).toBe(knownFrom);
		expect((await poll(own({ forgottenTo: knownFrom - 1 }))).state).not.toHaveProperty(
			'forgottenTo',
		);
	});

	it('is the later of two places up to which it forgot, and the notice comes once', async () => {
		const given = new KnownLines();
		given.add(lineHash('a'), last - 20 * minute);
		given.add(lineHash('b'), last - 10 * minute);
		const lines = [line('a', last - 20 * minute), line('b', last - 10 * minute), line('c', last)];
		const rules = { mostKnown: 2 };
		const known = given.write();
		const first = await poll(own({ known }), { rules, lines });
		expect(first.emission!.transactions).toEqual([{ lineId: 'c' }]);
		expect(first.emission!.notices).toMatchObject([{ type: 'overlapTooLarge' }]);
		const minuteOfA = Math.floor((last - 20 * minute) / minute) * minute + minute - 1;
		expect(first.state.forgottenTo).toBe(minuteOfA);
		const later = last - 5 * minute;
		const again = await poll(own({ known, forgottenTo: later }), { rules, lines });
		expect(again.emission!.notices).toEqual([]);
		expect(again.state.forgottenTo).toBe(later);
		const earlier = await poll(own({ known, forgottenTo: minuteOfA - minute }), { rules, lines });
		expect(earlier.state.forgottenTo).toBe(minuteOfA);
		const enough = await poll(own({ known }), { rules: { mostKnown: 3 }, lines });
		expect(enough.emission!.notices).toEqual([]);
		const full = await poll(own({ known }), { rules: { mostKnown: 0 }, lines });
		expect(full.emission!.transactions).toEqual([{ lineId: 'c' }]);
	});
});

describe('a notice of a poll', () => {
	it('says how many days back the source reaches, and what is missing', async () => {
		const { emission } = await poll(own({ cursor: now - 40 * day, knownFrom: now - 41 * day }), {
			rules: { reach: 29 * day },
		});
		expect(emission!.notices).toMatchObject([
			{ type: 'missingRange', message: expect.stringContaining('older than the 29 days') },
		]);
	});

	it('of silence comes once, when nothing is left to read', async () => {
		const rules = { silence: hour };
		const quiet = { lastArrival: now - hour };
		const told = await poll(own(quiet), { rules });
		expect(told.emission!.notices).toMatchObject([{ type: 'silence', hours: 1 }]);
		expect(told.state.silenceToldAfter).toBe(now - hour);
		const again = await poll({ name: 'own', state: told.state }, { rules });
		expect(again.emission).toBeUndefined();
		expect((await poll(own({ lastArrival: now - hour + 1 }), { rules })).emission).toBeUndefined();
		const busy = { ...rules, longestWindow: hour, windowsPerPoll: 1 };
		expect((await poll(own(quiet), { rules: busy })).emission).toBeUndefined();
		expect((await poll(own(quiet))).emission).toBeUndefined();
		const arrived = await poll(own(quiet), { rules, lines: [line('a', last)] });
		expect(arrived.emission!.notices).toEqual([]);
		expect(arrived.state.lastArrival).toBe(now);
	});
});
