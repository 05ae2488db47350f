import type { INodeExecutionData } from 'n8n-workflow';

import { csvLine } from '../../rakuten/csv/csvLine';
import type { PartnerOutput, PartnerTable } from '../../rakuten/partner/write/convertPartners';
import type { BinaryStore } from '../kit/BinaryStore';
import { LineBytes } from '../kit/LineBytes';
import { storeLines } from '../kit/storeLines';
import type { LineFileSettings, StoredFile } from '../kit/storeLines';
import type { BrandWork } from './brandWork';
import { givenName, importName, rejectedName } from './fileNames';

const byteOrderMark = '\uFEFF';

/** Writes a conversion as CSV files into n8n's store, piece by piece, and makes items with them. */
export function partnerFiles(
	{ sources, plan, firstItem }: BrandWork,
	store: BinaryStore,
): PartnerOutput<INodeExecutionData[]> {
	const { brand } = plan.conversion;
	const origins = [...new Set(sources.map(({ item }) => item ?? firstItem))];
	const pairedItem =
		origins.length === 1 ? { item: origins[0] } : origins.map((item) => ({ item }));
	let rejectedFiles = 0;

	const itemOf = ({ stored, rows }: StoredFile, json = {}): INodeExecutionData => ({
		json: { fileName: stored.fileName ?? '', rows, ...json },
		binary: { [plan.outputField]: stored },
		pairedItem,
	});

	return {
		/** One item for each file, or one without a file where no row is ready. */
		async ready(table) {
			const { splitEveryRows } = plan;
			const name = givenName(plan.fileName) || importName(brand, plan.day);
			const files = await storeTable(store, table, {
				mark: plan.byteOrderMark ? byteOrderMark : '',
				splitEveryRows,
				nameOf: (file) => `${name}${splitEveryRows > 0 ? `_${file}` : ''}.csv`,
			});
			if (files.length === 0) return [{ json: { rows: 0 }, pairedItem }];
			return files.map((file) => itemOf(file));
		},

		/** One item with a file where the source has rejected rows. */
		async rejected(table, at) {
			const { source, item } = sources[at];
			const name = rejectedName(brand, plan.day, source.header.layoutName, rejectedFiles + 1);
			const files = await storeTable(store, table, {
				mark: byteOrderMark,
				splitEveryRows: 0,
				nameOf: () => `${name}.csv`,
			});
			rejectedFiles += files.length;
			const nextStep =
				'Correct the rows (the first column says why each was rejected) and pass this file to Mediarails CSV again.';
			return files.map((file) => ({
				...itemOf(file, { brand, source: source.name, nextStep }),
				pairedItem: item === undefined ? pairedItem : { item },
			}));
		},
	};
}

/** Stores a table as CSV; the mark comes before its header. */
async function storeTable(
	store: BinaryStore,
	{ columns, rows }: PartnerTable<(values: readonly string[]) => void>,
	{ mark, ...settings }: Omit<LineFileSettings, 'opening' | 'mimeType'> & { mark: string },
): Promise<StoredFile[]> {
	const lines = new LineBytes();
	return await storeLines(
		store,
		rows((values) => lines.add(csvLine(values))),
		lines,
		{ ...settings, opening: () => mark + csvLine(columns), mimeType: 'text/csv' },
	);
}
