import { AmountSum, addAmounts, compareToZero, negate, parseAmount } from '../money/decimal';
import type { ReportColumn } from './columnNames';
import { isBlank } from './rowFields';

/** A data row as it came, with the line it starts on. */
export interface RawRow {
	readonly fields: string[];
	readonly line: number;
}

/** More rows than this are never totals: a report has one, or one and a grand total. */
const mostTotals = 3;

/**
 * Tells the totals behind a report from its rows (seen in old reports and with summaries). A row of
 * sums without texts, or with the one text "Total", is held back until it is known what follows: it
 * is a total only at the very end, and only if its amounts are the sums of the rows above it.
 * Anything else is a row like others, as a line without a sub-ID may look just the same.
 */
export class TotalRows {
	private held: RawRow[] = [];
	private readonly sums: Array<{ position: number; sum: AmountSum }>;

	constructor(private readonly columns: readonly ReportColumn[]) {
		this.sums = columns.flatMap(({ known }, position) =>
			known?.type === 'amount' || known?.type === 'count'
				? [{ position, sum: new AmountSum() }]
				: [],
		);
	}

	/** Takes a row that may be a total, if it is one; what it gives back are rows by now. */
	next(row: RawRow): readonly RawRow[] {
		if (!this.mayBeTotal(row.fields)) {
			if (this.held.length === 0) return [row];
			const rows = [...this.held, row];
			this.held = [];
			return rows;
		}
		this.held.push(row);
		return this.held.length > mostTotals ? [this.held.shift()!] : [];
	}

	/** Counts a data row's amounts, readable row or not. */
	add(fields: readonly string[]): void {
		for (const { position, sum } of this.sums) {
			const text = fields[position];
			if (text === undefined || isBlank(text)) continue;
			const amount = parseAmount(text);
			if (amount !== undefined) sum.add(amount);
		}
	}

	/** At the end: the next row held back that is no total, or undefined; totals are counted. */
	nextOfEnd(): { row?: RawRow; isTotal: boolean } | undefined {
		const row = this.held.shift();
		if (!row) return undefined;
		return this.isTotal(row.fields) ? { isTotal: true } : { row, isTotal: false };
	}

	private mayBeTotal(fields: readonly string[]): boolean {
		let labels = 0;
		let numbers = 0;
		for (let index = 0; index < fields.length; index++) {
			const text = fields[index];
			if (isBlank(text)) continue;
			const type = this.columns[index]?.known?.type;
			if (type === 'text' || type === 'date' || type === 'time' || type === undefined) {
				if (/^\s*(grand )?totals?\b/i.test(text)) labels++;
				else if (type !== undefined || parseAmount(text) === undefined) return false;
			} else numbers++;
		}
		return numbers > 0 && labels <= 1;
	}

	private isTotal(fields: readonly string[]): boolean {
		let compared = 0;
		for (const { position, sum } of this.sums) {
			const text = fields[position];
			if (text === undefined || isBlank(text)) continue;
			const amount = parseAmount(text);
			if (amount === undefined) return false;
			if (compareToZero(addAmounts(amount, negate(sum.toString()))) !== 0) return false;
			compared++;
		}
		return compared > 0;
	}
}
