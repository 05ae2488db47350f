import type { INodeExecutionData } from 'n8n-workflow';

import type { DecodedReport } from '../../rakuten/report/ReportDecoder';
import type { ReportAnswer } from '../../services/reporting/reportingApi';
import { drain } from './reportOutput';
import type { Decode, ReportOutput } from './reportOutput';

/** Rows as items; where only a preview is wanted the last of them, which are the newest. */
export class ItemsOutput implements ReportOutput {
	private readonly items: INodeExecutionData[] = [];

	constructor(
		itemIndex: number,
		private readonly limit = Number.POSITIVE_INFINITY,
	) {
		// One object for all rows: it says the same for each, and a report has hundreds of thousands.
		this.pairedItem = { item: itemIndex };
	}

	private readonly pairedItem: { item: number };

	async take(answer: ReportAnswer, decode: Decode): Promise<DecodedReport> {
		const before = this.items.length;
		const { items, pairedItem, limit } = this;
		let taken = false;
		try {
			const decoded = await drain(
				decode(answer, {
					row: ({ json }) => {
						items.push({ json, pairedItem });
						if (items.length > limit) items.shift();
					},
				}),
			);
			taken = true;
			return decoded;
		} finally {
			if (!taken) items.length = before;
		}
	}

	async finish(): Promise<INodeExecutionData[]> {
		return this.items;
	}
}
