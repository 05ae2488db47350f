import { RakutenProblem } from '../../problem';
import { nearestName } from './nearestName';
import { findColumns } from './sourceHeader';
import type { RenamedSourceColumns } from './sourceHeader';
import { exportLayouts } from './sourceLayouts';
import type { SourceLayout } from './sourceLayouts';

const mostShown = 40;
const longestName = 60;

/**
 * The problem with a header of no known kind: it is shown with the columns that were expected and
 * the names that were probably meant.
 */
export function unknownHeader(
	source: string,
	header: readonly string[],
	renamed: RenamedSourceColumns = new Map(),
): RakutenProblem {
	const names = header.map((name) => name.trim().slice(0, longestName)).filter(Boolean);
	const found = names.slice(0, mostShown).join(', ') || 'nothing';
	const more = names.length > mostShown ? ` and ${names.length - mostShown} more` : '';
	const expected = exportLayouts.map((layout) => comparison(layout, names, renamed)).join(' ');
	return new RakutenProblem(
		'unknownHeader',
		`${source} is neither a Publisher Overview nor a My Publishers export. Its header is: ${found}${more}`,
		`${expected} If a column has another name, or the file does not have it, enter that in the option 'Columns in the File'. A file with Mediarails' own columns needs Network Publisher ID, and a report of active partners needs the columns of mr-publisher-report.`,
	);
}

function comparison(
	layout: SourceLayout,
	names: readonly string[],
	renamed: RenamedSourceColumns,
): string {
	const { placeOf, missing } = findColumns(names, layout, renamed);
	const taken = new Set(placeOf.values());
	const free = names.filter((_, at) => !taken.has(at));
	const wanted = layout.columns.filter(({ required }) => required).map(({ header }) => header);
	const lacks = missing.map(({ field, header }) => {
		const name = renamed.get(field) ?? header;
		const nearest = nearestName(name, free);
		return nearest === undefined ? name : `${name} (nearest: "${nearest}")`;
	});
	return `A ${layout.name} export has ${wanted.join(', ')}; missing here: ${lacks.join(', ')}.`;
}
