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
import { knownColumn } from './columns';
import { isNoHeader } from './isNoHeader';
import { isBlank } from '../line/isBlank';
import { createRowReader } from './rowReader';
import type { ReadRow, RowReader } from './rowReader';
import type { RowSettings } from './rowSettings';
import { TotalRows } from './TotalRows';
import type { RawRow } from './TotalRows';
import { countText } from '../countText';

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
	/** Signs that the answer did not arrive whole; such an answer must not be used. */
	incomplete: 'openQuote' | 'noLastLineEnd' | 'noHeader' | undefined;
	/** The answer's text, if it is words instead of a report. */
	words: string | undefined;
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
	private totals = new TotalRows([], false);
	/** The newest record: judged when the next has come, as the very last may be cut off. */
	private last: RawRow | undefined;
	/** The answer, where it is words instead of a report: none of it is handed on. */
	private words: string | undefined;
	/** The answer is the sentence "No Results Found" alone, without a header. */
	private saysEmpty = false;
	private read = 0;
	private kept = 0;
	private totalRows = 0;
	private batch: RowBatch = { rows: [], rejected: [] };

	constructor(private readonly settings: RowSettings) {
		this.csv = new CsvScanner((fields, line) => {
			if (this.last) this.takeRecord(this.last);
			this.last = { fields: fields.slice(), line };
		});
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

	end(): DecodedReport {
		const end = this.csv.end();
		const isCutOff = end.openQuote || !end.endsWithLineEnd;
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
			words: this.words,
			keys: this.reader?.keys,
			incomplete: end.openQuote
				? 'openQuote'
				: this.columns.length === 0 && !this.saysEmpty && !this.words
					? 'noHeader'
					: end.endsWithLineEnd
						? undefined
						: 'noLastLineEnd',
		};
	}

	private takeRecord(record: RawRow): void {
		if (!this.opening) {
			this.takeRow(record);
			return;
		}
		this.opening.push(record);
		const { fields } = record;
		const blank = fields.length === 1 && fields[0] === '';
		// A blank line this early ends a summary block, if a known header follows it.
		const afterBlank = this.opening.findIndex(
			(record) => record.fields.length === 1 && record.fields[0] === '',
		);
		if (afterBlank > 0 && !blank && isHeader(fields)) {
			this.open(this.opening, this.opening.length - 1);
		} else if (this.opening.length >= longestSummary) {
			this.open(this.opening, 0);
		}
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
		if (isNoHeader(records[start].fields)) {
			this.words = records.map(({ fields }) => fields.join(',')).join(' ');
			return;
		}
		this.columns = nameColumns(records[start].fields);
		this.keys = headerKeys(records[start].fields);
		this.reader = createRowReader(
			this.columns,
			this.settings,
			createDateReader(zoneKey(this.settings.zone)),
		);
		this.totals = new TotalRows(this.columns, this.reader.identity !== 'none');
		for (const record of records.slice(start + 1)) this.takeRow(record);
	}

	private takeRow(record: RawRow): void {
		const { fields } = record;
		if (this.columns.length === 0 || isBlankLine(fields) || isNoResults(fields)) return;
		for (const row of this.totals.next(record)) this.takeData(row);
	}

	private takeHeldBack(): void {
		for (let last = this.totals.nextOfEnd(); last; last = this.totals.nextOfEnd()) {
			if (last.is === 'total') this.totalRows++;
			else if (last.is === 'data') this.takeData(last.row);
			else {
				this.read++;
				this.reject(last.row, last.reason);
			}
		}
	}

	private takeData(record: RawRow): void {
		const { fields } = record;
		this.totals.add(fields);
		this.read++;
		const expected = this.columns.length;
		if (fields.length !== expected && !isTrailingComma(fields, expected)) {
			this.reject(
				record,
				`This row has ${countText(fields.length, 'value')} where the header has ${expected} columns`,
			);
			return;
		}
		const row = this.reader!.read(fields);
		if (typeof row === 'string') {
			this.reject(record, row);
			return;
		}
		this.kept++;
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

const isBlankLine = (fields: readonly string[]) => fields.length === 1 && fields[0].trim() === '';

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

/** Old reports end each line in a comma: one more, empty field than there are columns. */
const isTrailingComma = (fields: readonly string[], expected: number) =>
	fields.length === expected + 1 && fields[expected] === '';

/** The longest value that a rejected row shows. */
const longestShown = 2000;

/**
 * A copy, because a field is a slice that keeps the whole chunk of the report it came in alive, and
 * rejected rows are kept to the end of an import.
 */
const shortCopy = (value: string) =>
	Buffer.from(value.slice(0, longestShown), 'utf8').toString('utf8');
