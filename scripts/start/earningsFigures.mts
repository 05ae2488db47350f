import type { DataTableRow } from '../host/api/dataTables.mts';
import type { LedgerTotals } from '../../sandbox/server.mts';
import { ExactSum, exactText } from './exactSum.mts';

export interface CurrencyFigures {
	currency: string;
	rows: number;
	orders: number;
	corrections: number;
	/** Exact decimals with at least two places. */
	sales: string;
	commission: string;
}

/** The figures of earnings: the same whether they were stored by n8n or are the sandbox's own. */
export interface EarningsFigures {
	rows: number;
	orders: number;
	corrections: number;
	/** By currency, in the order of their codes. */
	totals: CurrencyFigures[];
	rejected: number;
}

/** Adds up the rows of the data table rakuten_earnings. */
export function storedFigures(rows: readonly DataTableRow[], rejected: number): EarningsFigures {
	const currencies = [...new Set(rows.map(({ currency }) => String(currency)))].sort();
	return {
		...countsOf(rows),
		totals: currencies.map((currency) => {
			const own = rows.filter((row) => String(row.currency) === currency);
			return {
				currency,
				...countsOf(own),
				sales: sumOf(own, 'saleAmount'),
				commission: sumOf(own, 'commission'),
			};
		}),
		rejected,
	};
}

/** The same figures of the sandbox's ledger. */
export function ledgerFigures(ledger: LedgerTotals): EarningsFigures {
	const { rows, orders, corrections, currencies, rejectedExpected } = ledger;
	return {
		rows,
		orders,
		corrections,
		totals: currencies.map((each) => ({
			currency: each.currency,
			rows: each.rows,
			orders: each.orders,
			corrections: each.corrections,
			sales: exactText(each.sales),
			commission: exactText(each.commission),
		})),
		rejected: rejectedExpected.rows,
	};
}

function countsOf(rows: readonly DataTableRow[]) {
	return {
		rows: rows.length,
		orders: new Set(rows.map(({ orderKey }) => orderKey)).size,
		corrections: rows.filter(({ kind }) => kind === 'correction').length,
	};
}

function sumOf(rows: readonly DataTableRow[], column: 'saleAmount' | 'commission'): string {
	const sum = new ExactSum();
	for (const row of rows) sum.add(String(row[column]));
	return String(sum);
}
