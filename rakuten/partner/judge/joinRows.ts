import type { Finding } from '../read/findings';
import { slotOf } from '../read/rowSlots';
import type { StoredRow } from './RowStore';
import type { RowField } from '../read/partnerColumns';
import { shown } from './rowFindings';
import { withoutEnd } from '../../withoutEnds';

/** One publisher of both exports: the leading row's values, and the other's where that has none. */
export function joinRows(leading: StoredRow, other: StoredRow): StoredRow {
	const slots = leading.slots.map((value, slot) => value || other.slots[slot]);
	const hasDate = leading.slots[slotOf.joinDate] !== '';
	const { day, writtenDate } = hasDate ? leading : other;
	return { slots, day, writtenDate };
}

/** Whether a field of the joined row has its value from the other row. */
export const isFromOther = (field: RowField, leading: StoredRow, other: StoredRow): boolean =>
	leading.slots[slotOf[field]] === '' && other.slots[slotOf[field]] !== '';

const compared: ReadonlyArray<{ field: RowField; name: string; plain: (text: string) => string }> =
	[
		{ field: 'name', name: 'Name', plain: (text) => text.toLowerCase().replace(/\s+/g, ' ') },
		{ field: 'urls', name: 'URL', plain: plainUrls },
		{ field: 'joinDate', name: 'Join date', plain: (text) => text },
	];

/** What both rows have, but not the same; `otherName` is the export of the other row. */
export function findDifferences(
	leading: StoredRow,
	other: StoredRow,
	otherName: string,
): Finding[] {
	const findings: Finding[] = [];
	for (const { field, name, plain } of compared) {
		const value = leading.slots[slotOf[field]];
		const otherValue = other.slots[slotOf[field]];
		if (value === '' || otherValue === '' || value === otherValue) continue;
		if (plain(value) === plain(otherValue)) continue;
		findings.push({
			kind: 'exportsDiffer',
			text: `${name} is ${shown(value)} here and ${shown(otherValue)} in ${otherName}`,
		});
	}
	return findings;
}

/** URLs without what does not matter to a person: scheme, www, a last slash, case, order. */
function plainUrls(cell: string): string {
	return cell
		.toLowerCase()
		.split(/[\s,;|]+/)
		.map((url) => withoutEnd(url.replace(/^https?:\/\//, '').replace(/^www\./, ''), /\//))
		.filter((url) => url !== '')
		.sort()
		.join(' ');
}
