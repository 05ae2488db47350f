import type { INodeExecutionData } from 'n8n-workflow';

import type { ReportOutput, RowBatches } from './reportOutput';

/** Rows as items; where only a preview is wanted the last of them, which are the newest. */
export class ItemsOutput implements ReportOutput {
	private items: INodeExecutionData[] = [];
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
		const { pairedItem } = this;
		const taken: INodeExecutionData[] = [];
		for await (const rows of batches) {
			for (const { json } of rows) taken.push({ json, pairedItem });
			this.keepNewest(taken);
		}
		if (this.items.length === 0) this.items = taken;
		else for (const item of taken) this.items.push(item);
		this.keepNewest(this.items);
	}

	async finish(): Promise<INodeExecutionData[]> {
		return this.items;
	}

	private keepNewest(items: INodeExecutionData[]): void {
		if (items.length > this.limit) items.splice(0, items.length - this.limit);
	}
}
