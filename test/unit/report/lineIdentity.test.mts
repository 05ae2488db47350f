import fc from 'fast-check';

import { csv, decode } from './decoding.mts';

/** An order line as Rakuten knows it; the report shows any part of it in any order. */
interface Line {
	advertiser: string;
	order: string;
	sku: string;
	transaction: { day: number; time: string };
	process: { day: number; time: string };
	sales: number;
	commission: number;
	u1: string;
	network: number;
	transactionId: string;
}

const time = fc.constantFrom('00:00:00', '06:58:45', '23:59:59');
const when = fc.record({ day: fc.integer({ min: 1, max: 28 }), time });
const line: fc.Arbitrary<Line> = fc
	.record({
		advertiser: fc.constantFrom('1001', '2002'),
		order: fc.constantFrom('A1', '0042', 'x,y'),
		sku: fc.constantFrom('', 'S1', 'S2'),
		transaction: when,
		process: when,
		sales: fc.integer({ min: -9999, max: 9999 }),
		commission: fc.integer({ min: -999, max: 999 }),
		u1: fc.constantFrom('', 'click-1'),
		transactionId: fc.uuid(),
	})
	// An advertiser belongs to one country network.
	.map((parts) => ({ ...parts, network: parts.advertiser === '1001' ? 1 : 3 }));
const lines = fc.array(line, { maxLength: 40 });

const date = (day: number) => `2/${day}/26`;
const money = (cents: number) => (cents / 100).toFixed(2);
const quoted = (text: string) => (text.includes(',') ? `"${text}"` : text);

const cells: Record<string, (line: Line) => string> = {
	'Member ID (U1)': ({ u1 }) => u1,
	MID: ({ advertiser }) => advertiser,
	'Order ID': ({ order }) => quoted(order),
	'Transaction Date': ({ transaction }) => date(transaction.day),
	'Transaction Time': ({ transaction }) => transaction.time,
	SKU: ({ sku }) => sku,
	Sales: ({ sales }) => money(sales),
	'Total Commission': ({ commission }) => money(commission),
	'Process Date': ({ process }) => date(process.day),
	'Process Time': ({ process }) => process.time,
};
const defaultColumns = Object.keys(cells);

interface Asked {
	columns?: string[];
	from?: number;
	to?: number;
	network?: number;
	extra?: Record<string, (line: Line) => string>;
	zone?: string;
}

/** What a table holds after importing the lines whose process day is in the range. */
function importInto(table: Map<string, unknown>, all: Line[], asked: Asked = {}): number {
	const { columns = defaultColumns, from = 1, to = 28, network, extra = {}, zone = 'GMT' } = asked;
	const all_ = { ...cells, ...extra };
	const text = csv(
		columns.join(','),
		...all
			.filter(({ process }) => process.day >= from && process.day <= to)
			.filter((each) => network === undefined || each.network === network)
			.map((each) => columns.map((name) => all_[name](each)).join(',')),
	);
	const { rows, rejected } = decode(text, { zone });
	expect(rejected).toBe(0);
	for (const row of rows) table.set(row.lineId as string, row);
	return rows.length;
}

const idsAfter = (...imports: Array<[Line[], Asked?]>) => {
	const table = new Map<string, unknown>();
	for (const [all, asked] of imports) importInto(table, all, asked);
	return [...table.keys()].sort();
};

