import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { DecodedReport } from '../../rakuten/report/ReportDecoder';
import type { ReportAnswer } from '../../services/reporting/reportingApi';
import { outcomeOf } from '../../rakuten/outcome';
import type { Decode, Decoding, ReportOutput } from './reportOutput';
import { RowLines } from './RowLines';

export interface FileSettings {
	readonly format: 'csv' | 'jsonl';
	readonly binaryField: string;
	/** File name without number and extension. */
	readonly baseName: string;
	/** Rows in one file; 0 for one file. */
	readonly splitEveryRows: number;
}

/** A stored run of rows that belong to one file. */
interface Piece {
	readonly stored: IBinaryData;
	readonly rows: number;
	/** Number of the file it belongs to, from 0. */
	readonly file: number;
}

/**
 * Rows as a CSV or JSON Lines file in n8n's binary store. Each answer is written there while it is
 * read, so memory holds the rows of one network chunk, not the report; it counts only once it was
 * read whole. Files that several answers went into are joined at the end, from store to store.
 */
export class FileOutput implements ReportOutput {
	private readonly pieces: Piece[] = [];
	private columns: readonly string[] | undefined;
	private toStream: ReportAnswer['toStream'] | undefined;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly itemIndex: number,
		private readonly settings: FileSettings,
	) {}

	async take(answer: ReportAnswer, decode: Decode): Promise<DecodedReport> {
		this.toStream = answer.toStream;
		const lines = new RowLines(this.settings.format, this.columns);
		const reading = new Reading(decode(answer, { row: ({ json }) => lines.add(json) }), lines);
		const taken: Piece[] = [];
		try {
			await this.write(answer, reading, taken);
		} finally {
			await reading.close();
		}
		this.columns = lines.header;
		for (const piece of taken) this.pieces.push(piece);
		return reading.account!;
	}

	private async write(answer: ReportAnswer, reading: Reading, taken: Piece[]): Promise<void> {
		while (await reading.hasRows()) {
			const { file, room, opens } = this.place([...this.pieces, ...taken]);
			const written = { rows: 0 };
			const bytes = reading.bytes(room, opens, written);
			const stored = await outcomeOf(this.store(answer.toStream(bytes), file));
			// What broke the reading says more than the stream that broke because of it.
			if (!stored.ok) throw reading.failure ?? stored.cause;
			taken.push({ stored: stored.value, rows: written.rows, file });
		}
	}

	async finish(): Promise<INodeExecutionData[]> {
		const items: INodeExecutionData[] = [];
		const fileCount = (this.pieces.at(-1)?.file ?? -1) + 1;
		for (let file = 0; file < fileCount; file++) {
			const pieces = this.pieces.filter((piece) => piece.file === file);
			const stored =
				pieces.length === 1
					? pieces[0].stored
					: await this.store(this.toStream!(this.joined(pieces)), file);
			const rows = pieces.reduce((sum, piece) => sum + piece.rows, 0);
			items.push({
				json: { fileName: stored.fileName ?? '', rows },
				binary: { [this.settings.binaryField]: stored },
				pairedItem: { item: this.itemIndex },
			});
		}
		return items;
	}

	/** The file that the next rows go into, how many it has room for, and whether they open it. */
	private place(pieces: readonly Piece[]): { file: number; room: number; opens: boolean } {
		const most = this.settings.splitEveryRows || Number.POSITIVE_INFINITY;
		const file = pieces.at(-1)?.file ?? 0;
		const rows = pieces.reduce((sum, piece) => sum + (piece.file === file ? piece.rows : 0), 0);
		return rows < most
			? { file, room: most - rows, opens: rows === 0 }
			: { file: file + 1, room: most, opens: true };
	}

	private async store(
		stream: Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0],
		file: number,
	): Promise<IBinaryData> {
		const { baseName, format, splitEveryRows } = this.settings;
		const number = splitEveryRows > 0 ? `_${file + 1}` : '';
		const mimeType = format === 'csv' ? 'text/csv' : 'application/jsonl';
		return await this.context.helpers.prepareBinaryData(
			stream,
			`${baseName}${number}.${format}`,
			mimeType,
		);
	}

	private async *joined(pieces: readonly Piece[]): AsyncGenerator<Uint8Array> {
		for (const { stored } of pieces) {
			if (stored.id === undefined) {
				yield Buffer.from(stored.data, 'base64');
				continue;
			}
			for await (const chunk of await this.context.helpers.getBinaryStream(stored.id)) {
				yield chunk as Uint8Array;
			}
		}
	}
}

/** One answer being read, whose rows are written to one stored piece after another. */
class Reading {
	account: DecodedReport | undefined;
	failure: unknown;

	constructor(
		private readonly decoding: Decoding,
		private readonly lines: RowLines,
	) {}

	/** Reads on until there is a row to write; false at the end of the answer. */
	async hasRows(): Promise<boolean> {
		while (!this.lines.waiting && this.account === undefined) {
			const step = await outcomeOf(this.decoding.next());
			if (!step.ok) {
				this.failure = step.cause;
				throw step.cause;
			}
			if (step.value.done) this.account = step.value.value;
		}
		return this.lines.waiting;
	}

	/** Ends the answer, also when the store would take no more of it. */
	async close(): Promise<void> {
		await this.decoding.return(undefined as never);
	}

	/** The bytes of up to `room` rows; `written` tells how many they were. */
	async *bytes(
		room: number,
		opensFile: boolean,
		written: { rows: number },
	): AsyncGenerator<Buffer> {
		if (opensFile) yield Buffer.from(this.lines.opening(), 'utf8');
		while (written.rows < room && (await this.hasRows())) {
			const { bytes, rows } = this.lines.take(room - written.rows);
			written.rows += rows;
			yield bytes;
		}
	}
}
