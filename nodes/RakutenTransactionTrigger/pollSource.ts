import type { ReadLines } from '../../rakuten/polling/pollLines';
import type { ItemFields } from '../../rakuten/polling/pollState';
import { RakutenProblem } from '../../rakuten/problem';

/** Where lines come from. */
export interface PollSource {
	/** Reads a window for a poll. */
	readonly read: ReadLines;
	/** Some recent lines for the editor, newest first. */
	sample(): Promise<ItemFields[]>;
}

/** How long a poll may take: n8n discards what comes later. */
export interface PollTime {
	/** When the poll has to end, in milliseconds since 1970. */
	readonly endsAt: number;
	/** The whole time, for messages. */
	readonly seconds: number;
}

/** The number of lines that are held at once. */
export const mostLinesInWindow = 100_000;

/** Items that the editor shows as a sample. */
const sampleSize = 5;

/** Newest first, by process date. */
export function newest(lines: ItemFields[]): ItemFields[] {
	const date = ({ processDate }: ItemFields) => String(processDate ?? '');
	return [...lines].sort((a, b) => (date(a) < date(b) ? 1 : -1)).slice(0, sampleSize);
}

/** The problem to report when even the shortest window has too many lines. */
export const tooManyLines = (remedy: string) =>
	new RakutenProblem(
		'tooManyLines',
		`Rakuten returned more lines at once than a poll can hold (${mostLinesInWindow.toLocaleString('en-US')})`,
		remedy,
	);
