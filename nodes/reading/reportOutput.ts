import type { INodeExecutionData } from 'n8n-workflow';

import type { ReadRow } from '../../rakuten/report/rowReader';
import type { ReportAnswer } from '../../services/reporting/reportingApi';

/** The rows of one answer, batch by batch as they arrive; throws where it does not arrive whole. */
export type RowBatches = AsyncIterable<readonly ReadRow[]>;

/**
 * Where the rows of an import go. A part is taken whole or not at all: when its batches throw, so
 * does `take`, and the output is as it was before.
 */
export interface ReportOutput {
	/** `toStream`: makes a Node stream, for n8n's binary store. */
	take(batches: RowBatches, toStream: ReportAnswer['toStream']): Promise<void>;
	/** The items of the first output, once all parts are taken. */
	finish(): Promise<INodeExecutionData[]>;
}
