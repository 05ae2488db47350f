import { AmountSum } from '../money/decimal';
import type { ReadRow } from './rowReader';

/** Totals of the rows of one currency in one network, as exact decimal strings. */
export interface ReportTotal {
	currency: string | null;
	network: string | null;
	rows: number;
	corrections: number;
	/** Null if the currency is unknown: amounts in unknown currencies are never added up. */
	sales: string | null;
	commission: string | null;
}

/** Adds up rows by currency and network, never across currencies. */
export class ReportTotals {
	private readonly groups = new Map<string, Group>();

	add(row: ReadRow): void {
		const key = `${row.currency ?? ''}\u001f${row.network ?? ''}`;
		let group = this.groups.get(key);
		if (!group) {
			group = {
				currency: row.currency,
				network: row.network,
				rows: 0,
				corrections: 0,
				sales: new AmountSum(),
				commission: new AmountSum(),
			};
			this.groups.set(key, group);
		}
		group.rows++;
		if (row.isCorrection) group.corrections++;
		if (row.currency === null) return;
		if (row.saleAmount !== null) group.sales.add(row.saleAmount);
		if (row.commission !== null) group.commission.add(row.commission);
	}

	/** Adds the totals of another part of the same import. */
	addAll(totals: readonly ReportTotal[]): void {
		for (const total of totals) {
			const key = `${total.currency ?? ''}\u001f${total.network ?? ''}`;
			const group = this.groups.get(key);
			if (!group) {
				const sales = new AmountSum();
				const commission = new AmountSum();
				sales.add(total.sales ?? '0');
				commission.add(total.commission ?? '0');
				this.groups.set(key, { ...total, sales, commission });
				continue;
			}
			group.rows += total.rows;
			group.corrections += total.corrections;
			group.sales.add(total.sales ?? '0');
			group.commission.add(total.commission ?? '0');
		}
	}

	/** The totals, most rows first. */
	list(): ReportTotal[] {
		return [...this.groups.values()]
			.map((group) => ({
				...group,
				sales: group.currency === null ? null : group.sales.toString(),
				commission: group.currency === null ? null : group.commission.toString(),
			}))
			.sort((a, b) => b.rows - a.rows);
	}
}

interface Group {
	currency: string | null;
	network: string | null;
	rows: number;
	corrections: number;
	sales: AmountSum;
	commission: AmountSum;
}
