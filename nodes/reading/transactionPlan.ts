import type { LineFilter } from '../../rakuten/line/lineFilter';
import type { SourcePlan } from '../../rakuten/line/sourcePlan';

/** Everything that one run of Transaction > Get Many is to do, read from the node's fields. */
export interface TransactionPlan {
	readonly sources: SourcePlan;
	readonly filter: LineFilter;
	/** Lines to return at most. */
	readonly limit: number;
	readonly includeRaw: boolean;
}
