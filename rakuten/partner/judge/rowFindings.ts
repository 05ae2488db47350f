import type { ConversionSettings } from '../read/conversionSettings';
import { badEmail } from '../read/emailCell';
import type { Finding } from '../read/findings';
import { slotOf } from '../read/rowSlots';
import { mediarailsColumns } from '../read/partnerColumns';
import type { RowField } from '../read/partnerColumns';
import { badUrls, longestCell } from '../read/urlCell';

/** A finding about one value of a row. */
export interface ValueFinding extends Finding {
	readonly field: RowField;
}

/** The most characters of a believable value; lists of URLs and categories may be long. */
const mostLetters: Partial<Record<RowField, number>> = {
	name: 255,
	urls: longestCell,
	email: 254,
	group: 255,
	categories: 2000,
};

const checkedFields = mediarailsColumns.filter(({ field }) => field !== 'siteId');

/** U+FFFD replaces bytes that were not text; no name, URL or address has control characters. */
const lost = /\uFFFD|(?![\t\r\n])\p{Cc}/u;

/** Fields in which a placeholder is not valid anyway. */
const hasOwnForm: ReadonlySet<RowField> = new Set(['urls', 'email', 'joinDate']);

/** What databases, programs and spreadsheets write where they have no value. */
const placeholder =
	/^(?:[(<[]?(?:null|undefined|nan|none)[)>\]]?|n\/a|\\n|#(?:n\/a|ref!|value!|name\?|div\/0!|num!|null!|spill!|calc!|error!))$/i;

const htmlEntity = /&(?:[a-z]{2,8}|#\d{1,7}|#x[\da-f]{1,6});/i;

/** 1996-01-01 in days since 1970: LinkShare was founded that year. */
const firstDay = 9496;

/**
 * Findings about the values of a row; for a joined publisher, about the values of both exports.
 *
 * @param slots by slotOf; the join date as ISO if it could be read, otherwise as it is
 * @param day the join date in days since 1970, undefined if it is empty or could not be read
 */
export function findInValues(
	slots: readonly string[],
	day: number | undefined,
	{ today, brand }: Pick<ConversionSettings, 'today' | 'brand'>,
): ValueFinding[] {
	const findings: ValueFinding[] = [];
	const note = (kind: Finding['kind'], field: RowField, text: string) =>
		findings.push({ kind, field, text });
	if (brand === '' && slots[slotOf.brand] === '') note('noBrand', 'brand', 'No brand');
	if (slots[slotOf.name] === '') note('noName', 'name', 'No name');
	const urls = slots[slotOf.urls];
	const bad = urls === '' ? [] : badUrls(urls);
	if (urls === '') note('noUrl', 'urls', 'No URL');
	else if (bad.length > 0) note('badUrl', 'urls', `Not a valid URL: ${shown(bad.join(', '))}`);
	const email = slots[slotOf.email];
	const reason = badEmail(email);
	if (reason) note('badEmail', 'email', `E-mail ${shown(email)} ${reason}`);
	const date = slots[slotOf.joinDate];
	if (date !== '' && day === undefined) {
		note('unreadableDate', 'joinDate', `Join date ${shown(date)} can't be read${serialHint(date)}`);
	} else if (day !== undefined && (day < firstDay || day > today + 1)) {
		note(
			'unlikelyDate',
			'joinDate',
			`Join date ${date} is ${day < firstDay ? 'before 1996' : 'in the future'}`,
		);
	}
	for (const { field, name } of checkedFields) {
		const value = slots[slotOf[field]];
		const most = mostLetters[field];
		if (most !== undefined && value.length > most) {
			note('tooLong', field, `${name} has ${value.length} characters`);
		}
		if (!hasOwnForm.has(field) && placeholder.test(value)) {
			note('placeholder', field, `${name} is ${shown(value)}, which stands for no value`);
		}
		if (htmlEntity.test(value)) {
			note('htmlEntities', field, `${name} has HTML entities: ${shown(value)}`);
		}
		if (lost.test(value)) {
			note('lostCharacters', field, `${name} has unreadable characters: ${shown(value)}`);
		}
	}
	return findings;
}

/** A value in a message: quoted and short. */
export const shown = (value: string) => `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;

function serialHint(date: string): string {
	if (/^\d{5}(?:[.,]\d+)?$/.test(date)) return ": it is a spreadsheet's serial number";
	return /^#+$/.test(date) ? ': a spreadsheet has hidden it' : '';
}
