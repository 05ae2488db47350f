import type { AttemptTotals } from '../../../sandbox/developer/postbackAttempts.mts';
import type { DataTableRow } from '../../../scripts/host/api/dataTables.mts';
import { exactText } from '../../../scripts/start/exactSum.mts';
import { totalsOf } from '../../../scripts/start/logFigures.mts';

/** Lines and exact sums of stored events by currency, in the form of `comparable`. */
export function storedTotals(rows: readonly DataTableRow[]): AttemptTotals['sumsByCurrency'] {
	return Object.fromEntries(totalsOf(rows).map(({ currency, ...totals }) => [currency, totals]));
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
