import type { AttemptTotals } from '../../../sandbox/postbackAttempts.mts';
import type { DataTableRow } from '../../../scripts/host/api/dataTables.mts';
import { ExactSum, exactText } from '../../../scripts/start/exactSum.mts';

/** Lines and exact sums of stored events by currency, in the form of `comparable`. */
export function storedTotals(rows: readonly DataTableRow[]): AttemptTotals['sumsByCurrency'] {
	const currencies = [...new Set(rows.map(({ currency }) => String(currency)))].sort();
	return Object.fromEntries(
		currencies.map((currency) => {
			const own = rows.filter((row) => row.currency === currency);
			const sum = (column: string) => {
				const total = new ExactSum();
				for (const row of own) total.add(String(row[column]));
				return String(total);
			};
			return [
				currency,
				{ lines: own.length, sales: sum('saleAmount'), commission: sum('commission') },
			];
		}),
	);
}

/** The sender's own totals, with amounts written as `storedTotals` writes them. */
export function comparable({ sumsByCurrency }: AttemptTotals): AttemptTotals['sumsByCurrency'] {
	return Object.fromEntries(
		Object.entries(sumsByCurrency).map(([currency, { lines, sales, commission }]) => [
			currency,
			{ lines, sales: exactText(sales), commission: exactText(commission) },
		]),
	);
}
