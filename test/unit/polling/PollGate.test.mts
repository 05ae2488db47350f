import { PollGate } from '../../../nodes/RakutenTransactionTrigger/PollGate';
import { minute } from './pollWorld.mts';

describe('the gate for polls', () => {
	const gate = new PollGate();
	const state = {};
	let now = 0;

	beforeEach(() => {
		now = 0;
		jest.spyOn(Date, 'now').mockImplementation(() => now);
	});
	afterEach(() => jest.restoreAllMocks());

	it('lets one poll of a state in at a time', () => {
		const first = gate.enter(state)!;
		expect(gate.enter(state)).toBeUndefined();
		expect(gate.enter({})).toBeDefined();
		first.leave();
		const second = gate.enter(state)!;
		expect(second.isValid()).toBe(true);
		expect(first.isValid()).toBe(false);
		second.leave();
	});

	it('gives up a poll that never ends, and no longer counts its result', () => {
		const hanging = gate.enter(state)!;
		now = 14 * minute;
		expect(gate.enter(state)).toBeUndefined();
		now = 16 * minute;
		const next = gate.enter(state)!;
		expect(hanging.isValid()).toBe(false);
		hanging.leave();
		expect(next.isValid()).toBe(true);
		expect(gate.enter(state)).toBeUndefined();
		next.leave();
	});
});
