import { CsvScanner } from '../csv/CsvScanner';
import { headerKeys } from '../csv/headerKeys';
import { createDateReader } from '../date/reportDate';
import { zoneKey } from '../date/timeZones';
import { parseAmount } from '../money/decimal';
import type { KeyCounter } from './KeyCounter';
import type { IdentityKind } from './lineIdentity';
import type { RejectedRow } from '../line/reportRow';
import { nameColumns } from './columnNames';
import type { ReportColumn } from './columnNames';
import { knownColumn, plainHeader } from './columns';
import type { KnownColumn } from './columns';
import { quoteFault, withoutExtra, wrongWidth } from './damagedRow';
import { isNoHeader } from './isNoHeader';
import { isBlank } from '../line/isBlank';
import { createRowReader } from './rowReader';
import type { ReadRow, RowReader } from './rowReader';
import type { RowSettings } from './rowSettings';
import { TotalRows } from './TotalRows';
import type { JudgedRow, RawRow } from './TotalRows';
import { RakutenProblem } from '../problem';

/** The rows that were read from a piece of an answer. */
export interface RowBatch {
	readonly rows: ReadRow[];
	readonly rejected: RejectedRow[];
}

/** What an answer held once it was read to its end. read = kept + rejected. */
export interface DecodedReport {
	columns: readonly ReportColumn[];
	identity: IdentityKind;
	read: number;
	kept: number;
	rejected: number;
	/**
	 * Total rows that Rakuten put after the data; recognized (see TotalRows), and not part of
	 * `read`.
	 */
	totalRows: number;
	/** Values of kept rows that could not be read and are null. */
	unreadable: number;
	/** Kept rows from which an empty value that was too many has been removed. */
	realigned: number;
	/** Signs that the answer did not arrive whole; such an answer must not be used. */
	incomplete: 'openQuote' | 'noLastLineEnd' | 'noHeader' | undefined;
	/** The answer's text, if it is words instead of a report. */
	words: string | undefined;
	/** What separates the values instead of commas, such as "tabs": none of them was read. */
	separator: string | undefined;
	/** The ids of the lines, to find lines that come in other answers again. */
	keys: KeyCounter | undefined;
}

/** A summary block (`include_summary=Y`) is about four lines and a blank one: observed, so bounded. */
const longestSummary = 12;

/**
 * Reads one answer of the reporting API, byte by byte as it arrives: UTF-8 CSV with a byte order
 * mark and CRLF (seen in public connectors). It finds the header after a summary block,
 * distinguishes data rows from blank lines, "No Results Found" and trailing totals, and reads every
 * data row or rejects it with its line number and reason. Use it as `write`, `take`, `write`,
 * `take`, …, `end`, `take`.
 */
export class ReportDecoder {
	private readonly csv: CsvScanner;
	private opening: RawRow[] | undefined = [];
	/** The report's columns; empty until its header was met. */
	columns: readonly ReportColumn[] = [];
	/** The headers as keys of a rejected row's values. */
	private keys: readonly string[] = [];
	private reader: RowReader | undefined;
	private totals = new TotalRows([], 'none');
	/** The newest record: judged when the next has come, as the very last may be cut off. */
	private last: RawRow | undefined;
	/** The answer, where it is words instead of a report: none of it is handed on. */
	private words: string | undefined;
	/** What stands between its values, where that is not a comma. */
	private separator: string | undefined;
	/** The answer is the sentence "No Results Found" alone, without a header. */
	private saysEmpty = false;
	private read = 0;
	private kept = 0;
	private totalRows = 0;
	private unreadable = 0;
	private realigned = 0;
	/** A blank line was the last that came. */
	private isBehindBlank = false;
	/** Rows come that belong to another header than the report's. */
	private isUnderOtherHeader = false;
	private batch: RowBatch = { rows: [], rejected: [] };

	constructor(private readonly settings: RowSettings) {
		this.csv = new CsvScanner(
			(fields, line, strayQuote, innerLines) => {
				if (this.last) this.takeRecord(this.last);
				this.last = { fields: fields.slice(), line, innerLines, strayQuote };
			},
			{ longestRecord },
		);
	}

	write(chunk: Uint8Array): void {
		this.csv.write(chunk);
	}

	/** The rows that were read or rejected since the last call. */
	take(): RowBatch {
		const { batch } = this;
		this.batch = { rows: [], rejected: [] };
		return batch;
	}

