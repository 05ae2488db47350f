import type { INodeExecutionData } from 'n8n-workflow';

import type { DayWindow } from '../../rakuten/date/windows';
import type { Network } from '../../rakuten/network/networks';
import type { DecodedReport, RowSink } from '../../rakuten/report/ReportDecoder';
import type { ReportAnswer } from '../../services/reporting/reportingApi';

/** The part of a range that one request asks for. */
export interface ReportPart {
	readonly window: DayWindow;
	readonly network: Network | undefined;
}

/** Reads an answer to its end, a chunk at a time; the result is the answer's account. */
export type Decoding = AsyncGenerator<void, DecodedReport>;

/** Starts reading an answer into a sink. Throws a ReportingProblem where it did not arrive whole. */
export type Decode = (answer: ReportAnswer, sink: Pick<RowSink, 'row'>) => Decoding;

/**
 * Where the rows of an import go. A part is taken whole or not at all: when reading it throws,
 * the output is as it was before.
 */
export interface ReportOutput {
	take(answer: ReportAnswer, decode: Decode): Promise<DecodedReport>;
	/** The items of the first output, once all parts are taken. */
	finish(): Promise<INodeExecutionData[]>;
}

/** Runs a decoding to its end. */
export async function drain(decoding: Decoding, onChunk?: () => void): Promise<DecodedReport> {
	for (;;) {
		const step = await decoding.next();
		if (step.done) return step.value;
		onChunk?.();
	}
}
