import { Account } from '../../../../sandbox/account/account.mts';

const OPTIONS = {
	...{ seed: 1, months: 1, scale: 10, networks: [1, 3], mixedCurrencies: false },
	today: '2026-03-18',
};

const seconds = (time: string) => Date.parse(time) / 1000;

/** An account made at a real time, and the newest process date it knows. */
function accountAt(time: string) {
	jest.spyOn(Date, 'now').mockReturnValue(Date.parse(time));
	const account = new Account(OPTIONS);
	return { account, newest: Math.max(...account.recorded.map((line) => line.processAt)) };
}

afterEach(() => jest.restoreAllMocks());

it.each([
	['2026-03-18T06:30:00Z', '2026-03-18T06:30:00Z', 'its start on the morning of the real day'],
	['2026-03-18T18:30:00Z', '2026-03-18T12:00:00Z', 'noon on the afternoon of it'],
	['2026-03-19T06:30:00Z', '2026-03-18T12:00:00Z', 'noon of a day before'],
	['2026-01-01T06:30:00Z', '2026-03-18T12:00:00Z', 'noon of a day to come'],
])('at %s it knows what was recorded up to %s: %s', (real, now) => {
	const { account, newest } = accountAt(real);
	expect(account.now).toBe(seconds(now));
	expect(newest).toBeLessThanOrEqual(seconds(now));
	expect(newest).toBeGreaterThan(seconds(now) - 6 * 3600);
});

it('moves on to noon of the next day when told to', () => {
	const { account } = accountAt('2026-03-18T06:30:00Z');
	account.advanceTo('2026-03-19');
	expect(account.now).toBe(seconds('2026-03-19T12:00:00Z'));
});

it('has the real time for what happens now, or noon of a day made up', () => {
	const { account } = accountAt('2026-03-18T18:30:00Z');
	expect(account.clock).toBe(seconds('2026-03-18T18:30:00Z'));
	expect(accountAt('2026-11-21T18:30:00Z').account.clock).toBe(seconds('2026-03-18T12:00:00Z'));
});
