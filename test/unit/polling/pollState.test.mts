import fc from 'fast-check';

import { readPollState } from '../../../rakuten/polling/pollState';
import type { PollState } from '../../../rakuten/polling/pollState';
import { thrownBy } from '../thrownBy.mts';
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
	it('is undefined if nothing was stored', () => {
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

describe('a state that can not be continued from', () => {
	it.each([
		[
			{ version: 2 },
			'newerState',
			'A newer version of the package has run this node and stored notes that this version does not understand',
			'Update the package. Or replace this node with a new one and import what was processed in between with Report > Get, by process date.',
		],
		[
			{ version: '2' },
			'unreadableState',
			'The notes that this node stored in the workflow are damaged',
			'Replace this node with a new one, which starts over. Import what was processed in between with Report > Get, by process date.',
		],
	])('%j is refused with what to do', async (change, problemName, message, description) => {
		const state = await realState();
		expect(thrownBy(() => readPollState({ ...state, ...change }))).toMatchObject({
			problemName,
			message,
			description,
		});
	});
});

describe('a field of the state', () => {
	/** For each field a value of another kind than it holds. */
	const wrong: Array<[string, ...unknown[]]> = [
		['version', '1', 0, undefined],
		['source', 1, null, undefined],
		[
			'processes',
			undefined,
			{},
			[null],
			[{ mark: 'a' }],
			[{ mark: 1, emission: 1 }],
			[{ mark: 'a', emission: 1 }, { mark: 'b' }],
		],
		['processes.0.emission', '1', null, undefined],
		['emissions', '1', null, undefined],
		['lastArrival', '2026-01-01', null, undefined],
		['forgottenTo', '1', null],
		['repeatedTo', '1', null],
		['span', '1', null],
		['silenceToldAfter', '1', null],
		['known', 'nonsense', 1, null, undefined],
		['cursor', '2026-01-01', null, undefined],
		['knownFrom', '1', null, undefined],
		['sweep', null, {}, 1],
		['sweep.to', '1', null, undefined],
		['sweep.keepFrom', '1', null, undefined],
		['sweep.done', null, {}, undefined],
		['sweep.done.at', '1', null, undefined],
		['sweep.done.hash', 1, null, undefined],
		['batch', null, {}, 1],
		['batch.lines', 'nonsense', 1, null, undefined],
		['batch.before', null, {}, undefined],
		['batch.before.cursor', '1', null, undefined],
		['batch.before.knownFrom', '1', null, undefined],
		['batch.before.sweep', null, {}],
	];

	it.each(wrong)('%s is checked', async (path, ...values) => {
		const state = await realState();
		for (const value of values) {
			const damaged = structuredClone(state) as unknown as Record<string, unknown>;
			const keys = path.split('.');
			let at = damaged;
			for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
			at[keys.at(-1)!] = value;
			expect(() => readPollState(damaged)).toThrow(/damaged/);
		}
	});

	it('that may be missing is not asked for', async () => {
		const state = await realState();
		const { batch: _batch, sweep: _sweep, ...few } = { ...state, repeatedTo: 5, span: 7 };
		expect(readPollState(few)).toEqual(few);
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
