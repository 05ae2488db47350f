import type { EarningsFigures } from './earningsFigures.mts';

interface Comparison {
	name: string;
	stored: string;
	expected: string;
	/** Shown only where it differs. */
	isDetail: boolean;
}

/** Each figure that n8n stored beside the sandbox's own. */
function comparisons(stored: EarningsFigures, expected: EarningsFigures): Comparison[] {
	const list: Comparison[] = [];
	const compare = (name: string, one: unknown, other: unknown, isDetail = false) =>
		list.push({
			name,
			stored: String(one ?? 'none'),
			expected: String(other ?? 'none'),
			isDetail,
		});
	compare('Rows', stored.rows, expected.rows);
	compare('Orders', stored.orders, expected.orders);
	compare('Corrections', stored.corrections, expected.corrections);
	compare('Rejected rows', stored.rejected, expected.rejected);
	const currencies = [...stored.totals, ...expected.totals].map(({ currency }) => currency);
	for (const currency of [...new Set(currencies)].sort()) {
		const [one, other] = [stored, expected].map(({ totals }) =>
			totals.find((each) => each.currency === currency),
		);
		compare(`${currency} sales`, one?.sales, other?.sales);
		compare(`${currency} commission`, one?.commission, other?.commission);
		compare(`${currency} rows`, one?.rows, other?.rows, true);
		compare(`${currency} orders`, one?.orders, other?.orders, true);
		compare(`${currency} corrections`, one?.corrections, other?.corrections, true);
	}
	return list;
}

/** The figures in which the two differ, in words; empty when they are equal. */
export function differences(stored: EarningsFigures, expected: EarningsFigures): string[] {
	return comparisons(stored, expected)
		.filter((each) => each.stored !== each.expected)
		.map((each) => `${each.name}: ${each.stored} instead of ${each.expected}`);
}

/** A table for the terminal: counts first, then sales and commission by currency. */
export function figuresTable(stored: EarningsFigures, expected: EarningsFigures): string {
	const rows = comparisons(stored, expected)
		.filter((each) => !each.isDetail || each.stored !== each.expected)
		.map((each) => [
			each.name,
			withSeparators(each.stored),
			withSeparators(each.expected),
			each.stored === each.expected ? 'equal' : 'DIFFERENT',
		]);
	const table = [['', 'n8n has stored', 'the sandbox holds', ''], ...rows];
	const widths = table[0]!.map((_, column) =>
		Math.max(...table.map((cells) => cells[column]!.length)),
	);
	return table
		.map(([name, ...figures]) =>
			[
				name!.padEnd(widths[0]!),
				figures[0]!.padStart(widths[1]!),
				figures[1]!.padStart(widths[2]!),
				figures[2]!,
			]
				.join('   ')
				.trimEnd(),
		)
		.join('\n');
}

/** `1234567.50` → `1,234,567.50`. */
function withSeparators(number: string): string {
	return number.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
}
