import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { csvLine } from '../../rakuten/csv/csvLine';
import type { ReportRow } from '../../rakuten/line/reportRow';
import { RakutenProblem } from '../../rakuten/problem';
import type { ReportAnswer } from '../../services/reporting/reportingApi';
import { BinaryStore } from '../kit/BinaryStore';
import { LineBytes } from '../kit/LineBytes';
import { storeLines } from '../kit/storeLines';
import type { StoredFile } from '../kit/storeLines';
import type { ReportOutput, RowBatches } from './reportOutput';

interface FileSettings {
	readonly format: 'csv' | 'jsonl';
	readonly binaryField: string;
	/** File name without number and extension. */
	readonly baseName: string;
	/** Rows in one file; 0 for one file. */
	readonly splitEveryRows: number;
}

/**
 * Rows as a CSV or JSON Lines file in n8n's binary store. Each answer is written there while it is
 * read, so memory holds the rows of one batch, not the report; it counts only once it was read
 * whole. Files that several answers went into are joined at the end, from store to store.
 */
export class FileOutput implements ReportOutput {
	/** Runs of rows, each of one answer and one file. */
	private readonly pieces: StoredFile[] = [];
	private rows = 0;
	/** Of a CSV file, once a row has come: every row must have the same. */
	private columns: readonly string[] | undefined;
	private readonly store: BinaryStore;

	constructor(
		context: IExecuteFunctions,
		private readonly itemIndex: number,
		private readonly settings: FileSettings,
	) {
		this.store = new BinaryStore(context);
	}

	async take(batches: RowBatches, toStream: ReportAnswer['toStream']): Promise<void> {
		const { format, splitEveryRows } = this.settings;
		this.store.toStream = toStream;
		const lines = new LineBytes();
		let { columns } = this;
		async function* steps() {
			for await (const rows of batches) {
				for (const { json } of rows) {
					if (format === 'jsonl') lines.add(`${JSON.stringify(json)}\n`);
					else lines.add(csvLineOf(json, (columns ??= Object.keys(json))));
				}
				yield;
			}
		}
		const pieces = await storeLines(this.store, steps(), lines, {
			opening: () => (columns ? csvLine(columns) : ''),
			splitEveryRows,
			rowsBefore: this.rows,
			nameOf: (file) => this.nameOf(file),
			mimeType: this.mimeType,
		});
		this.columns = columns;
		for (const piece of pieces) {
			this.pieces.push(piece);
			this.rows += piece.rows;
		}
	}

	async finish(): Promise<INodeExecutionData[]> {
		const items: INodeExecutionData[] = [];
		for (const file of new Set(this.pieces.map((piece) => piece.file))) {
			const pieces = this.pieces.filter((piece) => piece.file === file);
			const stored = await this.joined(pieces, file);
			items.push({
				json: {
					fileName: stored.fileName ?? '',
					rows: pieces.reduce((sum, { rows }) => sum + rows, 0),
				},
				binary: { [this.settings.binaryField]: stored },
				pairedItem: { item: this.itemIndex },
			});
		}
		return items;
	}

	private async joined(pieces: readonly StoredFile[], file: number): Promise<IBinaryData> {
		if (pieces.length === 1) return pieces[0].stored;
		const { store } = this;
		async function* bytes() {
			for (const { stored } of pieces) yield* store.read(stored);
		}
		return await store.write(bytes(), this.nameOf(file), this.mimeType);
	}

	private nameOf(file: number): string {
		const { baseName, format, splitEveryRows } = this.settings;
		return `${baseName}${splitEveryRows > 0 ? `_${file}` : ''}.${format}`;
	}

	private get mimeType(): string {
		return this.settings.format === 'csv' ? 'text/csv' : 'application/jsonl';
	}
}

function csvLineOf(row: ReportRow, columns: readonly string[]): string {
	const names = Object.keys(row);
	if (names.length !== columns.length || !names.every((name, i) => name === columns[i])) {
		throw new RakutenProblem(
			'columnsChanged',
			'The columns of the report changed while it was being imported',
			'Somebody saved the report with other columns in the meantime. Import again.',
		);
	}
	return csvLine(Object.values(row));
}
