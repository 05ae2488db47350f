import fc from 'fast-check';

import { readPollState } from '../../../rakuten/polling/pollState';
import type { PollState } from '../../../rakuten/polling/pollState';
import { RakutenProblem } from '../../../rakuten/problem';
import { day, PollWorld, second, someRules } from './pollWorld.mts';

async function realState(): Promise<PollState> {
	const world = new PollWorld(Date.UTC(2026, 4, 1), { ...someRules, mostLines: 2 });
	await world.boot();
	world.now += day;
	world.lines = [1, 2, 3].map((number) => ({
		id: `line ${number}`,
		date: world.now - number * 5 * second,
		seenFrom: 0,
	}));
	await world.poll();
	return JSON.parse(world.saved!) as PollState;
}

describe('the state of a poll', () => {
	it('is none where nothing was stored', () => {
		expect(readPollState(undefined)).toBeUndefined();
		expect(readPollState(null)).toBeUndefined();
	});

	it('is read as it was stored, as a copy', async () => {
		const state = await realState();
		expect(state.batch).toBeDefined();
		expect(state.sweep).toBeDefined();
		const read = readPollState(state);
		expect(read).toEqual(state);
		expect(read).not.toBe(state);
		expect(read?.batch).not.toBe(state.batch);
	});

	it('is read without the batch that an earlier version kept whole', async () => {
		const state = await realState();
		const emission = { transactions: [{ u1: 'a-page' }], notices: [] };
		expect(readPollState({ ...state, batch: { ...state.batch, emission } })).toEqual(state);
	});

	it('of a newer version is refused with what to do', async () => {
		const state = { ...(await realState()), version: 2 };
		expect(() => readPollState(state)).toThrow(/newer version/);
	});

	it('that is damaged is refused, whatever it is', async () => {
		const state = await realState();
		const damage = fc.oneof(fc.constantFrom(undefined, null), fc.jsonValue());
		const path = fc.constantFrom(
			...Object.keys(state).map((key) => [key]),
			...Object.keys(state.batch!).map((key) => ['batch', key]),
			...Object.keys(state.sweep!).map((key) => ['sweep', key]),
			['sweep', 'done', 'at'],
			['batch', 'before', 'cursor'],
		);
		fc.assert(
			fc.property(path, damage, (keys, value) => {
				const damaged = structuredClone(state) as unknown as Record<string, never>;
				let at: Record<string, unknown> = damaged;
				for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
				at[keys.at(-1)!] = value;
				readOrRefuse(damaged);
			}),
			{ numRuns: 1000 },
		);
		fc.assert(fc.property(damage, readOrRefuse));
		expect(() => readPollState({ ...state, known: 'nonsense' })).toThrow(/damaged/);
		expect(() => readPollState({ ...state, cursor: '2026-01-01' })).toThrow(/damaged/);
	});
});

/** Either a state or a named problem. */
function readOrRefuse(stored: unknown): void {
	try {
		readPollState(stored);
	} catch (problem) {
		expect(problem).toBeInstanceOf(RakutenProblem);
	}
}
