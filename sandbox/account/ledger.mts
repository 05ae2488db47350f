import { orderKey, type Account, type Selection } from './account.mts';
import type { DamagedRows } from './damagedRows.mts';
import { kindOf, type Line } from './lines.mts';
import { decimalText } from './money.mts';
import { NETWORKS } from './networks.mts';

/** Sums of the lines of one currency, as exact decimal texts. */
export interface Totals {
	currency: string;
	rows: number;
	orders: number;
	corrections: number;
	zeros: number;
	sales: string;
	commission: string;
}

export interface NetworkTotals extends Totals {
	network: number;
	country: string;
}

/** What a reader of the line reports must arrive at for one selection. */
export interface LedgerTotals extends Selection {
	/** Readable rows; the sums below are theirs. */
	rows: number;
	orders: number;
	corrections: number;
	zeros: number;
	/** One per currency and network. */
	totals: NetworkTotals[];
	currencies: Totals[];
	/** Networks asked for (or known, if none was named) that have no line here. */
	emptyNetworks: number[];
	/** Rows damaged on purpose: sent, but not readable, and in none of the sums above. */
	rejectedExpected: { rows: number; currencies: Totals[] };
	/** Rows as sent: readable and damaged. */
	rowsSent: number;
	impressions: number;
	clicks: number;
}

/** Totals taken from the data itself, never from a report's text. */
export class Ledger {
	#account: Account;
	#damaged: DamagedRows;

	constructor(account: Account, damaged: DamagedRows) {
		this.#account = account;
		this.#damaged = damaged;
	}

	/**
	 * @param selection dates as `YYYY-MM-DD`, both included, in the zone named (GMT by default), by
	 * transaction date unless told otherwise
	 */
	totals(asked: Pick<Selection, 'from' | 'to'> & Partial<Selection>): LedgerTotals {
		const selection: Selection = { dateType: 'transaction', zone: 'GMT', ...asked };
		const sent = this.#account.select(selection);
		const kept = sent.filter((line) => this.#damaged.of(line) === undefined);
		const rejected = sent.filter((line) => this.#damaged.of(line) !== undefined);
		const activity = this.#account.selectActivity(selection);
		const seen = new Set(sent.map((line) => line.advertiser.network.id));
		const { rows, orders, corrections, zeros } = counts(kept);
		return {
			...selection,
			rows,
			orders,
			corrections,
			zeros,
			totals: NETWORKS.flatMap(({ id, country }) =>
				perCurrency(kept.filter((line) => line.advertiser.network.id === id)).map((totals) => ({
					network: id,
					country,
					...totals,
				})),
			),
			currencies: perCurrency(kept),
			emptyNetworks: (selection.networks ?? NETWORKS.map(({ id }) => id)).filter(
				(id) => !seen.has(id),
			),
			rejectedExpected: { rows: rejected.length, currencies: perCurrency(rejected) },
			rowsSent: sent.length,
			impressions: activity.reduce((sum, { impressions }) => sum + impressions, 0),
			clicks: activity.reduce((sum, { clicks }) => sum + clicks, 0),
		};
	}
}

function counts(lines: readonly Line[]) {
	return {
		rows: lines.length,
		orders: new Set(lines.map(orderKey)).size,
		corrections: lines.filter((line) => kindOf(line) === 'correction').length,
		zeros: lines.filter((line) => kindOf(line) === 'zero').length,
	};
}

function perCurrency(lines: readonly Line[]): Totals[] {
	const currencies = [...new Set(lines.map((line) => line.advertiser.currency))].sort();
	return currencies.map((currency) => {
		const own = lines.filter((line) => line.advertiser.currency === currency);
		return {
			currency,
			...counts(own),
			sales: decimalText(sum(own, 'sales'), currency),
			commission: decimalText(sum(own, 'commission'), currency),
		};
	});
}

function sum(lines: readonly Line[], field: 'sales' | 'commission'): number {
	return lines.reduce((total, line) => total + line[field], 0);
}
