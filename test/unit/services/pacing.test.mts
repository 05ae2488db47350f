import { holdBack, longestHoldSeconds, paceKey, waitForTurn } from '../../../services/pacing';
import { retryAfterSeconds, ServiceProblem } from '../../../services/problem';
import { withRetries } from '../../../services/retry';

const start = Date.parse('2026-11-30T13:50:30Z');
let now = start;

/** Timers end at once and move the clock on. */
beforeEach(() => {
	now = start;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	jest.spyOn(globalThis, 'setTimeout').mockImplementation(((end: () => void, wait = 0) => {
		now += wait;
		queueMicrotask(end);
	}) as never);
});
afterEach(() => jest.restoreAllMocks());

let keys = 0;
const newKey = () => paceKey(`token ${keys++}`);
const turn = (key: string, longestWaitSeconds: number, secondsBetweenRequests = 0) =>
	waitForTurn({ paceKey: key, secondsBetweenRequests, longestWaitSeconds, signal: undefined });
const secondsPassed = () => Math.round((now - start) / 1000);

describe('a request that Rakuten refused for the number of requests', () => {
	it.each([3600, 9_999_999_999, (Date.parse('2099-12-31T00:00:00Z') - start) / 1000])(
		'with Retry-After %s holds requests back for a bounded time',
		async (seconds) => {
			const key = newKey();
			holdBack(key, seconds);
			await expect(turn(key, 600)).rejects.toMatchObject({
				problemName: 'heldBack',
				remedy: 'later',
				message: expect.stringContaining('held back until 14:06 UTC'),
				description: expect.stringContaining('after 14:06 UTC'),
			});
			expect(secondsPassed()).toBe(0);
			now += longestHoldSeconds * 1000;
			await turn(key, 0);
			expect(secondsPassed()).toBe(longestHoldSeconds);
		},
	);

	it('is waited out by those who have the patience', async () => {
		const key = newKey();
		holdBack(key, 30);
		await turn(key, 30);
		expect(secondsPassed()).toBe(30);
	});

	it('concerns nobody with another token', async () => {
		holdBack(newKey(), 3600);
		await turn(newKey(), 0);
		expect(secondsPassed()).toBe(0);
	});

	it('leaves ordinary pacing as it is', async () => {
		const key = newKey();
		for (let request = 0; request < 5; request++) await turn(key, 0, 12);
		expect(secondsPassed()).toBe(48);
	});
});

describe('withRetries', () => {
	const problem = (
		more: ConstructorParameters<typeof ServiceProblem>[3],
		name = 'serverUnavailable',
	) => new ServiceProblem(name, 'It failed', 'Try again.', more);
	const policy = (key?: string) => ({
		retriesAfter: () => 3,
		firstWaitSeconds: () => 1,
		longestWaitSeconds: 60,
		paceKey: key,
	});
	const failing = (cause: unknown) => jest.fn(async () => await Promise.reject(cause as Error));

	it('doubles its waits, and throws the problem that stays', async () => {
		const attempt = failing(problem({ remedy: 'later' }));
		await expect(withRetries(policy(), attempt)).rejects.toMatchObject({ remedy: 'later' });
		expect(attempt).toHaveBeenCalledTimes(4);
		expect(secondsPassed()).toBe(1 + 2 + 4);
	});

	it('waits as long as it is asked to, and not longer than it may', async () => {
		await expect(
			withRetries(policy(), failing(problem({ remedy: 'later', retryAfterSeconds: 60 }))),
		).rejects.toBeInstanceOf(ServiceProblem);
		expect(secondsPassed()).toBe(180);
		const attempt = failing(problem({ remedy: 'later', retryAfterSeconds: 61 }));
		await expect(withRetries(policy(), attempt)).rejects.toBeInstanceOf(ServiceProblem);
		expect(attempt).toHaveBeenCalledTimes(1);
	});

	it('throws at once what will not pass, and what is not an answer of a service', async () => {
		for (const cause of [problem({}), new TypeError('x')]) {
			const attempt = failing(cause);
			await expect(withRetries(policy(), attempt)).rejects.toBe(cause);
			expect(attempt).toHaveBeenCalledTimes(1);
		}
	});

	it('holds the whole queue back after a limit only', async () => {
		const key = newKey();
		const other = newKey();
		const asked = { remedy: 'later', retryAfterSeconds: 3600 } as const;
		await expect(withRetries(policy(other), failing(problem(asked)))).rejects.toBeDefined();
		await turn(other, 0);
		await expect(
			withRetries(policy(key), failing(problem(asked, 'rateLimited'))),
		).rejects.toBeDefined();
		await expect(turn(key, 60)).rejects.toMatchObject({ problemName: 'heldBack' });
	});
});

describe('Retry-After', () => {
	it.each([
		['9999999999', 9_999_999_999],
		['-5', undefined],
		['1.5', undefined],
	])('%s is %s seconds', (value, seconds) => {
		const read = retryAfterSeconds({ status: 429, headers: { 'retry-after': value }, body: '' });
		if (seconds === undefined) expect(read ?? 0).toBeGreaterThanOrEqual(0);
		else expect(read).toBe(seconds);
	});
});