	/**
	 * @param isWhole whether the answer is known to have arrived to its end; otherwise one whose last
	 * line does not end is taken for cut off
	 */
	end(isWhole = false): DecodedReport {
		const end = this.csv.end();
		const isCutOff = end.openQuote || !(end.endsWithLineEnd || isWhole);
		if (this.last && !isCutOff) this.takeRecord(this.last);
		if (this.opening) this.open(this.opening, 0);
		this.takeHeldBack();
		return {
			columns: this.columns,
			identity: this.reader?.identity ?? 'none',
			read: this.read,
			kept: this.kept,
			rejected: this.read - this.kept,
			totalRows: this.totalRows,
			unreadable: this.unreadable,
			realigned: this.realigned,
			words: this.words,
			separator: this.separator,
			keys: this.reader?.keys,
			incomplete: end.openQuote
				? 'openQuote'
				: this.columns.length === 0 && !this.saysEmpty && !this.words
					? 'noHeader'
					: isCutOff
						? 'noLastLineEnd'
						: undefined,
		};
	}

	private takeRecord(record: RawRow): void {
		if (!this.opening) {
			this.takeRow(record);
			return;
		}
		this.opening.push(record);
		if (this.opening.length >= longestSummary || this.isReportHeader(this.opening)) {
			this.open(this.opening, 0);
		} else if (isHeader(record.fields) && startsBehindBlank(this.opening)) {
			this.openBehindSummary(this.opening);
		}
	}

	/** The very first record names the report's columns and nothing but figures: no summary follows. */
	private isReportHeader(records: readonly RawRow[]): boolean {
		const first = records.find(({ fields }) => !isBlankLine(fields));
		return first === records.at(-1) && first !== undefined && namesRows(first.fields);
	}

	/**
	 * The newest record is a header behind a blank line. What comes before it is a summary, unless
	 * that begins with a header as wide that names more than figures, or no fewer than this one: then
	 * it is the report, and this is a second header.
	 */
	private openBehindSummary(records: readonly RawRow[]): void {
		const last = records.length - 1;
		const first = records.findIndex(({ fields }) => isHeader(fields));
		const [before, now] = [records[first].fields, records[last].fields];
		const isReport = before.length >= now.length && (!isOfSummary(before) || isOfSummary(now));
		this.open(records, first < last && isReport ? first : last);
	}

	/** Uses the record at `headerAt` as the header and passes on those after it. */
	private open(records: readonly RawRow[], headerAt: number): void {
		this.opening = undefined;
		const start = records.findIndex(
			(record, index) => index >= headerAt && !isBlankLine(record.fields),
		);
		if (start < 0) return;
		if (isNoResults(records[start].fields)) {
			this.saysEmpty = true;
			return;
		}
		const header = records[start].fields;
		if (header.reduce((length, field) => length + field.length + 1, 0) > longestHeader) {
			throw new RakutenProblem(
				'headerTooLong',
				'The header of the report is longer than 64 KiB',
				'No report has that many columns. Check the Base URL in the credential, and compare with the report in the dashboard.',
			);
		}
		if (isNoHeader(header)) {
			this.separator = separatorOf(header.join(','));
			// A table of unknown columns may hold sales, which do not belong in a message.
			const told = header.length > 2 ? records.slice(start, start + 1) : records;
			this.words = told.map(({ fields }) => fields.join(',')).join(' ');
			return;
		}
		this.columns = nameColumns(records[start].fields);
		this.keys = headerKeys(records[start].fields);
		this.reader = createRowReader(
			this.columns,
			this.settings,
			createDateReader(zoneKey(this.settings.zone)),
		);
		this.totals = new TotalRows(this.columns, this.reader.identity);
		this.takeBefore(records.slice(0, start));
		for (const record of records.slice(start + 1)) this.takeRow(record);
	}

	/** What comes before the header: the lines of a summary are totals, any other row is rejected. */
	private takeBefore(records: readonly RawRow[]): void {
		let isTable = false;
		for (const record of records) {
			const { fields } = record;
			if (isBlankLine(fields) || isNoResults(fields)) continue;
			if (isHeader(fields)) isTable = !isOfSummary(fields);
			else if (!isTable && isSummaryLine(fields)) this.totalRows++;
			else {
				this.read++;
				this.reject(record, "This row comes before the report's header");
			}
		}
	}

	private takeRow(record: RawRow): void {
		const { fields } = record;
		if (this.columns.length === 0) return;
		if (isBlankLine(fields)) {
			this.isBehindBlank = true;
			return;
		}
		if (isNoResults(fields)) return;
		if (this.isSameHeader(fields)) {
			this.isUnderOtherHeader = false;
			this.isBehindBlank = false;
			return;
		}
		if (this.isBehindBlank) {
			this.isBehindBlank = false;
			this.isUnderOtherHeader = isHeader(fields) && fields.length > 1;
		}
		if (this.isUnderOtherHeader) {
			this.read++;
			this.reject(record, 'This row comes after a blank line and another header');
			return;
		}
		this.totals.next(record, this.takeJudged);
	}

