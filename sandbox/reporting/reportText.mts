import type { Account } from '../account/account.mts';
import type { Damage, DamagedRows } from '../account/damagedRows.mts';
import { kindOf, type Line } from '../account/lines.mts';
import { Random } from '../account/random.mts';
import type { Side } from '../host/tokens.mts';
import type { Entry, Wording } from './cell.mts';
import { columnOf, type Column } from './columns.mts';
import { headerIn } from './languages.mts';
import type { Report } from './reports.mts';
import type { ReportRequest } from './request.mts';
import type { Settings } from './settings.mts';

/** A report's answer: its text, and how many rows of data are in it. */
export interface ReportText {
	text: string;
	rows: number;
}

/**
 * A report as CSV: UTF-8 with a byte order mark, CRLF, RFC 4180 quotes, the header first unless a
 * summary is asked for.
 */
export function reportText(
	account: Account,
	damaged: DamagedRows,
	report: Report,
	request: ReportRequest,
	side: Side,
	settings: Settings,
): ReportText {
	const wording: Wording = {
		zone: request.selection.zone,
		language: request.language,
		dateSeparator: request.dateSeparator,
		side,
		settings,
		u1Of: (line) => account.u1Of(line),
	};
	const rows = rowsOf(account, report, request, wording);
	const header = report.resolved.map((column) => headerIn(request.language, column.header));
	const out: string[] = [];
	if (request.summary) out.push(...summaryBlock(rows, wording));
	out.push(csvRow(header));
	for (const row of rows) {
		const cells = report.resolved.map((column) => column.text(row, wording));
		const damage = report.level === 'line' && row[0]!.line ? damaged.of(row[0]!.line) : undefined;
		out.push(damage ? damagedRow(report.resolved, cells, damage) : csvRow(cells));
	}
	if (rows.length === 0) writeEmpty(out, header.length, request, account, settings);
	else if (settings.totalRow !== 'none') {
		out.push(totalRow(report.resolved, rows, wording));
	}
	return { text: `${settings.bom ? '\uFEFF' : ''}${out.join('\r\n')}\r\n`, rows: rows.length };
}

/** The entries of every row. */
function rowsOf(
	account: Account,
	report: Report,
	{ selection }: ReportRequest,
	wording: Wording,
): Entry[][] {
	const selected = account
		.select(selection)
		.filter((line) => !report.unpaidOnly || kindOf(line) === 'zero');
	const entries = inOrder(selected, wording.settings).map((line): Entry => ({
		advertiser: line.advertiser,
		line,
	}));
	if (report.level === 'line') return entries.map((entry) => [entry]);
	for (const activity of account.selectActivity(selection)) {
		entries.push({ advertiser: activity.advertiser, activity });
	}
	const dimensions = report.resolved.filter((column) => column.isDimension);
	const groups = new Map<string, Entry[]>();
	// Missing values have to be grouped as one, whichever text they show.
	const plain: Wording = { ...wording, settings: { ...wording.settings, missingAs: 'empty' } };
	for (const entry of entries) {
		const key = JSON.stringify(dimensions.map((column) => column.text([entry], plain)));
		const group = groups.get(key);
		if (group) group.push(entry);
		else groups.set(key, [entry]);
	}
	return [...groups.values()];
}

function inOrder(lines: Line[], { rowOrder }: Settings): Line[] {
	if (rowOrder === 'process') return [...lines].sort((a, b) => a.processAt - b.processAt);
	if (rowOrder === 'transaction') return lines;
	const random = new Random('shuffle', lines.length);
	return lines
		.map((line) => ({ line, place: random.next() }))
		.sort((a, b) => a.place - b.place)
		.map(({ line }) => line);
}

/** Labels, totals and a blank line, before the header. */
function summaryBlock(rows: Entry[][], wording: Wording): string[] {
	const labels = ['Sales', '# of Items', 'Total Commission'];
	const all = rows.flat();
	return [
		'Summary',
		csvRow(labels),
		csvRow(labels.map((label) => columnOf(label).text(all, wording))),
		'',
	];
}

function totalRow(columns: Column[], rows: Entry[][], wording: Wording): string {
	const all = rows.flat();
	const cells = columns.map((column) => (column.isDimension ? '' : column.text(all, wording)));
	cells[0] = wording.settings.totalRow === 'total' ? 'Total' : '';
	return csvRow(cells);
}

/** A range in the future has the header alone, whatever the setting: there is nothing to look up. */
function writeEmpty(
	out: string[],
	width: number,
	{ selection }: ReportRequest,
	account: Account,
	{ emptyAs }: Settings,
): void {
	if (emptyAs === 'header' || selection.from > account.today) return;
	if (emptyAs === 'noResultsOnly') out.pop();
	const notice = 'No Results Found';
	out.push(emptyAs === 'noResultsPadded' ? notice + ','.repeat(width - 1) : notice);
}

/** One line of CSV, quoted where RFC 4180 asks for it. */
function csvRow(cells: readonly string[]): string {
	return cells
		.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
		.join(',');
}

/** A row that no reader can take: see Damage. Reports without the column lose a field instead. */
function damagedRow(columns: Column[], cells: string[], damage: Damage): string {
	const place = (pattern: RegExp) => columns.findIndex(({ header }) => pattern.test(header));
	const sales = place(/^sales$/i);
	const date = place(/^transaction date$/i);
	if (damage === 'extraField') return `${csvRow(cells)},left over`;
	if (damage === 'amount' && sales >= 0) return csvRow(cells.with(sales, '1O7.5O'));
	if (damage === 'date' && date >= 0) return csvRow(cells.with(date, '31/31/26'));
	return csvRow(cells.slice(0, -1));
}
