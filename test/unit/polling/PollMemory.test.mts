import { PollMemory } from '../../../rakuten/polling/PollMemory';
import type { PollState } from '../../../rakuten/polling/pollState';

const state = (emissions: number, mark = 'this', more: Partial<PollState> = {}): PollState => ({
	version: 1,
	source: 'events',
	processes: [{ mark, emission: emissions }],
	emissions,
	cursor: 1000 * emissions,
	knownFrom: 0,
	known: '',
	lastArrival: 0,
	...more,
});
const emission = { transactions: [{}], notices: [] };
const usual = { isAtomic: false, isNewLeader: false };
const atomic = { isAtomic: true, isNewLeader: false };
const newLeader = { isAtomic: false, isNewLeader: true };

describe('the memory of a process', () => {
	let memory: PollMemory;
	beforeEach(() => {
		memory = new PollMemory('this');
	});

	it('finds itself at the first poll, own, and taking over', () => {
		expect(memory.open('node', undefined, usual)).toEqual({ name: 'first' });
		expect(memory.open('node', undefined, atomic)).toEqual({ name: 'first' });
		const own = state(0);
		expect(memory.open('node', own, usual)).toEqual({ name: 'own', state: own });
		const others = state(3, 'other');
		expect(memory.open('node', others, usual)).toEqual({ name: 'takeover', state: others });
		expect(memory.open('node', others, atomic)).toEqual({ name: 'own', state: others });
	});

	it('is asked about each node by itself', () => {
		memory.open('one', state(1), usual);
		memory.close('one', { state: state(2), emission }, state(1));
		expect(memory.open('two', undefined, usual)).toEqual({ name: 'first' });
		expect(memory.open('two', state(1), usual).name).toBe('own');
	});

	it('knows the newest settled state if n8n keeps none', () => {
		const next = { ...state(1), cursor: 1500 };
		memory.open('node', undefined, usual);
		memory.close('node', { state: next }, undefined);
		expect(memory.open('node', undefined, usual)).toEqual({ name: 'own', state: next });
		// n8n may not have taken an emission.
		memory.close('node', { state: state(2), emission }, undefined);
		expect(memory.open('node', undefined, usual)).toMatchObject({ state: next });
		memory.open('node', state(2), usual);
		expect(memory.open('node', undefined, usual)).toMatchObject({ state: state(2) });
	});

	it('knows what happened to a state in polls that brought nothing, until n8n keeps another', () => {
		const kept = state(1);
		const next = { ...kept, cursor: 1500 };
		memory.open('node', kept, usual);
		memory.close('node', { state: next }, kept);
		expect(memory.open('node', state(1), usual)).toEqual({ name: 'own', state: next });
		// A poll that failed forgets nothing.
		expect(memory.open('node', state(1), usual)).toEqual({ name: 'own', state: next });
		const other = state(2, 'other');
		expect(memory.open('node', other, usual)).toMatchObject({ name: 'takeover', state: other });
		expect(memory.open('node', state(1), usual)).toMatchObject({ state: kept });
	});

	it('takes an older state than its own emission for a hand-over', () => {
		memory.open('node', state(1), usual);
		memory.close('node', { state: state(2), emission }, state(1));
		expect(memory.open('node', state(1), usual).name).toBe('handOver');
		expect(memory.open('node', state(1), atomic).name).toBe('own');
		expect(memory.open('node', state(2), usual).name).toBe('own');
	});

	it('takes a new leadership for a hand-over until a poll has succeeded', () => {
		memory.open('node', state(1), usual);
		expect(memory.open('node', state(1), newLeader).name).toBe('handOver');
		expect(memory.open('node', state(1), usual).name).toBe('handOver');
		memory.close('node', { state: state(1) }, state(1));
		expect(memory.open('node', state(1), usual).name).toBe('own');
		memory.open('node', state(1), newLeader);
		memory.close('node', { state: state(2), emission }, state(1));
		expect(memory.open('node', state(2), usual).name).toBe('own');
	});

	it('knows its own place in a state that goes back to it, and in no other', () => {
		const own = state(2);
		memory.open('node', state(1), usual);
		memory.close('node', { state: own, emission }, state(1));
		const by = (...processes: PollState['processes']) =>
			memory.open('node', state(3, 'other', { processes }), usual);
		const other = { mark: 'other', emission: 3 };
		expect(by({ mark: 'this', emission: 2 }, other)).toMatchObject({ ownPlace: own });
		expect(by({ mark: 'third', emission: 2 }, other)).toMatchObject({ ownPlace: undefined });
		expect(by({ mark: 'this', emission: 1 }, other)).toMatchObject({ ownPlace: undefined });
		expect(by(other)).toMatchObject({ ownPlace: undefined });
	});
});