describe('§10.12 the line id without a Transaction ID', () => {
	it('keeps every line, equal ones included', () => {
		fc.assert(fc.property(lines, (all) => expect(idsAfter([all])).toHaveLength(all.length)));
	});

	it('keeps two equal lines separate, import after import', () => {
		const [one] = fc.sample(line, { numRuns: 1, seed: 7 });
		const twice = [one, { ...one }];
		expect(idsAfter([twice], [twice], [twice])).toHaveLength(2);
	});

	it('stays the same when commission is restated', () => {
		fc.assert(
			fc.property(lines, (all) => {
				const restated = all.map((each) => ({ ...each, commission: each.commission + 1 }));
				expect(idsAfter([all], [restated])).toEqual(idsAfter([all]));
			}),
		);
	});

	it('§10.14 stays the same when u1 is filled in later', () => {
		fc.assert(
			fc.property(lines, (all) => {
				const filled = all.map((each) => ({ ...each, u1: 'click-2' }));
				expect(idsAfter([all], [filled])).toEqual(idsAfter([all]));
			}),
		);
	});

	it('stays the same when a column is added and columns change places', () => {
		fc.assert(
			fc.property(
				lines,
				fc.shuffledSubarray([...defaultColumns, 'Brand New'], { minLength: 11, maxLength: 11 }),
				(all, columns) => {
					const added: Asked = { columns, extra: { 'Brand New': () => 'x' } };
					expect(idsAfter([all], [all, added])).toEqual(idsAfter([all]));
				},
			),
		);
	});

	it('stays the same when rows change places', () => {
		fc.assert(
			fc.property(
				lines.chain((all) =>
					fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
				),
				([all, shuffled]) => expect(idsAfter([all], [shuffled])).toEqual(idsAfter([all])),
			),
		);
	});

	it('stays the same with other window sizes and overlapping ranges', () => {
		fc.assert(
			fc.property(
				lines,
				fc.integer({ min: 1, max: 27 }),
				fc.integer({ min: 1, max: 28 }),
				(all, cut, from) => {
					const inTwo: Array<[Line[], Asked?]> = [
						[all, { to: cut }],
						[all, { from: cut + 1 }],
					];
					expect(idsAfter([all], ...inTwo)).toEqual(idsAfter([all]));
					expect(idsAfter(...inTwo, [all, { from }])).toEqual(idsAfter([all]));
				},
			),
		);
	});

	it('stays the same when all networks come first and one network later', () => {
		fc.assert(
			fc.property(lines, (all) => {
				expect(idsAfter([all], [all, { network: 1 }], [all, { network: 3 }])).toEqual(
					idsAfter([all]),
				);
			}),
		);
	});

	it('differs in another zone, because the times do', () => {
		const all = fc.sample(line, { numRuns: 5, seed: 3 });
		const both = new Set([...idsAfter([all]), ...idsAfter([all, { zone: 'Asia/Tokyo' }])]);
		expect(both.size).toBe(idsAfter([all]).length * 2);
	});

	it('is the same under every name of GMT, and with blanks around values', () => {
		const all = fc.sample(line, { numRuns: 5, seed: 4 });
		for (const zone of ['UTC', 'Etc/UTC', 'Etc/GMT', 'utc']) {
			expect(idsAfter([all, { zone }])).toEqual(idsAfter([all]));
		}
		const padded = all.map((each) => ({ ...each, advertiser: ` ${each.advertiser} ` }));
		expect(idsAfter([padded])).toEqual(idsAfter([all]));
	});

	it('does not depend on how the report writes its dates', () => {
		const [one] = fc.sample(line, { numRuns: 1, seed: 1 });
		const other: Asked = {
			extra: {
				'Transaction Date': ({ transaction }) =>
					`02/${String(transaction.day).padStart(2, '0')}/2026`,
			},
		};
		expect(idsAfter([[one]], [[one], other])).toHaveLength(1);
	});
});

describe('the line id with a Transaction ID', () => {
	const withId: Asked = {
		columns: [...defaultColumns, 'Transaction ID'],
		extra: { 'Transaction ID': ({ transactionId }) => transactionId },
	};

	it('is the Transaction ID', () => {
		fc.assert(
			fc.property(lines, (all) => {
				expect(idsAfter([all, withId])).toEqual(
					all.map(({ transactionId }) => transactionId).sort(),
				);
			}),
		);
	});

	it('falls back to the order line for a line without one, and never loses a line', () => {
		fc.assert(
			fc.property(lines, (all) => {
				const some = all.map((each, index) => (index % 2 ? { ...each, transactionId: '' } : each));
				expect(idsAfter([some, withId], [some, withId])).toHaveLength(all.length);
			}),
		);
	});

	it('distinguishes two lines with one Transaction ID', () => {
		const [one] = fc.sample(line, { numRuns: 1, seed: 2 });
		expect(idsAfter([[one, { ...one, sku: 'S9' }], withId])).toEqual([
			one.transactionId,
			`${one.transactionId}#2`,
		]);
	});

	it('is made from the order line if the user says so', () => {
		const text = csv(
			[...defaultColumns, 'Transaction ID'].join(','),
			',1,A,2/1/26,01:00:00,S,1.00,0.10,2/1/26,02:00:00,TID',
		);
		const without = csv(
			defaultColumns.join(','),
			',1,A,2/1/26,01:00:00,S,1.00,0.10,2/1/26,02:00:00',
		);
		expect(decode(text, { lineIdFrom: 'orderLine' }).rows[0].lineId).toBe(
			decode(without).rows[0].lineId,
		);
	});
});
