import fc from 'fast-check';

import type { PollState } from '../../../rakuten/polling/pollState';
import { takeUp } from '../../../rakuten/polling/takeUp';
import { someRules } from './pollWorld.mts';

const moment = fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 });
const progress = fc.record({
	cursor: moment,
	knownFrom: moment,
	sweep: fc.option(
		fc.record({
			to: moment,
			keepFrom: moment,
			done: fc.record({ at: moment, hash: fc.constantFrom('', '~', 'aaaaaaaaaa') }),
		}),
		{ nil: undefined },
	),
});
const states: fc.Arbitrary<PollState> = fc
	.tuple(progress, fc.option(progress, { nil: undefined }), fc.option(moment, { nil: undefined }))
	.map(([own, before, repeatedTo]) => ({
		version: 1,
		source: 'events',
		processes: [{ mark: 'other', emission: 3 }],
		emissions: 3,
		...own,
		known: '1:aaaaaaaaaa',
		batch: before && { before, lines: '2:bbbbbbbbbb' },
		repeatedTo,
		lastArrival: 5,
		silenceToldAfter: 5,
		forgottenTo: 7,
	}));

const run = (now: number) => ({ now, process: 'this', timeLeft: () => true });

describe('a state taken up', () => {
	it('is itself for its own process', () => {
		fc.assert(
			fc.property(states, moment, (state, now) => {
				expect(takeUp({ name: 'own', state }, someRules, run(now))).toEqual(state);
			}),
		);
	});

	it('after a hand-over is the same, marked beyond all that may have been given out', () => {
		fc.assert(
			fc.property(states, moment, (state, now) => {
				const taken = takeUp({ name: 'handOver', state }, someRules, run(now));
				const { repeatedTo = 0, ...same } = taken;
				expect(same).toEqual({ ...state, repeatedTo: undefined });
				// A sweep that is under way does not go through everything, nor end the marking.
				if (state.sweep) expect(repeatedTo).toBeGreaterThan(state.sweep.to);
				for (const at of [now - 2000, state.cursor, state.sweep?.done.at, state.repeatedTo]) {
					expect(repeatedTo).toBeGreaterThanOrEqual(at ?? 0);
				}
			}),
		);
	});

	it("of another process begins before that one's last batch, whose lines are not known", () => {
		fc.assert(
			fc.property(states, moment, (state, now) => {
				const taken = takeUp({ name: 'takeover', state }, someRules, run(now));
				expect(taken).toMatchObject(state.batch?.before ?? {});
				expect(taken).toMatchObject({
					known: '1:aaaaaaaaaa',
					batch: undefined,
					emissions: 3,
					processes: [
						{ mark: 'other', emission: 3 },
						{ mark: 'this', emission: 0 },
					],
					// The notices of the batch may be lost with it.
					silenceToldAfter: undefined,
					forgottenTo: undefined,
				});
				expect(taken.repeatedTo).toBeGreaterThanOrEqual(state.cursor);
			}),
		);
	});

	it('distinguishes at most four processes, the latest ones', () => {
		const marks = ['first', 'second', 'third', 'other'];
		fc.assert(
			fc.property(states, moment, (kept, now) => {
				const processes = marks.map((mark, emission) => ({ mark, emission }));
				const state = { ...kept, processes };
				const taken = takeUp({ name: 'takeover', state }, someRules, run(now));
				expect(taken.processes.map(({ mark }) => mark)).toEqual([
					'second',
					'third',
					'other',
					'this',
				]);
			}),
		);
	});

	it('that goes back to its own last batch begins after that, whose lines are known', () => {
		fc.assert(
			fc.property(states, states, moment, (kept, own, now) => {
				const processes = [{ mark: 'this', emission: 2 }, ...kept.processes];
				const state = { ...kept, processes };
				const ownPlace = { ...own, processes, emissions: 2 };
				const taken = takeUp({ name: 'takeover', state, ownPlace }, someRules, run(now));
				expect(taken).toMatchObject({
					cursor: own.cursor,
					knownFrom: own.knownFrom,
					known: own.batch ? '1:aaaaaaaaaa 2:bbbbbbbbbb' : '1:aaaaaaaaaa',
					batch: undefined,
					emissions: 3,
					processes: [
						{ mark: 'other', emission: 3 },
						{ mark: 'this', emission: 2 },
					],
				});
				expect(taken.sweep).toEqual(own.sweep);
			}),
		);
	});

	it('of another source continues where it had got to, without its sweep, and marks', () => {
		fc.assert(
			fc.property(states, moment, (state, now) => {
				const rules = { ...someRules, source: 'report x', wholeDays: true };
				const taken = takeUp({ name: 'own', state: { ...state, span: 5 } }, rules, run(now));
				const { sweep, cursor } = state;
				expect(taken.cursor).toBe(
					sweep ? Math.max(cursor, Math.min(sweep.done.at, sweep.to)) : cursor,
				);
				expect(taken.sweep).toBeUndefined();
				expect(taken.span).toBeUndefined();
				expect(taken.knownFrom % 86_400_000).toBe(0);
				expect(taken.knownFrom).toBeLessThanOrEqual(state.knownFrom);
				expect(taken.repeatedTo).toBeGreaterThanOrEqual(now);
			}),
		);
	});
});
