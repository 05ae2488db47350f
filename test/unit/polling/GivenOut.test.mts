import { GivenOut } from '../../../rakuten/polling/GivenOut';
import type { PolledLine } from '../../../rakuten/polling/GivenOut';
import { lineHash } from '../../../rakuten/polling/KnownLines';
import type { PollState, Progress, Sweep } from '../../../rakuten/polling/pollState';
import { day, minute, second, someRules } from './pollWorld.mts';

const start = Date.UTC(2026, 4, 1, 12);
const window = { from: start, to: start + 10 * minute };

const state = (more: Partial<PollState> = {}): PollState => ({
	version: 1,
	source: 'events',
	processes: [],
	emissions: 0,
	known: '',
	lastArrival: start,
	cursor: start,
	knownFrom: start,
	...more,
});

const sweep: Sweep = { to: window.to, keepFrom: start, done: { at: start, hash: '' } };
const progress: Progress = { cursor: start, knownFrom: start, sweep };

const line = (
	id: string,
	minutes: number | undefined,
	more: Partial<PolledLine> = {},
): PolledLine => ({
	id,
	at: minutes === undefined ? undefined : start + minutes * minute,
	output: 'transactions',
	json: { lineId: id },
	...more,
});

function given(
	lines: readonly PolledLine[],
	{ from = {}, rules = {} }: { from?: Partial<PollState>; rules?: Partial<typeof someRules> } = {},
) {
	const out = new GivenOut(state(from), { ...someRules, ...rules });
	const done = out.take(lines, window, progress, sweep);
	return { out, done, ids: out.transactions.map(({ lineId }) => lineId) };
}

describe('lines of one poll', () => {
	it('come by age, then by hash, and those without a place first', () => {
		const same = ['a', 'b', 'c', 'd'].sort((a, b) => (lineHash(a) < lineHash(b) ? -1 : 1));
		const { ids } = given([
			line('late', 9),
			...[...same].reverse().map((id) => line(id, 5)),
			line('early', 1),
			line('dateless', undefined),
			line('outside', 11),
		]);
		expect(ids).toEqual(['dateless', 'outside', 'early', ...same, 'late']);
	});

	it('are placed where their window begins and ends, and nowhere outside', () => {
		const done = { at: start - minute, hash: '' };
		const out = new GivenOut(state(), someRules);
		out.take(
			[line('end', 10), line('first', 0), line('before', -1 / 60), line('after', 10 + 1 / 60)],
			window,
			progress,
			{ ...sweep, done },
		);
		expect(out.transactions.map(({ lineId }) => lineId)).toEqual([
			'before',
			'after',
			'first',
			'end',
		]);
	});

	it('are given out once, however often the answer has them', () => {
		const { ids, out } = given([
			line('a', 1),
			line('a', 1),
			line('b', undefined),
			line('b', undefined),
		]);
		expect(ids).toEqual(['b', 'a']);
		expect(out.count).toBe(2);
	});

	it('are not given out if they are known', () => {
		const { ids } = given([line('a', 1), line('b', 2)], {
			from: { known: `${Math.floor(start / minute).toString(36)}:${lineHash('a')}` },
		});
		expect(ids).toEqual(['b']);
	});

	it('wait where there is no room, without losing their place', () => {
		const lines = [line('a', 1), line('b', 2), line('c', 3)];
		const some = given(lines, { rules: { mostLines: 2 } });
		expect(some.ids).toEqual(['a', 'b']);
		expect(some.done.sweep!.done).toEqual({ at: start + 2 * minute, hash: lineHash('b') });
		const none = given(lines, { rules: { mostLines: 0 } });
		expect(none.done.sweep!.done).toEqual(sweep.done);
		const dateless = given([line('x', undefined), line('a', 1)], { rules: { mostLines: 1 } });
		expect(dateless.done.sweep!.done).toEqual(sweep.done);
		const all = given(lines, { rules: { mostLines: 3 } });
		expect(all.done.sweep).toBeUndefined();
	});

	it('go to their own output', () => {
		const { out } = given([line('a', 1), line('n', 2, { output: 'notices' })]);
		expect(out.transactions).toEqual([{ lineId: 'a' }]);
		expect(out.notices).toEqual([{ lineId: 'n' }]);
		expect(out.isEmpty).toBe(false);
		expect(given([line('n', 2, { output: 'notices' })]).out.isEmpty).toBe(false);
		expect(given([]).out.isEmpty).toBe(true);
	});

	it('are kept as known from where the next sweep begins', () => {
		const { out } = given([line('a', 1), line('b', 2), line('c', undefined)]);
		expect(out.lines.size).toBe(3);
		const late = new GivenOut(state(), someRules);
		late.take([line('a', 1), line('b', 2), line('c', undefined)], window, progress, {
			...sweep,
			keepFrom: start + 2 * minute,
		});
		expect(['a', 'b', 'c'].map((id) => late.lines.has(lineHash(id)))).toEqual([false, true, true]);
	});
});

