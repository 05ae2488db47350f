import { Limiter } from '../../../../sandbox/host/limiter.mts';
import { fakeReportToken, startSandbox } from '../../../../sandbox/server.mts';
import { raw, reportUrl, TODAY } from '../reading.mts';

const SMALL = { today: TODAY, months: 1 };

describe('the limiter', () => {
	it('lets five requests of a token pass in any minute', () => {
		const limiter = new Limiter({ requestsPerMinute: 5, speedUp: 1 });
		const passes = (seconds: number) => limiter.refuse('a', seconds * 1000) === undefined;
		expect([0, 10, 20, 30, 40].map(passes)).toEqual([true, true, true, true, true]);
		expect(limiter.refuse('a', 50_000)).toBe(10_000);
		expect(limiter.refuse('b', 50_000)).toBeUndefined();
		// The first has left the window, the refused one never was in it.
		expect([60.001, 60.002, 70.001].map(passes)).toEqual([true, false, true]);
	});

	it('never refuses a token that keeps twelve seconds', () => {
		const limiter = new Limiter({ requestsPerMinute: 5, speedUp: 1 });
		const refused = Array.from({ length: 100 }, (_, n) => limiter.refuse('a', n * 12_000));
		expect(refused.every((wait) => wait === undefined)).toBe(true);
	});

	it('has a shorter minute on a faster clock', () => {
		const limiter = new Limiter({ requestsPerMinute: 1, speedUp: 60 });
		expect([0, 400, 1001].map((time) => limiter.refuse('a', time))).toEqual([
			undefined,
			600,
			undefined,
		]);
	});

	it.each([
		[5, 1, '5/min as documented'],
		[300, 1, '300/min instead of the documented 5/min'],
		[5, 60, '5/min on a clock 60 times faster instead of the documented 5/min'],
		[0, 1, 'no limit instead of the documented 5/min'],
	])('says how %d/min at %d times differs', (requestsPerMinute, speedUp, text) => {
		expect(new Limiter({ requestsPerMinute, speedUp }).text).toBe(text);
	});
});

describe('the limit of a running sandbox', () => {
	it('answers 429 with the seconds to wait, and lets the token pass afterwards', async () => {
		const other = fakeReportToken('publisher', 2);
		const sandbox = await startSandbox({
			...SMALL,
			requestsPerMinute: 2,
			speedUp: 100,
			moreTokens: [other],
		});
		const url = reportUrl(sandbox, 'offer-report');
		const answers = [await raw(url), await raw(url), await raw(url)];
		const elsewhere = await raw(reportUrl(sandbox, 'offer-report', {}, encodeURIComponent(other)));
		await new Promise((resolve) => setTimeout(resolve, 650));
		const later = await raw(url);
		const log = sandbox.requests();
		await sandbox.close();

		expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
		expect(answers[2]!.headers['retry-after']).toBe('1');
		expect(JSON.parse(answers[2]!.body)).toEqual({ message: expect.any(String) });
		expect([elsewhere.status, later.status]).toEqual([200, 200]);
		expect(log.map(({ token }) => token).join()).toBe(
			'publisher,publisher,publisher,other,publisher',
		);
		expect(log.map(({ faults }) => faults.join()).join('|')).toBe('||limit||');
		expect(log[0]!.msSincePrevious).toBeNull();
		expect(log[3]!.msSincePrevious).toBeNull();
		expect(log[4]!.msSincePrevious).toBeGreaterThan(600);
	});

	it('can keep the waiting time to itself', async () => {
		const sandbox = await startSandbox({
			...SMALL,
			requestsPerMinute: 1,
			settings: { retryAfterHeader: false },
		});
		const url = reportUrl(sandbox, 'offer-report');
		await raw(url);
		const refused = await raw(url);
		await sandbox.close();
		expect(refused.status).toBe(429);
		expect(refused.headers['retry-after']).toBeUndefined();
	});
});
