import { RakutenProblem } from '../../problem';
import type { PartnerSource } from '../read/partnerSource';
import type { LayoutKind } from '../read/sourceLayouts';

/** Numbers of sources: those that lead, and those whose rows are joined to theirs by Site ID. */
export interface SourcePair {
	readonly main: readonly number[];
	/** Empty where nothing is to be joined. */
	readonly other: readonly number[];
}

/** Kinds without e-mails, which complete a Publisher Overview. */
const completing: readonly LayoutKind[] = ['myPublishers', 'activePartners'];

/**
 * Sources of one kind are one table, as if one followed the other; a Publisher Overview is joined
 * with another kind. Throws a RakutenProblem for any other mixture: its rows of one publisher would
 * contradict each other.
 */
export function pairSources(sources: readonly PartnerSource[]): SourcePair {
	const kinds = [...new Set(sources.map(({ header }) => header.kind))];
	const all = [...sources.keys()];
	if (kinds.length <= 1) return { main: all, other: [] };
	const isMain = (source: number) => sources[source].header.kind === 'publisherOverview';
	const others = kinds.filter((kind) => completing.includes(kind));
	if (kinds.length === 2 && kinds.includes('publisherOverview') && others.length === 1) {
		return { main: all.filter(isMain), other: all.filter((source) => !isMain(source)) };
	}
	const list = sources.map(({ name, header }) => `${name} is a ${header.layoutName}`).join(', ');
	throw new RakutenProblem(
		'mixedKinds',
		`These files can't be combined: ${list}`,
		'A Publisher Overview can be joined with a My Publishers export (or with mr-publisher-report) of the same brand. Convert other files separately, or give them different brands.',
	);
}
