import type { IDataObject, INodeExecutionData, IPairedItemData } from 'n8n-workflow';

import { headerKeys } from '../../rakuten/csv/headerKeys';
import { rowMaker } from '../../rakuten/csv/rowMaker';
import { ownColumns } from '../../rakuten/partner/read/ownColumns';
import type { PartnerOutput, RowOrigin } from '../../rakuten/partner/write/convertPartners';
import { runToEnd } from '../kit/runToEnd';
import type { BrandWork } from './brandWork';

/** Makes items of a conversion, one for each row. */
export function partnerItems({ sources, input }: BrandWork): PartnerOutput<INodeExecutionData[]> {
	const itemOf = ({ source, line }: RowOrigin): IPairedItemData => ({
		item: sources[source].item ?? line - 1,
	});

	return {
		async ready({ columns, rows }) {
			const items: INodeExecutionData[] = [];
			const makeRow = rowMaker(headerKeys(columns));
			const steps = rows((values, origin, joined) => {
				const first = itemOf(origin);
				const second = joined && itemOf(joined);
				const pairedItem = second && second.item !== first.item ? [first, second] : first;
				items.push({ json: makeRow(values), pairedItem });
			});
			await runToEnd(steps);
			return items;
		},

		async rejected({ columns, rows }, at) {
			const items: INodeExecutionData[] = [];
			const { source, item } = sources[at];
			const steps = rows((values, origin) => {
				const pairedItem = itemOf(origin);
				// A row can have more values than the header has columns.
				const names = [...columns, ...values.slice(columns.length).map(() => '')];
				const keys = headerKeys(names).slice(0, values.length);
				const json: IDataObject = Object.fromEntries(
					keys.map((key, place) => [key, values[place]]),
				);
				if (item === undefined) keepTypes(json, input[pairedItem.item].json);
				else json[ownColumns.file] = source.name;
				items.push({ json, pairedItem });
			});
			await runToEnd(steps);
			return items;
		},
	};
}

/** Puts values that came as numbers or lists out as such. */
function keepTypes(json: IDataObject, given: IDataObject): void {
	for (const key of Object.keys(given)) {
		if (Object.hasOwn(json, key) && !ownNames.includes(key)) json[key] = given[key];
	}
}

const ownNames: readonly string[] = Object.values(ownColumns);
