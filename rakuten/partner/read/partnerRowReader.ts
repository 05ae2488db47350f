import { dayText } from '../../date/calendar';
import { ownCopy } from '../../csv/KeptTexts';
import type { ConversionSettings } from './conversionSettings';
import type { Finding } from './findings';
import { undoHarmless } from './formulaCells';
import { slotFields, slotOf } from './rowSlots';
import { namedFormat, readJoinDate, writeJoinDate } from './joinDate';
import type { JoinDateFormat } from './joinDate';
import type { PartnerSource } from './partnerSource';
import { readSiteIdCell } from './siteIdCell';

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

export type PartnerRowReader = (cells: readonly string[]) => PartnerRow;

interface ReadDate {
	readonly value: string;
	readonly day: number | undefined;
	readonly written: string;
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
		};
		if (dates.size >= mostRemembered) dates.clear();
		dates.set(ownCopy(key), read);
		return read;
	}

	return (lent) => {
		const cells = isOwn ? lent.map(undoHarmless) : lent;
		const findings: Finding[] = [];
		const slots = places.map((place) => (place < 0 ? '' : (cells[place] ?? '')));
		for (let slot = 0; slot < slotFields.length; slot++) slots[slot] = slots[slot].trim();
		const { siteId, finding } = readSiteIdCell(slots[slotOf.siteId]);
		if (finding) findings.push(finding);
		if (siteId !== undefined) slots[slotOf.siteId] = siteId;
		const odd = oddCellCount(cells, header.names.length);
		if (odd) findings.push(odd);
		const ownFormat = formatPlace === undefined ? undefined : namedFormat(cells[formatPlace] ?? '');
		const date = readDate(slots[slotOf.joinDate], ownFormat ?? dateFormat);
		slots[slotOf.joinDate] = date.value;
		return { siteId, slots, day: date.day, writtenDate: date.written, findings };
	};
}

/** Empty cells behind the last column mean nothing: spreadsheets write them. */
function oddCellCount(cells: readonly string[], columns: number): Finding | undefined {
	let count = cells.length;
	while (count > columns && cells[count - 1].trim() === '') count--;
	if (count === columns) return undefined;
	return { kind: 'cellCount', text: `The row has ${count} values, the header ${columns} columns` };
}
