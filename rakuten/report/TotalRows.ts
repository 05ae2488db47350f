import { AmountSum, addAmounts, compareToZero, negate, parseAmount } from '../money/decimal';
import type { ReportColumn } from './columnNames';
import { isBlank } from '../line/isBlank';

/** A data row as it came, with the line it starts on. */
export interface RawRow {
	readonly fields: string[];
	readonly line: number;
}

/** What a row at the end of a report is: a total, an ordinary row, or neither for certain. */
type LastRow =
	| { row: RawRow; is: 'total' }
	| { row: RawRow; is: 'data' }
	| { row: RawRow; is: 'unclear'; reason: string };

/** More rows than this are never totals: a report has one, or one and a grand total. */
const mostTotals = 3;

/** Columns whose total is not the sum of their rows. */
const notAdded = new Set([
	'averageItemValue',
	'averageOrderValue',
	'costPerAction',
	'earningsPerClick',
	'orders',
	'publishersPerGroup',
]);

/**
 * Distinguishes the totals at the end of a report from its rows (seen in old reports and with
 * summaries). A row of numbers without texts, or with the single text "Total", is held back until
 * the next rows are known: only at the very end can it be a total, and its amounts must be the sums
 * of the rows above it. A line without a sub-ID may look just the same, so if it is not certain,
 * nothing is decided: the row is passed on as unclear, for a person to check.
 */
export class TotalRows {
	private held: RawRow[] = [];
	private rows = 0;
	private readonly sums: Array<{ position: number; sum: AmountSum }>;

	/** `areLines`: every true row of the report names its order line, so that a total can't be one. */
	constructor(
		private readonly columns: readonly ReportColumn[],
		private readonly areLines: boolean,
	) {
		this.sums = columns.flatMap(({ known, name }, position) =>
			(known?.type === 'amount' || known?.type === 'count') && !notAdded.has(name)
				? [{ position, sum: new AmountSum() }]
				: [],
		);
	}

	/** Takes a row, and gives back those that are rows for certain by now. */
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
		this.rows++;
		for (const { position, sum } of this.sums) {
			const text = fields[position];
			if (text === undefined || isBlank(text)) continue;
			const amount = parseAmount(text);
			if (amount !== undefined) sum.add(amount);
		}
	}

	/** At the end of the report: the next row that was held back, and what it is. */
	nextOfEnd(): LastRow | undefined {
		const row = this.held.shift();
		if (!row) return undefined;
		const isSum = this.isSum(row.fields);
		if (isLabelled(row.fields)) {
			if (isSum) return { row, is: 'total' };
			const reason = 'This last row says "Total", but is not the sum of the rows above it';
			return { row, is: 'unclear', reason };
		}
		if (!isSum || this.rows < 2) return { row, is: 'data' };
		if (this.areLines) return { row, is: 'total' };
		const reason =
			'This last row is the sum of the rows above it: a total without a label, or a row by chance';
		return { row, is: 'unclear', reason };
	}

	private mayBeTotal(fields: readonly string[]): boolean {
		let labels = 0;
		let numbers = 0;
		for (let index = 0; index < fields.length; index++) {
			const text = fields[index];
			if (isBlank(text)) continue;
			const type = this.columns[index]?.known?.type;
			if (type === 'text' || type === 'date' || type === 'time' || type === undefined) {
				if (label.test(text)) labels++;
				else if (type !== undefined || parseAmount(text) === undefined) return false;
			} else numbers++;
		}
		return numbers > 0 && labels <= 1;
	}

	/** Whether the amounts are the sums so far, at least one of them not zero. */
	private isSum(fields: readonly string[]): boolean {
		let notZero = 0;
		for (const { position, sum } of this.sums) {
			const text = fields[position];
			if (text === undefined || isBlank(text)) continue;
			const amount = parseAmount(text);
			if (amount === undefined) return false;
			if (compareToZero(addAmounts(amount, negate(sum.toString()))) !== 0) return false;
			if (compareToZero(amount) !== 0) notZero++;
		}
		return notZero > 0;
	}
}

const label = /^\s*(grand )?totals?\b/i;
const isLabelled = (fields: readonly string[]) => fields.some((text) => label.test(text));
