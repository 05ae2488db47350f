import { AmountSum, addAmounts, compareToZero, negate, parseAmount } from '../money/decimal';
import type { ReportColumn } from './columnNames';
import type { IdentityKind } from './lineIdentity';
import { positionOf } from './rowFields';
import { isBlank } from '../line/isBlank';

/** A data row as it came, with the line it starts on. */
export interface RawRow {
	readonly fields: string[];
	readonly line: number;
	/** Line ends inside quoted fields. */
	readonly innerLines: number;
	/** There was text between a closing quote and the end of its field. */
	readonly strayQuote: boolean;
}

/** What a row turned out to be: a total, an ordinary row, or no line and no total either. */
export type JudgedRow =
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
	'netItemsPerOrder',
	'orders',
	'publishersPerGroup',
	'returnDays',
	'stayLength',
]);

/** Sums of the rows of one currency and network. */
interface SumGroup {
	readonly currency: string;
	readonly network: string;
	readonly sums: readonly AmountSum[];
	/** What the sums were at the last total: a subtotal counts from there. */
	atLastTotal: readonly string[];
}

/**
 * Distinguishes the totals of a report from its rows (seen in old reports and with summaries). The
 * amounts of a total are the sums of the rows above it, of its own currency and network where it
 * names them, counted from the start or from the last total.
 *
 * In a report of order lines, a row with a label in place of its ID, or without order, advertiser
 * and any date, is not a line, wherever it is: a total, or unclear. In any other report, a row of
 * numbers with no text but a label is held back until the next rows are known. If it has a label and
 * is the sum, it is a total; without a label it may be a row that has no sub-ID, so if it is the sum
 * and comes last, nothing is decided: it is passed on as unclear, for a person to check.
 */
export class TotalRows {
	private held: RawRow[] = [];
	private rows = 0;
	private readonly summed: readonly number[];
	private readonly groups = new Map<string, SumGroup>();
	private readonly currency: number;
	private readonly network: number;
	/** Columns of which a line has at least one: its order, its advertiser, its dates. */
	private readonly naming: readonly number[];
	private readonly id: number;
	/** Every true row of the report names its order line, so that a total can't be one. */
	private readonly areLines: boolean;

	constructor(
		private readonly columns: readonly ReportColumn[],
		identity: IdentityKind,
	) {
		this.areLines = identity !== 'none';
		this.summed = columns.flatMap(({ known, name }, position) =>
			(known?.type === 'amount' || known?.type === 'count') && !notAdded.has(name)
				? [position]
				: [],
		);
		this.currency = positionOf(columns, 'currency');
		this.network = positionOf(columns, 'network');
		this.naming = columns.flatMap(({ known }, position) =>
			known && (known.type === 'date' || naming.has(known.name)) ? [position] : [],
		);
		this.id = positionOf(columns, identity === 'transactionId' ? 'transactionId' : 'orderId');
	}

	/**
	 * Takes a row and hands on those that are known for what they are by now, one by one: each must
	 * be counted before the next is judged.
	 */
	next(row: RawRow, handOn: (judged: JudgedRow) => void): void {
		if (this.areLines) {
			handOn(this.isNoLine(row.fields) ? this.judgeNoLine(row) : data(row));
			return;
		}
		if (this.mayBeTotal(row.fields)) {
			this.held.push(row);
			if (this.held.length > mostTotals) handOn(this.judgeInner(this.held.shift()!));
			return;
		}
		while (this.held.length > 0) handOn(this.judgeInner(this.held.shift()!));
		handOn(data(row));
	}

	/** Counts a data row's amounts, readable row or not. */
	add(fields: readonly string[]): void {
		this.rows++;
		const { sums } = this.groupOf(fields);
		for (let index = 0; index < sums.length; index++) {
			const text = fields[this.summed[index]];
			if (text === undefined || isBlank(text)) continue;
			const amount = parseAmount(text);
			if (amount !== undefined) sums[index].add(amount);
		}
	}

	/** At the end of the report: the next row that was held back, and what it is. */
	nextOfEnd(): JudgedRow | undefined {
		const row = this.held.shift();
		if (!row) return undefined;
		const isLabelled = row.fields.some(isLabel);
		const isSum = this.isSum(row.fields, isLabelled);
		if (isLabelled) {
			if (isSum) return this.total(row);
			const reason = 'This last row says "Total", but is not the sum of the rows above it';
			return { row, is: 'unclear', reason };
		}
		if (!isSum || this.rows < 2) return data(row);
		const reason =
			'This last row is the sum of the rows above it: a total without a label, or a row by chance';
		return { row, is: 'unclear', reason };
	}

	private judgeInner(row: RawRow): JudgedRow {
		const isTotal = row.fields.some(isLabel) && this.isSum(row.fields, true);
		return isTotal ? this.total(row) : data(row);
	}

	private judgeNoLine(row: RawRow): JudgedRow {
		if (this.isSum(row.fields, row.fields.some(isLabel))) return this.total(row);
		const reason =
			'This row names no order line: its ID is a label like "Total", or it has no order, advertiser and date. It is not the sum of the rows above it either';
		return { row, is: 'unclear', reason };
	}

	private total(row: RawRow): JudgedRow {
		for (const group of this.groupsFor(row.fields)) {
			group.atLastTotal = group.sums.map((sum) => sum.toString());
		}
		return { row, is: 'total' };
	}

