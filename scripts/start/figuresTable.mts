import {
	byCurrency,
	comparison,
	comparisonTable,
	differencesOf,
	type Comparison,
} from './comparison.mts';
import type { EarningsFigures } from './earningsFigures.mts';

/** Each figure that n8n stored beside the sandbox's own. */
function comparisons(stored: EarningsFigures, expected: EarningsFigures): Comparison[] {
	const list = [
		comparison('Rows', stored.rows, expected.rows),
		comparison('Orders', stored.orders, expected.orders),
		comparison('Corrections', stored.corrections, expected.corrections),
		comparison('Rejected rows', stored.rejected, expected.rejected),
	];
	for (const totals of byCurrency(stored.totals, expected.totals)) {
		const { currency, stored: one, expected: other } = totals;
		list.push(
			comparison(`${currency} sales`, one?.sales, other?.sales),
			comparison(`${currency} commission`, one?.commission, other?.commission),
			comparison(`${currency} rows`, one?.rows, other?.rows, true),
			comparison(`${currency} orders`, one?.orders, other?.orders, true),
			comparison(`${currency} corrections`, one?.corrections, other?.corrections, true),
		);
	}
	return list;
}

/** The figures in which the two differ, in words; empty when they are equal. */
export function differences(stored: EarningsFigures, expected: EarningsFigures): string[] {
	return differencesOf(comparisons(stored, expected));
}

/** A table for the terminal: counts first, then sales and commission by currency. */
export function figuresTable(stored: EarningsFigures, expected: EarningsFigures): string {
	return comparisonTable(comparisons(stored, expected), {
		stored: 'n8n has stored',
		expected: 'the sandbox holds',
	});
}
