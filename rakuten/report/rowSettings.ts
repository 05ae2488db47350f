import type { WantedFields } from '../line/fieldOrder';
import type { Network } from '../network/networks';

/** What a row needs to know besides its own fields. */
export interface RowSettings {
	/** IANA zone the report was requested in: its dates and times are local to it. */
	readonly zone: string;
	/** Which date the range uses; decides the day that aggregates replace. */
	readonly dateType: 'transaction' | 'process';
	/** The single network that was requested; undefined if all were. */
	readonly network?: Network;
	/** The user's own currency by network ID, and for any other network under `any`. */
	readonly currencies: ReadonlyMap<number | 'any', string>;
	readonly siteId?: string;
	readonly siteName?: string;
	/** `report` keeps the report's headers and texts; `normalized` names and types them. */
	readonly fieldNames: 'normalized' | 'report';
	/** Which fields of a normalized row are kept; under the report's own headers all are. */
	readonly fields: WantedFields;
	readonly lineIdFrom: 'automatic' | 'orderLine';
}