	private groupOf(fields: readonly string[]): SumGroup {
		const currency = this.currency < 0 ? '' : (fields[this.currency] ?? '');
		const network = this.network < 0 ? '' : (fields[this.network] ?? '');
		const key = network === '' ? currency : `${currency}\u001f${network}`;
		let group = this.groups.get(key);
		if (!group) {
			const sums = this.summed.map(() => new AmountSum());
			group = {
				currency: plain(currency),
				network: plain(network),
				sums,
				atLastTotal: sums.map(() => '0'),
			};
			this.groups.set(key, group);
		}
		return group;
	}

	/** The groups that a total adds up: those of its currency and network, where it names them. */
	private groupsFor(fields: readonly string[]): SumGroup[] {
		const named = (position: number) => {
			const text = position < 0 ? '' : (fields[position] ?? '');
			return isBlank(text) || isLabel(text) ? '' : plain(text);
		};
		const currency = named(this.currency);
		const network = named(this.network);
		return [...this.groups.values()].filter(
			(group) =>
				(currency === '' || group.currency === currency) &&
				(network === '' || group.network === network),
		);
	}

	private isNoLine(fields: readonly string[]): boolean {
		if (isIdLabel(fields[this.id] ?? '')) return true;
		for (const position of this.naming) {
			const text = fields[position];
			if (text !== undefined && !isBlank(text) && !isLabel(text)) return false;
		}
		return this.naming.length > 0;
	}

	private mayBeTotal(fields: readonly string[]): boolean {
		let labels = 0;
		let numbers = 0;
		let places = 0;
		for (let index = 0; index < fields.length; index++) {
			const text = fields[index];
			if (isBlank(text)) continue;
			const known = this.columns[index]?.known;
			const type = known?.type;
			if (type === 'text' || type === 'date' || type === 'time' || type === undefined) {
				if (isLabel(text)) labels++;
				else if (type === 'date' || type === 'time' || besideLabel.has(known?.name ?? '')) places++;
				else if (type !== undefined || parseAmount(text) === undefined) return false;
			} else numbers++;
		}
		return numbers > 0 && labels <= 1 && (labels === 1 || places === 0);
	}

	/**
	 * Whether the amounts are the sums so far, or those since the last total; where zeros don't
	 * count, at least one of them must not be zero.
	 */
	private isSum(fields: readonly string[], countsZero: boolean): boolean {
		const groups = this.groupsFor(fields);
		let filled = 0;
		let notZero = 0;
		let fromStart = true;
		let fromLast = true;
		for (let index = 0; index < this.summed.length; index++) {
			const text = fields[this.summed[index]];
			if (text === undefined || isBlank(text)) continue;
			const amount = parseAmount(text);
			if (amount === undefined) return false;
			const whole = new AmountSum();
			const part = new AmountSum();
			for (const { sums, atLastTotal } of groups) {
				whole.add(sums[index].toString());
				part.add(sums[index].toString());
				part.add(negate(atLastTotal[index]));
			}
			fromStart &&= isEqual(amount, whole.toString());
			fromLast &&= isEqual(amount, part.toString());
			filled++;
			if (compareToZero(amount) !== 0) notZero++;
		}
		return (fromStart || fromLast) && (countsZero ? filled : notZero) > 0;
	}
}

/** Names of the columns, dates aside, of which a line fills at least one. */
const naming = new Set(['orderId', 'advertiserId', 'advertiserName']);

/** Texts that a labelled total may have beside its label: whose total it is. */
const besideLabel = new Set(['currency', 'network', 'networkId', 'siteId']);

const data = (row: RawRow): JudgedRow => ({ row, is: 'data' });
const plain = (text: string) => text.trim().toUpperCase();
const isEqual = (amount: string, sum: string) =>
	compareToZero(addAmounts(amount, negate(sum))) === 0;

const labelWord =
	'(?:grand[ -]?totals?|sub[ -]?totals?|totals?|totale|totaal|total g[eé]n[eé]ral|sous-total|gesamt|gesamtsumme|summe|zwischensumme|somme|suma|soma|合計|総計|小計)';
/**
 * A whole cell that labels a total, with its currency at most: `Total`, `Totals (USD)`, `Gesamt:`.
 * "Total Wine" and "Total Gym" are advertisers, so a currency without brackets is in capitals.
 */
const label = new RegExp(`^${labelWord} ?(?:\\([A-Za-z ]{0,20}\\) ?)?:?$`, 'i');
const behindLabel = / [A-Z]{3}$/;
/** An ID that begins with such a word is a label, whatever follows: no ID has blanks. */
const idLabel = new RegExp(`^${labelWord}(?:[ :(]|$)`, 'i');
const longestLabel = 40;

/** Looks at the first character before all else, as most cells come by here. */
function isLabel(text: string): boolean {
	if (!mayBeginLabel(text) || text.length > longestLabel) return false;
	return label.test(text.trim().replace(behindLabel, ''));
}

const isIdLabel = (text: string) =>
	mayBeginLabel(text) && idLabel.test(text.slice(0, longestLabel).trim());

/** G, S, T, Z in either case, blanks, or a Japanese character. */
function mayBeginLabel(text: string): boolean {
	const first = text.charCodeAt(0) | 0x20;
	return (
		first === 0x74 ||
		first === 0x67 ||
		first === 0x73 ||
		first === 0x7a ||
		first === 0x20 ||
		first > 0x7f
	);
}
