import type { PartnerConversion } from '../../rakuten/partner/write/PartnerConversion';
import type { MediarailsPlan } from './mediarailsPlan';
import type { OpenedSource } from './openSources';

/** One brand's conversion, for those who write down what it gives. */
export interface BrandWork {
	readonly conversion: PartnerConversion;
	readonly sources: readonly OpenedSource[];
	readonly plan: MediarailsPlan;
	/** The first input item of the brand. */
	readonly firstItem: number;
}