describe('a mark of repetition', () => {
	const marked = (from: Partial<PollState>, rules = {}) =>
		given([line('none', undefined), line('a', 1), line('b', 2), line('c', 3)], { from, rules })
			.out.transactions.filter(({ possiblyRepeated }) => possiblyRepeated)
			.map(({ lineId }) => lineId);

	it('is on lines up to where they may have been given out, and on those without a date', () => {
		expect(marked({})).toEqual([]);
		expect(marked({ repeatedTo: start + 2 * minute })).toEqual(['none', 'a', 'b']);
		expect(marked({ forgottenTo: start + minute })).toEqual(['none', 'a']);
		expect(marked({ forgottenTo: start + minute, repeatedTo: start + 2 * minute })).toEqual([
			'none',
			'a',
			'b',
		]);
		expect(marked({ forgottenTo: start + 2 * minute, repeatedTo: start + minute })).toEqual([
			'none',
			'a',
			'b',
		]);
	});

	it('is on the rest of the day too if whole days are asked for', () => {
		expect(marked({ repeatedTo: start - second }, { wholeDays: true })).toEqual([
			'none',
			'a',
			'b',
			'c',
		]);
		expect(marked({ repeatedTo: start - day }, { wholeDays: true })).toEqual(['none']);
	});

	it('is on notices if it is in doubt what was given out', () => {
		const sure = new GivenOut(state(), someRules);
		sure.note({ type: 'silence' });
		expect(sure.notices).toEqual([{ type: 'silence' }]);
		const unsure = new GivenOut(state({ repeatedTo: start }), someRules);
		unsure.note({ type: 'silence' });
		expect(unsure.notices).toEqual([{ type: 'silence', possiblyRepeated: true }]);
	});
});

describe('different lines under one ID', () => {
	const twin = (minutes: number, content: string) => line('T', minutes, { content });

	it('are numbered by age, then by what they contain, with a notice for each after the first', () => {
		const lines = [twin(3, 'x'), twin(1, 'z'), twin(1, 'y'), line('other', 2, { content: 'q' })];
		for (const some of [lines, [...lines].reverse()]) {
			const { ids, out } = given(some);
			expect([...ids].sort()).toEqual(['T', 'T#2', 'T#3', 'other']);
			const at = (id: string) => out.transactions.findIndex(({ lineId }) => lineId === id);
			expect(at('T#3')).toBe(3);
			expect(out.notices.map(({ type, lineId }) => `${type} ${lineId}`).sort()).toEqual([
				'sameLineId T#2',
				'sameLineId T#3',
			]);
		}
	});

	it('keep their numbers whichever is oldest', () => {
		const { out } = given([
			line('T', 2, { content: 'a', json: { lineId: 'T', amount: 2 } }),
			line('T', 1, { content: 'b', json: { lineId: 'T', amount: 1 } }),
			line('T', undefined, { content: 'c', json: { lineId: 'T', amount: 0 } }),
		]);
		expect(out.transactions).toEqual([
			{ lineId: 'T', amount: 0 },
			{ lineId: 'T#2', amount: 1 },
			{ lineId: 'T#3', amount: 2 },
		]);
	});

	it('of one age are numbered by what they contain, in whatever order they come', () => {
		const twins = ['b', 'a', 'c'].map((content) =>
			line('T', 1, { content, json: { lineId: 'T', content } }),
		);
		for (const lines of [twins, [...twins].reverse(), [twins[1], twins[2], twins[0]]]) {
			const found = given(lines).out.transactions.map(({ lineId, content }) => [content, lineId]);
			expect(found.sort()).toEqual([
				['a', 'T'],
				['b', 'T#2'],
				['c', 'T#3'],
			]);
		}
		const one = [line('T', 1), line('T', 1, { content: 'a', json: { lineId: 'T', content: 'a' } })];
		for (const lines of [one, [...one].reverse()]) {
			expect(given(lines).out.transactions).toHaveLength(1);
		}
	});

	it('are one if they are equal, also in a later window of the poll', () => {
		const out = new GivenOut(state(), someRules);
		out.take([twin(1, 'x'), twin(1, 'x')], window, progress, sweep);
		out.take([twin(1, 'x'), twin(4, 'y')], window, progress, sweep);
		expect(out.transactions.map(({ lineId }) => lineId)).toEqual(['T', 'T#2']);
		expect(out.notices).toHaveLength(1);
	});

	it('are one where their content is not known', () => {
		const { ids, out } = given([line('T', 1), line('T', 2)]);
		expect(ids).toEqual(['T']);
		expect(out.notices).toEqual([]);
		expect(given([line('T', 1), twin(2, 'x')]).ids).toEqual(['T']);
	});
});