	/** The report's own header once more; a report of one column may hold its name as a value. */
	private isSameHeader(fields: readonly string[]): boolean {
		const { columns } = this;
		if (fields[0] !== columns[0].header && !this.isBehindBlank) return false;
		if (fields.length !== columns.length) return false;
		if (fields.length === 1 && !this.isBehindBlank) return false;
		return fields.every((text, index) => plainHeader(text) === plainHeader(columns[index].header));
	}

	private takeHeldBack(): void {
		for (let last = this.totals.nextOfEnd(); last; last = this.totals.nextOfEnd()) {
			this.takeJudged(last);
		}
	}

	private readonly takeJudged = (judged: JudgedRow): void => {
		if (judged.is === 'total') this.totalRows++;
		else if (judged.is === 'data') this.takeData(judged.row);
		else {
			this.read++;
			this.reject(judged.row, judged.reason);
		}
	};

	private takeData(record: RawRow): void {
		const width = this.columns.length;
		const fields =
			record.fields.length === width + 1
				? (withoutExtra(record.fields, this.reader!.fits) ?? record.fields)
				: record.fields;
		this.totals.add(fields);
		this.read++;
		const row =
			quoteFault(record, width) ??
			(fields.length === width ? this.reader!.read(fields) : wrongWidth(fields.length, width));
		if (typeof row === 'string') {
			this.reject(record, row);
			return;
		}
		this.kept++;
		this.unreadable += row.unreadable;
		if (fields !== record.fields && fields.some((text, at) => text !== record.fields[at])) {
			this.realigned++;
		}
		this.batch.rows.push(row);
	}

	private reject({ fields, line }: RawRow, reason: string): void {
		const values: Array<[string, string]> = fields.map((value, index) => [
			this.keys[index] ?? `extra ${index - this.columns.length + 1}`,
			shortCopy(value),
		]);
		this.batch.rejected.push({ line, reason, values: Object.fromEntries(values) });
	}
}

/** Longer than any row of a report: a row of all known columns has a few kilobytes. */
const longestRecord = 1024 * 1024;

/** Longer than any header: the known columns all together have a tenth of it. */
const longestHeader = 64 * 1024;

const separators = [
	['\t', 'tabs'],
	[';', 'semicolons'],
	['|', 'pipes'],
] as const;

/** What separates the names of a header that has known columns only if it is split so. */
const separatorOf = (header: string) =>
	separators.find(([separator]) => {
		const fields = header.split(separator);
		return fields.length > 1 && !isNoHeader(fields.map((field) => field.replace(/^"|"$/g, '')));
	})?.[1];

/** An empty line, or one of commas alone; looks at no more fields than it must. */
function isBlankLine(fields: readonly string[]): boolean {
	for (const field of fields) if (field !== '' && field.trim() !== '') return false;
	return true;
}

/** The newest record is the first one behind a blank line that ends a block. */
function startsBehindBlank(records: readonly RawRow[]): boolean {
	const first = records.findIndex(({ fields }) => !isBlankLine(fields));
	return records.some(({ fields }, index) => index > first && isBlankLine(fields));
}

/** A header all of whose columns are known, and not only the figures of a summary. */
function namesRows(fields: readonly string[]): boolean {
	if (fields.length < 2) return false;
	return fields.every((field) => knownColumn(field) !== undefined) && !isOfSummary(fields);
}

/** Whether none of the known columns of a header names rows. */
const isOfSummary = (header: readonly string[]) =>
	header.map(knownColumn).every((column) => column === undefined || inSummary(column));

/** A title, figures, or one figure with its label. */
const isSummaryLine = (fields: readonly string[]) =>
	fields.filter((field) => !isBlank(field) && parseAmount(field) === undefined).length <= 1;

const inSummary = ({ type, name }: KnownColumn) =>
	type === 'amount' || type === 'count' || type === 'ratio' || /^(currency|network)/.test(name);

/** Half of the names known is enough, but no number: data may hold a column's name by chance. */
function isHeader(fields: readonly string[]): boolean {
	const known = fields.filter((field) => knownColumn(field) !== undefined).length;
	return (
		known > 0 &&
		known * 2 >= fields.length &&
		fields.every((field) => parseAmount(field) === undefined)
	);
}

/** The one text in its row; looks at no more fields than it must, as every row comes by here. */
function isNoResults(fields: readonly string[]): boolean {
	let only: string | undefined;
	for (const field of fields) {
		if (isBlank(field)) continue;
		if (only !== undefined) return false;
		only = field;
	}
	return only !== undefined && /^\s*no results found\.?\s*$/i.test(only);
}

/** The longest value that a rejected row shows. */
const longestShown = 2000;

/**
 * A copy, because a field is a slice that keeps the whole chunk of the report it came in alive, and
 * rejected rows are kept to the end of an import.
 */
const shortCopy = (value: string) =>
	Buffer.from(value.slice(0, longestShown), 'utf8').toString('utf8');
