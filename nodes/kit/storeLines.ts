import type { IBinaryData } from 'n8n-workflow';

import { outcomeOf } from '../../rakuten/outcome';
import type { BinaryStore } from './BinaryStore';
import type { LineBytes } from './LineBytes';

/** A file in n8n's store, and how many rows it has. */
export interface StoredFile {
	readonly stored: IBinaryData;
	readonly rows: number;
	/** Its number, from 1. */
	readonly file: number;
}

export interface LineFileSettings {
	/** What each file begins with; asked for once there is a line. */
	readonly opening: () => string;
	/** Rows in one file; 0 for one file. */
	readonly splitEveryRows: number;
	/** Rows that the files hold already: the first of the new ones go into what room is left. */
	readonly rowsBefore?: number;
	/** Name of a file, by its number from 1. */
	readonly nameOf: (file: number) => string;
	readonly mimeType: string;
}

/**
 * Runs a generator that adds lines as it runs, and stores them as they come, in one file or in
 * several. If there are no lines, there is no file.
 */
export async function storeLines(
	store: BinaryStore,
	steps: AsyncGenerator<void>,
	lines: LineBytes,
	settings: LineFileSettings,
): Promise<StoredFile[]> {
	const most = settings.splitEveryRows || Number.POSITIVE_INFINITY;
	const files: StoredFile[] = [];
	let rowsInAll = settings.rowsBefore ?? 0;
	let failure: { cause: unknown } | undefined;

	/** Continues until a line waits; false at the end. */
	async function hasLines(): Promise<boolean> {
		while (!lines.waiting) {
			const step = await outcomeOf(steps.next());
			if (!step.ok) {
				failure = step;
				throw step.cause;
			}
			if (step.value.done) return false;
		}
		return true;
	}

	async function* bytesOfFile(written: { rows: number }): AsyncGenerator<Uint8Array> {
		const room = most - (rowsInAll % most);
		if (rowsInAll % most === 0) yield Buffer.from(settings.opening());
		while (written.rows < room && (await hasLines())) {
			const { bytes, rows } = lines.take(room - written.rows);
			written.rows += rows;
			yield bytes;
		}
	}

	while (await hasLines()) {
		const written = { rows: 0 };
		const file = Math.floor(rowsInAll / most) + 1;
		const name = settings.nameOf(file);
		const outcome = await outcomeOf(store.write(bytesOfFile(written), name, settings.mimeType));
		if (!outcome.ok) {
			await outcomeOf(steps.return(undefined));
			// What broke the reading says more than the stream that broke because of it.
			throw failure ? failure.cause : outcome.cause;
		}
		files.push({ stored: outcome.value, rows: written.rows, file });
		rowsInAll += written.rows;
	}
	return files;
}
