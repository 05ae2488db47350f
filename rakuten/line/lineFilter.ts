import { RakutenProblem } from '../problem';
import type { SourcedLine } from './sourcedLine';

/** Which lines a user wants; an empty filter accepts all. */
export interface LineFilter {
	/** Three letters. */
	readonly currency?: string;
	readonly transactionType?: 'realtime' | 'batch';
	/** An empty list means all. */
	readonly advertiserIds: readonly string[];
	readonly isEvent?: boolean;
	readonly u1?: string;
	/** Lines of another site are left out. */
	readonly siteId?: string;
}

/** What a trigger looks at. */
type FilteredLine = Pick<SourcedLine, 'advertiserId' | 'isEvent' | 'siteId'>;
export type TriggerFilter = Pick<LineFilter, 'advertiserIds' | 'isEvent' | 'siteId'>;

/** Whether a line names a site other than this one; both may be unknown. */
export const isOfOtherSite = (
	line: { readonly siteId: string | null },
	siteId: string | undefined,
): boolean => siteId !== undefined && line.siteId !== null && line.siteId !== siteId;

/**
 * Whether a line may be wanted: a line that does not name its site or advertiser, or does not say if
 * it is an early event, is never left out on a guess.
 */
export function mayBeWanted(line: FilteredLine, filter: TriggerFilter): boolean {
	const { advertiserIds, isEvent, siteId } = filter;
	return (
		!isOfOtherSite(line, siteId) &&
		(advertiserIds.length === 0 ||
			line.advertiserId === null ||
			advertiserIds.includes(line.advertiserId)) &&
		(isEvent === undefined || line.isEvent === null || line.isEvent === isEvent)
	);
}

/** Why a line is left out; undefined if it is wanted. */
export function leftOut(line: SourcedLine, filter: LineFilter): 'site' | 'filter' | undefined {
	const { advertiserIds } = filter;
	if (isOfOtherSite(line, filter.siteId)) return 'site';
	const isWanted =
		(filter.currency === undefined || line.currency === filter.currency) &&
		(filter.transactionType === undefined ||
			line.transactionType?.toLowerCase() === filter.transactionType) &&
		(advertiserIds.length === 0 || advertiserIds.includes(line.advertiserId ?? '')) &&
		(filter.isEvent === undefined || line.isEvent === filter.isEvent) &&
		(filter.u1 === undefined || line.u1 === filter.u1);
	return isWanted ? undefined : 'filter';
}

/**
 * The columns that a report needs for the filter to be applied to it.
 *
 * @throws RakutenProblem naming a filter that no report has a column for
 */
export function columnsForFilter(filter: LineFilter): string[] {
	const lacking = [
		...(filter.transactionType === undefined ? [] : ["'Transaction Type'"]),
		...(filter.isEvent === undefined ? [] : ["'Event Flag'"]),
	];
	if (lacking.length > 0) {
		throw new RakutenProblem(
			'filterNotInReport',
			`The filter ${lacking.join(' and ')} can't be applied to the older part of the range, which comes from a report`,
			"Reports don't contain this value. Remove the filter, or choose a start that the Events API still reaches.",
		);
	}
	return [
		...(filter.currency === undefined ? [] : ['Currency']),
		...(filter.advertiserIds.length === 0 ? [] : ['MID']),
		...(filter.u1 === undefined ? [] : ['Member ID (U1)']),
	];
}
