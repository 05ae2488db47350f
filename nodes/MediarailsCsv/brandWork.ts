import type { INodeExecutionData } from 'n8n-workflow';

import type { MediarailsPlan } from './mediarailsPlan';
import type { OpenedSource } from './openSources';

/** The conversion of one brand: what is converted, and how. */
export interface BrandWork {
	readonly sources: readonly OpenedSource[];
	readonly plan: MediarailsPlan;
	/** All items of the node, of which the sources name some by their index. */
	readonly input: readonly INodeExecutionData[];
	/** The first input item of the brand. */
	readonly firstItem: number;
}
