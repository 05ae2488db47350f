import type { ReadLines } from '../../rakuten/polling/pollLines';
import type { ItemFields } from '../../rakuten/polling/pollState';
import { RakutenProblem } from '../../rakuten/problem';

/** Where lines come from. */
export interface LineSource {
	/** Reads a window for a poll. */
	readonly read: ReadLines;
	/** Some recent lines for the editor, newest first; none where there are none. */
	sample(): Promise<ItemFields[]>;
}

/** How long a poll may take: n8n drops what comes later. */
export interface PollTime {
	/** When the poll has to be over, in milliseconds since 1970. */
	readonly endsAt: number;
	/** The whole of it, for texts. */
	readonly seconds: number;
}

/** So many lines are held at once. */
export const mostLinesInWindow = 100_000;

/** Items that the editor shows as a sample. */
export const sampleSize = 5;

/** Newest first, by process date. */
export function newest(lines: ItemFields[]): ItemFields[] {
	const date = ({ processDate }: ItemFields) => String(processDate ?? '');
	return [...lines].sort((a, b) => (date(a) < date(b) ? 1 : -1)).slice(0, sampleSize);
}

/** Even the smallest window is too much. */
export const tooManyLines = (remedy: string) =>
	new RakutenProblem(
		'tooManyLines',
		`Rakuten tells more lines at once than a poll can hold (${mostLinesInWindow.toLocaleString('en-US')})`,
		remedy,
	);
