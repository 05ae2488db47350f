import { decimalText } from '../account/money.mts';
import { dateText, dayNumber } from '../account/zones.mts';

/** A big made-up signature-orders report, for measurements. */
export interface SyntheticReport {
	rows: number;
	/** `YYYY-MM-DD`; the rows go through these days evenly. */
	from: string;
	to: string;
	/** Quoted fields: an advertiser's name with a comma, now and then an order ID with one. */
	quotes: boolean;
}

export const SYNTHETIC_HEADER =
	'Member ID (U1),MID,Advertiser Name,Order ID,Transaction Date,Transaction Time,SKU,Sales,' +
	'# of Items,Total Commission,Process Date,Process Time';

/** Size of a piece in characters; small, so that a slow reader holds the writer back. */
const PIECE = 64 * 1024;

/**
 * The report's text (CRLF, no byte order mark) in pieces of about 64 KiB, about 115 bytes per row,
 * so 200,000 rows are some 23 MB. Only the current piece is held in memory.
 */
export function* syntheticReport(report: SyntheticReport): Generator<string> {
	const first = dayNumber(report.from)!;
	const dates = Array.from({ length: dayNumber(report.to)! - first + 1 }, (_, index) => {
		const [year, month, day] = dateText(first + index)
			.split('-')
			.map(Number);
		return `${month}/${day}/${year! % 100}`;
	});
	const shops = report.quotes
		? ['Example Shop', '"Saltbox Furniture, LLC"', 'Juniper Kitchen', '"The ""Good"" Mattress Co."']
		: ['Example Shop', 'Saltbox Furniture LLC', 'Juniper Kitchen', 'The Good Mattress Co.'];
	let piece = `${SYNTHETIC_HEADER}\r\n`;
	for (let row = 0; row < report.rows; row++) {
		const date = dates[Math.floor((row * dates.length) / report.rows)]!;
		const time = `${twoDigits(row % 24)}:${twoDigits((row * 7) % 60)}:${twoDigits((row * 13) % 60)}`;
		const order = report.quotes && row % 50 === 0 ? `"A,${4_000_000 + row}"` : 4_000_000_000 + row;
		const { sales, commission } = amounts(row);
		piece +=
			`click-${row.toString(36)}-label,${24_000 + (row % 4) * 17},${shops[row % 4]},${order},` +
			`${date},${time},SKU-${row % 977}-${row % 3},${amountText(sales, report.quotes)},` +
			`${1 + (row % 3)},${amountText(commission, report.quotes)},${date},23:59:5${row % 10}\r\n`;
		if (piece.length >= PIECE) {
			yield piece;
			piece = '';
		}
	}
	if (piece !== '') yield piece;
}

/** What a reader of this many rows must arrive at, in US dollars. */
export function syntheticTotals(rows: number): { rows: number; sales: string; commission: string } {
	let sales = 0;
	let commission = 0;
	for (let row = 0; row < rows; row++) {
		const line = amounts(row);
		sales += line.sales;
		commission += line.commission;
	}
	return { rows, sales: decimalText(sales, 'USD'), commission: decimalText(commission, 'USD') };
}

/** In cents; every fortieth row reverses a sale. */
function amounts(row: number): { sales: number; commission: number } {
	const sign = row % 40 === 39 ? -1 : 1;
	return {
		sales: sign * (499 + ((row * 7919) % 150_000)),
		commission: sign * (25 + ((row * 31) % 9000)),
	};
}

function amountText(cents: number, quotes: boolean): string {
	const text = decimalText(cents, 'USD');
	if (!quotes || Math.abs(cents) < 100_000) return text;
	const comma = text.length - 6;
	return `"${text.slice(0, comma)},${text.slice(comma)}"`;
}

function twoDigits(number: number): string {
	return number < 10 ? `0${number}` : String(number);
}
