import type { ReadingSettings } from './FileSurvey';
import type { RowField } from './partnerColumns';
import { RecordSource } from './RecordSource';
import type { PartnerRecord } from './RecordSource';
import { readSourceHeader } from './sourceHeader';
import { exportLayouts } from './sourceLayouts';
import { unknownHeader } from './unknownHeader';

/**
 * The sources that records make up: one, or two where rows of both exports come together. The
 * header is all fields that any record has, as records may leave out what is empty.
 * Throws a RakutenProblem where they hold no publishers.
 */
export function recordSources(
	name: string,
	records: readonly PartnerRecord[],
	settings: ReadingSettings,
): RecordSource[] {
	const met = new Set<string>();
	for (const { values } of records) for (const key of Object.keys(values)) met.add(key);
	const names = [...met];
	const header = readSourceHeader(names, settings.renamed);
	if (!header) throw unknownHeader(name, names, settings.renamed);
	const has = (record: PartnerRecord, field: RowField) => {
		const place = header.placeOf.get(field);
		return place !== undefined && Object.hasOwn(record.values, names[place]);
	};
	if (header.kind === 'publisherOverview') {
		// Rows of a My Publishers export have no e-mail, those of a Publisher Overview no group.
		const isOther = (record: PartnerRecord) =>
			!has(record, 'email') && (has(record, 'group') || has(record, 'categories'));
		const others = records.filter(isOther);
		if (others.length > 0 && others.length < records.length) {
			const overview = records.filter((record) => !isOther(record));
			const { kind, name: layoutName } = exportLayouts.find(
				(each) => each.kind === 'myPublishers',
			)!;
			return [
				new RecordSource(name, header, overview, settings),
				new RecordSource(name, { ...header, kind, layoutName }, others, settings),
			];
		}
	}
	return [new RecordSource(name, header, records, settings)];
}
