import type { IDataObject, INodeExecutionData, IPairedItemData } from 'n8n-workflow';

import { headerKeys } from '../../rakuten/csv/headerKeys';
import { rowMaker } from '../../rakuten/csv/rowMaker';
import { ownColumns } from '../../rakuten/partner/read/ownColumns';
import type { RowOrigin } from '../../rakuten/partner/write/PartnerConversion';
import { runToEnd } from '../kit/runToEnd';
import type { BrandWork } from './brandWork';

/** Makes items of what a conversion gives, one for each row. */
export class ItemsOut {
	constructor(
		private readonly work: BrandWork,
		private readonly input: readonly INodeExecutionData[],
	) {}

	async ready(): Promise<INodeExecutionData[]> {
		const { conversion } = this.work;
		const items: INodeExecutionData[] = [];
		const makeRow = rowMaker(headerKeys(conversion.readyColumns));
		const steps = conversion.ready((values, origin, joined) => {
			const first = this.itemOf(origin);
			const second = joined && this.itemOf(joined);
			const pairedItem = second && second.item !== first.item ? [first, second] : first;
			items.push({ json: makeRow(values), pairedItem });
		});
		await runToEnd(steps);
		return items;
	}

	async rejected(): Promise<INodeExecutionData[]> {
		const { conversion, sources } = this.work;
		const items: INodeExecutionData[] = [];
		for (const [index, { source, item }] of sources.entries()) {
			const columns = conversion.rejectedColumns(index);
			const steps = conversion.rejected(index, (values, origin) => {
				const pairedItem = this.itemOf(origin);
				// A row can have more values than the header has columns.
				const names = [...columns, ...values.slice(columns.length).map(() => '')];
				const keys = headerKeys(names).slice(0, values.length);
				const json: IDataObject = Object.fromEntries(keys.map((key, at) => [key, values[at]]));
				if (item === undefined) this.keepTypes(json, pairedItem.item);
				else json[ownColumns.file] = source.name;
				items.push({ json, pairedItem });
			});
			await runToEnd(steps);
		}
		return items;
	}

	/** Values that came as numbers or lists go out as such. */
	private keepTypes(json: IDataObject, item: number): void {
		const given = this.input[item].json;
		for (const key of Object.keys(given)) {
			if (Object.hasOwn(json, key) && !isOwnColumn(key)) json[key] = given[key];
		}
	}

	private itemOf({ source, line }: RowOrigin): IPairedItemData {
		return { item: this.work.sources[source].item ?? line - 1 };
	}
}

const ownNames: readonly string[] = Object.values(ownColumns);
const isOwnColumn = (key: string) => ownNames.includes(key);
