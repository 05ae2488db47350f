import { addSales, idsOf, lineIds, pollHost, freshSandbox } from './transactionTriggerNode.mts';
import { changingEvents } from './transactionTriggerNode.mts';
import { movableClock } from './movableClock.mts';

const clock = movableClock();
const sandbox = freshSandbox();
const minute = 60_000;

describe('§3 pages of the Events API', () => {
	it.each([
		[250, 700, 'list'],
		[250, 750, 'notFound'],
		[50, 120, 'message'],
		[100, 100, 'notFound'],
		[0, 1000, 'notFound'],
		[0, 3, 'notFound'],
		[333, 999, 'message'],
	] as const)(
		'of at most %d of %d lines, then %s: all come',
		async (mostPerPage, count, noEventsAs) => {
			sandbox.developer.change({ mostPerPage, noEventsAs });
			const host = pollHost(sandbox, { options: { mostLines: 10_000 } });
			await host.activate();
			clock.moveOn(20 * minute);
			const sales = addSales(sandbox, count, minute);
			for (let polls = 0; polls < 3; polls++) await host.poll();
			expect(host.failures).toEqual([]);
			expect(lineIds(host.items(0)).sort()).toEqual(idsOf(sales).sort());
			expect(host.items(1)).toEqual([]);
		},
	);

	it('bring a single object, and the offer under its other name', async () => {
		sandbox.developer.change({ eventsAs: 'oneAlone', offerIdAs: 'offer', offerIds: 'always' });
		const host = pollHost(sandbox);
		await host.activate();
		clock.moveOn(20 * minute);
		const sales = addSales(sandbox, 1, minute);
		await host.poll();
		expect(lineIds(host.items(0))).toEqual(idsOf(sales));
		expect(host.items(0)[0].offerId).toMatch(/^\d+$/);
	});

	it('bring a sale and its correction under one ID: both, numbered, with a notice, once', async () => {
		const host = pollHost(sandbox);
		const proxy = await changingEvents(sandbox, (records) =>
			records.flatMap((record) => [
				record,
				{ ...record, sale_amount: -100, commissions: -10 },
				{ ...record },
			]),
		);
		try {
			host.credential('rakutenDeveloperApi').baseUrl = proxy.url;
			await host.activate();
			clock.moveOn(20 * minute);
			const [id] = idsOf(addSales(sandbox, 1, minute));
			for (let polls = 0; polls < 3; polls++) await host.poll();
			expect(host.failures).toEqual([]);
			expect(lineIds(host.items(0)).sort()).toEqual([id, `${id}#2`]);
			expect(host.items(1)).toMatchObject([{ type: 'sameLineId', lineId: `${id}#2` }]);
		} finally {
			await proxy.close();
		}
	});
});
