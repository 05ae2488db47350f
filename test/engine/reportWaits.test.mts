import { startHost } from './localHost.mts';
import type { LocalHost } from './localHost.mts';
import { movableClock } from './movableClock.mts';
import { runReport, useSandbox } from './reportNode.mts';

const sandbox = useSandbox({ today: '2026-04-15' });
const clock = movableClock();
const minute = 60_000;
const march = { startDate: '2026-03-01', endDate: '2026-03-31' };

describe('a refusal that asks for a long wait', () => {
	let host: LocalHost;
	let refuseWith: string | undefined;
	let requests = 0;

	beforeAll(async () => {
		host = await startHost((_request, response) => {
			requests++;
			if (refuseWith !== undefined) {
				response.writeHead(429, { 'retry-after': refuseWith });
				response.end();
			} else response.end('Transaction ID,Sales,Currency\r\nT1,5.00,USD\r\n');
		});
	});
	afterAll(async () => await host.close());
	beforeEach(() => void (requests = 0));

	/** Each token has a queue of its own; what one test leaves held back concerns no other. */
	const run = async (token: string) =>
		await runReport(sandbox, march, {
			credential: { baseUrl: host.url, reportToken: token },
		});

	it.each([
		['seconds', '3600'],
		['no end', '9999999999'],
		['a date', 'Thu, 31 Dec 2099 00:00:00 GMT'],
	])(
		'in %s ends that run, holds later ones back for a quarter of an hour, and is forgotten',
		async (kind, retryAfter) => {
			const token = Buffer.from(`held back by ${kind}`.padEnd(60, '.')).toString('base64');
			refuseWith = retryAfter;
			const refused = await run(token);
			expect(refused.error!.message).toContain('too many reports were asked for');
			expect(requests).toBe(1);
			refuseWith = undefined;
			const before = Date.now();
			const held = await run(token);
			expect(held.error!.message).toMatch(
				/^Rakuten refused earlier requests because there were too many, so requests are held back until \d\d:\d\d UTC/,
			);
			expect(requests).toBe(1);
			expect(Date.now() - before).toBeLessThan(minute);
			// The rest of the hold is within the patience of a run: it waits, and then asks.
			clock.moveOn(14.8 * minute);
			const waited = await run(token);
			expect(waited.error).toBeUndefined();
			expect(waited.rows).toHaveLength(1);
			expect(requests).toBe(2);
			expect((await run(token)).rows).toHaveLength(1);
		},
	);

	it('concerns no other token', async () => {
		const other = (name: string) => Buffer.from(name.padEnd(60, '.')).toString('base64');
		refuseWith = '3600';
		await run(other('refused'));
		refuseWith = undefined;
		expect((await run(other('not refused'))).rows).toHaveLength(1);
	});
});

describe('an answer that trickles', () => {
	let host: LocalHost;
	let requests = 0;

	beforeAll(async () => {
		host = await startHost((_request, response) => {
			requests++;
			response.write('Transaction ID,Sales,Currency\r\n');
			// Never silent for as long as the timeout, and never at its end.
			const timer = setInterval(() => response.write('T,1.00,USD\r\n'), 200);
			response.on('close', () => clearInterval(timer));
		});
	});
	afterAll(async () => await host.close());

	it('is given up after ten times as long as it may be silent', async () => {
		const before = Date.now();
		const { error, outputs } = await runReport(
			sandbox,
			{ startDate: '2026-03-01', endDate: '2026-03-01', options: { timeout: 5, maxRetries: 0 } },
			{ credential: { baseUrl: host.url } },
		);
		expect(outputs).toEqual([]);
		expect(error!.message).toContain('did not answer in time');
		expect(requests).toBe(1);
		expect(Date.now() - before).toBeGreaterThan(50_000);
		expect(Date.now() - before).toBeLessThan(5 * minute);
	});
});
