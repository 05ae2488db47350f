import type { WantedFields } from '../../rakuten/line/fieldOrder';
import type { LineFilter } from '../../rakuten/line/lineFilter';
import type { SourcePlan } from '../../rakuten/line/sourcePlan';

/** Everything that one run of Transaction > Get Many is to do, read from the node's fields. */
export interface TransactionPlan {
	readonly sources: SourcePlan;
	readonly filter: LineFilter;
	/** Lines to return at most. */
	readonly limit: number;
	/** Which fields of a line are returned. */
	readonly fields: WantedFields;
	readonly includeRaw: boolean;
}
