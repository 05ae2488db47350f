import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import { startSandbox, type Sandbox } from '../../../../sandbox/server.mts';
import { reportRows, reportText, sumOf, TODAY, type Row } from '../reading.mts';

const NETWORKS = [1, 3, 5, 7, 8, 9, 11, 41];
const ZONES = ['GMT', 'America/New_York', 'Europe/London', 'Asia/Tokyo', 'Pacific/Auckland'];
const FROM_THE_FIRST_DAY = { start_date: '2025-02-18' };
const FIRST_DAY = DateTime.fromISO('2025-02-18', { zone: 'GMT' });

/** Any selection within the thirteen months of data. */
const selections = fc.record({
	start: fc.integer({ min: 0, max: 392 }),
	days: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 4, max: 393 })),
	zone: fc.constantFrom(...ZONES),
	dateType: fc.constantFrom('transaction' as const, 'process' as const),
	networks: fc.option(fc.uniqueArray(fc.constantFrom(...NETWORKS), { minLength: 1 }), {
		nil: undefined,
	}),
});

function asked(drawn: typeof selections extends fc.Arbitrary<infer T> ? T : never) {
	const { start, days, zone, dateType, networks } = drawn;
	const from = FIRST_DAY.plus({ days: start });
	const to = DateTime.min(from.plus({ days }), DateTime.fromISO(TODAY, { zone: 'GMT' }));
	const selection = { from: from.toISODate()!, to: to.toISODate()!, zone, dateType, networks };
	const query = {
		start_date: selection.from,
		end_date: selection.to,
		tz: zone,
		date_type: dateType,
		...(networks && { network: networks }),
	};
	return { selection, query };
}

/** Rows as another reader sees them: by currency and country, summed from the text. */
function totalsOf(rows: Row[]) {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const key = `${row.Network} ${row.Currency}`;
		groups.set(key, [...(groups.get(key) ?? []), row]);
	}
	return Object.fromEntries(
		[...groups].map(([key, group]) => [
			key,
			{
				rows: group.length,
				orders: new Set(group.map((row) => `${row.MID}:${row['Order ID']}`)).size,
				corrections: group.filter((row) => row.Sales!.startsWith('-')).length,
				sales: sumOf(group.map((row) => row.Sales!)),
				commission: sumOf(group.map((row) => row['Total Commission']!)),
			},
		]),
	);
}

describe('the ledger and the report, each by its own way from the data', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({
			today: TODAY,
			requestsPerMinute: 0,
			networks: NETWORKS,
			mixedCurrencies: true,
			settings: { emptyAs: 'header' },
		});
	});
	afterAll(() => sandbox.close());

	it('agree for any range, zone, date type and networks', async () => {
		await fc.assert(
			fc.asyncProperty(selections, async (drawn) => {
				const { selection, query } = asked(drawn);
				const rows = await reportRows(sandbox, 'earnings-recommended', query);
				const ledger = sandbox.ledger.totals(selection);
				expect(totalsOf(rows)).toEqual(
					Object.fromEntries(
						ledger.totals.map(({ country, currency, rows, orders, corrections, ...sums }) => [
							`${country} ${currency}`,
							{ rows, orders, corrections, sales: sums.sales, commission: sums.commission },
						]),
					),
				);
				expect(ledger.rows).toBe(rows.length);
				expect(ledger.orders).toBe(
					new Set(rows.map((row) => `${row.MID}:${row['Order ID']}`)).size,
				);
				const paid = new Set(rows.map((row) => row.Network));
				expect(ledger.emptyNetworks).toHaveLength(
					(selection.networks?.length ?? NETWORKS.length) - paid.size,
				);
			}),
			{ numRuns: 25 },
		);
	});

	it('cut days where the zone asked for cuts them, summer time included', async () => {
		const everything = await reportRows(sandbox, 'api-orders-report', FROM_THE_FIRST_DAY);
		const instants = Object.fromEntries(
			['Transaction', 'Process'].map((name) => [
				name,
				everything.map((row) => {
					const text = `${row[`${name} Date`]} ${row[`${name} Time`]}`;
					return DateTime.fromFormat(text, 'M/d/yy HH:mm:ss', { zone: 'GMT' });
				}),
			]),
		);
		await fc.assert(
			fc.asyncProperty(selections, async (drawn) => {
				const { selection, query } = asked({ ...drawn, networks: undefined });
				const name = selection.dateType === 'process' ? 'Process' : 'Transaction';
				const rows = await reportRows(sandbox, 'api-orders-report', query);
				const expected = everything.flatMap((row, index) => {
					const local = instants[name]![index]!.setZone(selection.zone);
					const date = local.toISODate()!;
					if (date < selection.from || date > selection.to) return [];
					return `${row['Transaction ID']} ${local.toFormat('M/d/yy HH:mm:ss')}`;
				});
				// A day of another zone may begin before the first day in GMT.
				fc.pre(selection.from > '2025-02-19');
				expect(
					rows.map(
						(row) => `${row['Transaction ID']} ${row[`${name} Date`]} ${row[`${name} Time`]}`,
					),
				).toEqual(expected);
			}),
			{ numRuns: 12 },
		);
	});

	it('keep yen whole', () => {
		const [japan] = sandbox.ledger.totals({ networks: [11] }).totals;
		expect(japan).toMatchObject({ currency: 'JPY', sales: expect.stringMatching(/^\d{5,}$/) });
	});
});

describe('damaged rows', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({
			today: TODAY,
			requestsPerMinute: 0,
			faults: [{ kind: 'damagedRow', rows: 8 }],
		});
	});
	afterAll(() => sandbox.close());

	const isReadable = (header: string[], cells: string[]) =>
		cells.length === header.length &&
		/^-?[\d,]+\.\d\d$/.test(cells[header.indexOf('Sales')]!) &&
		!cells[header.indexOf('Transaction Date')]!.startsWith('31/');

	it('are sent unreadably in every line report, and are in none of the sums', async () => {
		for (const key of ['earnings-recommended', 'individual-item-report']) {
			const [header, ...rows] = parse(await reportText(sandbox, key), {
				bom: true,
				relax_column_count: true,
			});
			const kept = rows.filter((cells) => isReadable(header!, cells));
			const ledger = sandbox.ledger.totals({ from: '2025-03-19' });
			expect(ledger).toMatchObject({ rows: kept.length, rowsSent: rows.length });
			expect(ledger.rejectedExpected.rows).toBe(rows.length - kept.length);
			expect(ledger.rejectedExpected.rows).toBeGreaterThanOrEqual(6);
			const sales = kept.map((cells) => cells[header!.indexOf('Sales')]!);
			const minor = ledger.currencies.map(({ sales: sum }) => sum);
			expect(sumOf(sales)).toBe(sumOf(minor));
		}
	});

	it('stay the same ones however the range is cut', () => {
		const whole = sandbox.ledger.totals({ from: '2025-03-19' }).rejectedExpected.rows;
		const parts = [
			{ from: '2025-03-19', to: '2025-09-30' },
			{ from: '2025-10-01', to: TODAY },
		].map((range) => sandbox.ledger.totals(range).rejectedExpected.rows);
		expect(parts[0]! + parts[1]!).toBe(whole);
	});

	it('are whole again once the fault is removed', () => {
		const before = sandbox.ledger.totals();
		sandbox.clearFaults();
		const after = sandbox.ledger.totals();
		expect(after.rejectedExpected.rows).toBe(0);
		expect(after.rows).toBe(before.rowsSent);
	});
});
