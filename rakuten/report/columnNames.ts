import { knownColumn, plainHeader } from './columns';
import type { KnownColumn } from './columns';

/** One column of a report as it came: its header, its known meaning if any, its field name. */
export interface ReportColumn {
	readonly header: string;
	readonly known: KnownColumn | undefined;
	/** Field name in a normalized row; unique within the report. */
	readonly name: string;
}

/** Fields that the package itself adds to a row; a column of the report may not use these names. */
const ownFields = [
	'lineId',
	'orderKey',
	'kind',
	'currencySource',
	'country',
	'siteName',
	'replaceByDate',
	'unreadable',
];

/**
 * Names the columns of a report. Known columns get their normalized name; any other header becomes
 * camelCase (`Gift Card Type` → `giftCardType`); a header without letters or digits becomes
 * `column<position>`. A name that is already used by another column, by one of the package's own
 * fields or by JavaScript's object prototype (`constructor`, `__proto__`) gets a number: `sales2`.
 */
export function nameColumns(header: readonly string[]): ReportColumn[] {
	const taken = new Set(ownFields);
	for (const text of header) {
		const known = knownColumn(text);
		if (known) taken.add(known.name);
	}
	const owners = new Map<string, number>();
	header.forEach((text, position) => {
		const known = knownColumn(text);
		// Of two spellings of one column, the dashboard's own is used as the column.
		if (!known) return;
		const isOwn = (spelling: string) => plainHeader(spelling) === plainHeader(known.header);
		const before = owners.get(known.name);
		if (before === undefined || (isOwn(text) && !isOwn(header[before]))) {
			owners.set(known.name, position);
		}
	});
	const nextNumbers = new Map<string, number>();
	return header.map((text, position) => {
		const known = knownColumn(text);
		if (known && owners.get(known.name) === position) {
			return { header: text, known, name: known.name };
		}
		const name = freeName(camelCase(text) || `column${position + 1}`, taken, nextNumbers);
		taken.add(name);
		return { header: text, known: undefined, name };
	});
}

/** `nextNumbers` remembers where the search goes on, or thousands of equal headers would take minutes. */
function freeName(
	wanted: string,
	taken: ReadonlySet<string>,
	nextNumbers: Map<string, number>,
): string {
	let name = wanted;
	let number = nextNumbers.get(wanted) ?? 2;
	for (; taken.has(name) || name in Object.prototype; number++) name = `${wanted}${number}`;
	nextNumbers.set(wanted, number);
	return name;
}

function camelCase(header: string): string {
	const words = header
		.replace(/^\uFEFF/, '')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim()
		.split(' ')
		.filter((word) => word !== '');
	const joined = words
		.map((word, index) => {
			const lower = word.toLowerCase();
			return index === 0 ? lower : lower.charAt(0).toUpperCase() + lower.slice(1);
		})
		.join('');
	return /^\p{N}/u.test(joined) ? `column${joined}` : joined;
}

/** Columns that a line depends on, beside those that name it. */
const needed = new Set(['transactionDate', 'processDate', 'saleAmount', 'commission', 'quantity']);

/** Whether a value of this column that can't be read is null, while its row is kept. */
export function canBeNull({ known }: ReportColumn): boolean {
	const isTyped = known?.type === 'amount' || known?.type === 'count' || known?.type === 'date';
	return isTyped && !needed.has(known.name);
}
