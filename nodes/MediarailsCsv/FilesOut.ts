import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { csvLine } from '../../rakuten/csv/csvLine';
import type { BinaryStore } from '../kit/BinaryStore';
import { LineBytes } from '../kit/LineBytes';
import { storeLines } from '../kit/storeLines';
import type { BrandWork } from './brandWork';
import { givenName, importName, rejectedName } from './fileNames';

const byteOrderMark = '\uFEFF';
const mimeType = 'text/csv';

/** Writes what a conversion gives as CSV files into n8n's store, piece by piece. */
export class FilesOut {
	constructor(
		private readonly work: BrandWork,
		private readonly store: BinaryStore,
	) {}

	/** The import: one item for each file, or one without a file where no row is ready. */
	async ready(): Promise<INodeExecutionData[]> {
		const { conversion, plan } = this.work;
		const { splitEveryRows } = plan;
		const name = givenName(plan.fileName) || importName(plan.conversion.brand, plan.day);
		const lines = new LineBytes();
		const files = await storeLines(
			this.store,
			conversion.ready((values) => lines.add(csvLine(values))),
			lines,
			{
				opening: (plan.byteOrderMark ? byteOrderMark : '') + csvLine(conversion.readyColumns),
				splitEveryRows,
				nameOf: (file) => `${name}${splitEveryRows > 0 ? `_${file}` : ''}.csv`,
				mimeType,
			},
		);
		if (files.length === 0) return [{ json: { rows: 0 }, pairedItem: this.origin() }];
		return files.map(({ stored, rows }) => ({
			json: { fileName: stored.fileName ?? '', rows },
			binary: { [plan.outputField]: stored },
			pairedItem: this.origin(),
		}));
	}

	/** The rejected rows: one item with a file for each source that has any. */
	async rejected(): Promise<INodeExecutionData[]> {
		const { conversion, sources, plan } = this.work;
		const items: INodeExecutionData[] = [];
		for (const [index, { source, item }] of sources.entries()) {
			const { brand } = plan.conversion;
			const number = items.length + 1;
			const name = rejectedName(brand, plan.day, source.header.layoutName, number);
			const lines = new LineBytes();
			const files = await storeLines(
				this.store,
				conversion.rejected(index, (values) => lines.add(csvLine(values))),
				lines,
				{
					opening: byteOrderMark + csvLine(conversion.rejectedColumns(index)),
					splitEveryRows: 0,
					nameOf: () => `${name}.csv`,
					mimeType,
				},
			);
			for (const { stored, rows } of files) {
				items.push({
					json: {
						fileName: stored.fileName ?? '',
						rows,
						brand,
						source: source.name,
						nextStep:
							'Correct the rows, of which the first column says why they are here, and give this file to Mediarails CSV again.',
					},
					binary: { [plan.outputField]: stored },
					pairedItem: item === undefined ? this.origin() : { item },
				});
			}
		}
		return items;
	}

	/** The items of `ready` with the summary beside each file. */
	withSummary(items: INodeExecutionData[], summary: IDataObject): INodeExecutionData[] {
		return items.map((item) => ({ ...item, json: { ...item.json, ...summary } }));
	}

	private origin(): INodeExecutionData['pairedItem'] {
		const { sources, firstItem } = this.work;
		const items = [...new Set(sources.map(({ item }) => item ?? firstItem))];
		return items.length === 1 ? { item: items[0] } : items.map((item) => ({ item }));
	}
}
