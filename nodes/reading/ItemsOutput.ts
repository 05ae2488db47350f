import type { INodeExecutionData } from 'n8n-workflow';

import type { ReportOutput, RowBatches } from './reportOutput';

/** Rows as items; where only a preview is wanted the last of them, which are the newest. */
export class ItemsOutput implements ReportOutput {
	private readonly items: INodeExecutionData[] = [];
	/** One object for all rows: it says the same for each, and a report has hundreds of thousands. */
	private readonly pairedItem: { item: number };

	/** `limit`: rows to keep at most. */
	constructor(
		itemIndex: number,
		private readonly limit = Number.POSITIVE_INFINITY,
	) {
		this.pairedItem = { item: itemIndex };
	}

	async take(batches: RowBatches): Promise<void> {
		const { items, pairedItem } = this;
		const taken: INodeExecutionData[] = [];
		for await (const rows of batches) {
			for (const { json } of rows) taken.push({ json, pairedItem });
			this.keepNewest(taken);
		}
		for (const item of taken) items.push(item);
		this.keepNewest(items);
	}

	async finish(): Promise<INodeExecutionData[]> {
		return this.items;
	}

	private keepNewest(items: INodeExecutionData[]): void {
		if (items.length > this.limit) items.splice(0, items.length - this.limit);
	}
}
