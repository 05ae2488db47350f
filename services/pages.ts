import { KeyCounter } from '../rakuten/report/KeyCounter';
import { ServiceProblem } from './problem';

type Entry = Readonly<Record<string, unknown>>;

/** One page of a list, with whatever else is known of the answer. */
export interface Page {
	readonly records: readonly Entry[];
}

/** How a list is turned over. */
export interface PageRule {
	/** What the list is called in messages, e.g. "The Events API". */
	readonly name: string;
	/** The field that identifies an entry. */
	readonly id: string;
	/** What the length of a full page is a multiple of, as far as is known. */
	readonly usualEntries: number;
}

/**
 * The entries of a list, page by page from 1. How long a page may be is the service's own decision:
 * the list ends with a page that is shorter than one before it, or empty. An entry that appears
 * again, because the list moved on in between, is returned once where all of it is the same; one
 * without an ID always.
 *
 * @throws ServiceProblem if a page comes twice, which would continue without end or leave entries
 * out; and whatever `askPage` throws
 */
export async function* pages<P extends Page>(
	askPage: (number: number) => Promise<P>,
	rule: PageRule,
): AsyncGenerator<P> {
	const ids = new KeyCounter();
	let before: string | undefined;
	let longest = 0;
	for (let number = 1; ; number++) {
		const page = await askPage(number);
		const { records } = page;
		const ends = JSON.stringify([records.length, records[0], records.at(-1)]);
		if (records.length > 0 && ends === before) {
			// The whole list, from a service that does not turn it over: no full page has this length.
			if (records.length % rule.usualEntries !== 0) return;
			throw samePage(rule);
		}
		before = ends;
		yield { ...page, records: records.filter((entry) => isFirst(ids, entry, rule.id)) };
		if (records.length === 0 || records.length < longest) return;
		longest = records.length;
	}
}

/** Two entries under one ID that differ in anything are two. */
function isFirst(ids: KeyCounter, entry: Entry, idField: string): boolean {
	const id = entry[idField];
	return typeof id !== 'string' || id === '' || ids.count(sameText(entry)) === 1;
}

/** A text that is the same for equal entries, in whatever order their fields came. */
export const sameText = (entry: Entry): string =>
	JSON.stringify(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));

const samePage = ({ name }: PageRule) =>
	new ServiceProblem(
		'samePage',
		`${name} returned the same page twice, so some entries may be missing`,
		'Choose a shorter range. If this keeps happening, please open an issue.',
	);
