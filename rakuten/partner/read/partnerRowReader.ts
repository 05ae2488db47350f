import { dayText } from '../../date/calendar';
import { ownCopy } from '../../csv/KeptTexts';
import type { ConversionSettings } from './conversionSettings';
import type { Finding } from './findings';
import { badEmail } from './emailCell';
import { undoHarmless } from './formulaCells';
import { hasHiddenEnds, withoutHiddenEnds } from './hiddenCharacters';
import { slotFields, slotOf } from './rowSlots';
import { isDottedEitherWay, namedFormat, readJoinDate, writeJoinDate } from './joinDate';
import type { JoinDateFormat } from './joinDate';
import { mediarailsColumns } from './partnerColumns';
import type { PartnerSource } from './partnerSource';
import { readSiteIdCell } from './siteIdCell';
import { badUrls } from './urlCell';

/** A row of a source, read. */
export interface PartnerRow {
	/** Undefined where it is not usable. */
	readonly siteId: string | undefined;
	/** Values by slot; the join date as ISO where it could be read. */
	readonly slots: readonly string[];
	/** The join date in days since 1970; undefined where it is empty or could not be read. */
	readonly day: number | undefined;
	/** The join date as the import has it. */
	readonly writtenDate: string;
	/** What was noticed about the row as a whole and its Site ID. */
	readonly findings: readonly Finding[];
}

/** `strayQuote`: the row has a quotation mark that is neither doubled nor around a value. */
export type PartnerRowReader = (cells: readonly string[], strayQuote: boolean) => PartnerRow;

interface ReadDate {
	readonly value: string;
	readonly day: number | undefined;
	readonly written: string;
	readonly isDotted: boolean;
}

/** More than the days of twenty years. */
const mostRemembered = 8192;

/** Makes a reader of the rows of one source. */
export function partnerRowReader(
	source: PartnerSource,
	places: readonly number[],
	settings: ConversionSettings,
): PartnerRowReader {
	const { header, dateFormat } = source;
	const isOwn = header.own !== undefined && settings.harmlessRejected;
	const dates = new Map<string, ReadDate>();
	const formatPlace = header.own?.dateFormat;

	function readDate(text: string, format: JoinDateFormat): ReadDate {
		const key = format === dateFormat ? text : `${format} ${text}`;
		const known = dates.get(key);
		if (known) return known;
		const own = ownCopy(text);
		const day = text === '' ? undefined : readJoinDate(text, format);
		const asIs = settings.outputDates === 'asIs' || day === undefined;
		const read = {
			value: day === undefined ? own : dayText(day),
			day,
			written: asIs ? own : writeJoinDate(day, settings.outputDates as 'iso'),
			isDotted: format === 'mdy' && isDottedEitherWay(text),
		};
		if (dates.size >= mostRemembered) dates.clear();
		dates.set(ownCopy(key), read);
		return read;
	}

	return (lent, strayQuote) => {
		const cells = isOwn ? lent.map(undoHarmless) : lent;
		const findings: Finding[] = [];
		const slots = places.map((place) => (place < 0 ? '' : (cells[place] ?? '')));
		for (let slot = 0; slot < slotFields.length; slot++) slots[slot] = slots[slot].trim();
		const { siteId, finding } = readSiteIdCell(slots[slotOf.siteId]);
		if (finding) findings.push(finding);
		if (siteId !== undefined) slots[slotOf.siteId] = siteId;
		findings.push(...removeHidden(slots));
		const ownFormat = formatPlace === undefined ? undefined : namedFormat(cells[formatPlace] ?? '');
		const text = slots[slotOf.joinDate];
		const date = readDate(text, ownFormat ?? dateFormat);
		findings.push(...oddCells(cells, header.names, isReadable(slots, date)));
		if (strayQuote) findings.push(strayQuoteFinding);
		if (date.isDotted) findings.push(dottedDate(text, date.value));
		slots[slotOf.joinDate] = date.value;
		return { siteId, slots, day: date.day, writtenDate: date.written, findings };
	};
}

/** Fields that others compare or look up letter by letter. */
const shownAlone = mediarailsColumns.filter(({ field }) =>
	['name', 'urls', 'email'].includes(field),
);

function removeHidden(slots: string[]): Finding[] {
	const findings: Finding[] = [];
	for (const { field, name } of shownAlone) {
		const value = slots[slotOf[field]];
		if (!hasHiddenEnds(value)) continue;
		slots[slotOf[field]] = withoutHiddenEnds(value);
		findings.push({
			kind: 'hiddenCharacters',
			text: `${name} had invisible characters around it; they are removed`,
		});
	}
	return findings;
}

/** Whether values that have a form of their own have it, so that they seem to be in their columns. */
const isReadable = (slots: readonly string[], date: ReadDate) => () =>
	badEmail(slots[slotOf.email]) === undefined &&
	badUrls(slots[slotOf.urls]).length === 0 &&
	(date.value === '' || date.day !== undefined);

/**
 * Empty cells after the last column mean nothing, in a row or in the header: spreadsheets write
 * them, and exports that end each line in a comma.
 */
function oddCells(
	cells: readonly string[],
	names: readonly string[],
	isReadable: () => boolean,
): Finding[] {
	const columns = filled(names, 0);
	const count = filled(cells, columns);
	if (count === columns) return [];
	const text = `The row has ${count} values, the header ${columns} columns`;
	const findings: Finding[] = [{ kind: 'cellCount', text }];
	if (count > columns && !isReadable()) {
		findings.unshift({
			kind: 'shiftedCells',
			text: 'Values seem to be in the wrong columns: there are more of them than columns, and the e-mail, URL or date is not valid',
		});
	}
	return findings;
}

/** How many cells there are without the empty ones at the end, but not fewer than `least`. */
function filled(cells: readonly string[], least: number): number {
	let count = cells.length;
	while (count > least && cells[count - 1].trim() === '') count--;
	return count;
}

const strayQuoteFinding: Finding = {
	kind: 'strayQuote',
	text: 'A value has a quotation mark inside that is not doubled: quotation marks may be missing, and commas in the wrong place',
};

const dottedDate = (text: string, day: string): Finding => ({
	kind: 'dottedDate',
	text: `Join date "${text}" is read with the month first, as ${day}, like the other dates of the file; with dots, the day usually comes first`,
});
