import { isDayFirst } from '../date/dateForms';
import type { DateReader } from '../date/reportDate';
import { parseAmount } from '../money/decimal';
import type { KeyCounter } from './KeyCounter';
import { lineIdentity } from './lineIdentity';
import type { IdentityKind } from './lineIdentity';
import type { ReportRow } from '../line/reportRow';
import { canBeNull } from './columnNames';
import type { ReportColumn } from './columnNames';
import { RakutenProblem } from '../problem';
import { timeColumnOf } from './columns';
import { KeptTexts } from '../csv/KeptTexts';
import { createFactsReader } from './rowFacts';
import { isBlank } from '../line/isBlank';
import { positionOf } from './rowFields';
import type { Cell } from './rowFields';
import { normalizedLayout, reportLayout } from './rowLayout';
import type { RowSettings } from './rowSettings';

/** A row that was read: what the package returns, and what totals are made of. */
export interface ReadRow {
	readonly json: ReportRow;
	readonly currency: string | null;
	readonly network: string | null;
	readonly saleAmount: string | null;
	readonly commission: string | null;
	readonly isCorrection: boolean;
	/** Values that could not be read and are null; the line does not depend on them. */
	readonly unreadable: number;
}

export interface RowReader {
	readonly identity: IdentityKind;
	/** The IDs of the lines read so far. */
	readonly keys: KeyCounter;
	/**
	 * The row, or the sentence that says why it can't be read. Texts in `fields` are replaced by
	 * equal ones that are cheap to keep.
	 */
	read(fields: string[]): ReadRow | string;
	/** Whether each value is of its column's type, IDs of advertisers, sites and networks included. */
	fits(fields: readonly string[]): boolean;
}

/**
 * Makes the reader for rows under one header. Values in known columns are read by type; a text in
 * a column that the line depends on (its dates, amounts and quantity) that matches none of the
 * known formats rejects the row; in any other column the value is null. Unknown
 * columns are kept as text. One reader serves one answer (see lineIdentity).
 */
export function createRowReader(
	columns: readonly ReportColumn[],
	settings: RowSettings,
	dates: DateReader,
): RowReader {
	const identity = lineIdentity(columns, { zone: settings.zone, from: settings.lineIdFrom });
	const types = columns.map(({ known }) => known?.type);
	const timeAt = columns.map(({ name }) => {
		const time = timeColumnOf.get(name);
		return time === undefined ? -1 : positionOf(columns, time);
	});
	const texts = columns.map((column) => keptTexts(column, settings.fieldNames));
	const facts = createFactsReader(columns, settings, identity);
	const assemble =
		settings.fieldNames === 'report'
			? reportLayout(columns, settings, identity)
			: normalizedLayout(columns, settings, identity);
	const isNeeded = columns.map((column) => !canBeNull(column));
	const values = new Array<Cell>(columns.length);

	/** One non-blank cell; undefined if its text matches none of the formats of its type. */
	function readCell(index: number, text: string, fields: readonly string[]): Cell | undefined {
		switch (types[index]) {
			case 'amount':
				return parseAmount(text);
			case 'count': {
				const number = parseAmount(text);
				return number === undefined ? undefined : Number(number);
			}
			case 'date': {
				const time = timeAt[index] < 0 ? '' : fields[timeAt[index]];
				return isBlank(time) ? dates.dayOrInstant(text) : dates.instant(text, time);
			}
			default:
				return text.trim();
		}
	}

	return {
		identity: identity.kind,
		keys: identity.keys,
		fits: (fields) =>
			columns.every(({ name }, index) => {
				const text = fields[index];
				if (isBlank(text)) return true;
				return numbered.has(name)
					? /^\d+$/.test(text.trim())
					: readCell(index, text, fields) !== undefined;
			}),
		read(fields) {
			let unread: string[] | undefined;
			for (let index = 0; index < types.length; index++) {
				let text = fields[index];
				const kept = texts[index];
				if (kept) fields[index] = text = kept.of(text);
				const value = isBlank(text) ? null : readCell(index, text, fields);
				if (value !== undefined) {
					values[index] = value;
					continue;
				}
				requireMonthFirst(columns[index], text);
				if (isNeeded[index]) return unreadable(columns[index], text);
				values[index] = null;
				(unread ??= []).push(`${columns[index].header}: ${shortened(text)}`);
			}
			const known = facts(values);
			if (typeof known === 'string') return known;
			return {
				json: assemble(values, fields, known, unread),
				unreadable: unread?.length ?? 0,
				currency: known.currency,
				network: known.network,
				saleAmount: known.saleAmount,
				commission: known.commission,
				isCorrection: known.kind === 'correction',
			};
		},
	};
}

/** Text columns that have few different values. */
const repeating = new Set([
	'advertiserId',
	'advertiserName',
	'currency',
	'network',
	'networkId',
	'siteId',
]);

/** Texts that are numbers wherever they come from Rakuten. */
const numbered = new Set(['advertiserId', 'networkId', 'siteId']);

/** How the texts of a column are kept; undefined for those that are short or not kept at all. */
function keptTexts(
	{ known }: ReportColumn,
	fieldNames: RowSettings['fieldNames'],
): KeptTexts | undefined {
	if (!known || known.type === 'text') return new KeptTexts(repeating.has(known?.name ?? ''));
	return known.type === 'date' && fieldNames === 'report' ? new KeptTexts(true) : undefined;
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Dates by Rakuten's own clock: one form for all of them. */
const ownDates = new Set(timeColumnOf.keys());

/**
 * @throws RakutenProblem if the text proves that the day comes first: then other dates of the answer
 * may be readable, but mean another day
 */
function requireMonthFirst({ name, header }: ReportColumn, text: string): void {
	if (!ownDates.has(name) || !isDayFirst(text)) return;
	throw new RakutenProblem(
		'dayFirst',
		`The report has dates with the day first, such as "${text.trim()}" in the column "${header}"`,
		'The package requests the month first, and other dates of this report could be taken for the wrong day, so none of its rows is used. Set the date format of your Rakuten account to month/day/year, or ask Rakuten support why the parameter date_format=m/d/yy is ignored.',
	);
}

function unreadable(column: ReportColumn, text: string): string {
	const shown = shortened(text);
	if (column.known?.type === 'date') {
		return `Unrecognized date or time "${shown}" in column "${column.header}", together with its time column`;
	}
	return `Unrecognized number "${shown}" in column "${column.header}"`;
}
