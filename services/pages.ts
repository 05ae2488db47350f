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
	/** Whether no page follows a page with this many entries. */
	isLast(count: number): boolean;
}

/**
 * The entries of a list, page by page from 1. An entry that appears again on a later page, because
 * the list moved on in between, is returned once; one without an ID always.
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
	for (let number = 1; ; number++) {
		const page = await askPage(number);
		const { records } = page;
		const ends = JSON.stringify([records.length, records[0], records.at(-1)]);
		if (records.length > 0 && ends === before) throw samePage(rule);
		before = ends;
		yield { ...page, records: records.filter((entry) => isFirst(ids, entry[rule.id])) };
		if (rule.isLast(records.length)) return;
	}
}

const isFirst = (ids: KeyCounter, id: unknown) =>
	typeof id !== 'string' || id === '' || ids.count(id) === 1;

const samePage = ({ name }: PageRule) =>
	new ServiceProblem(
		'samePage',
		`${name} returned the same page twice, so some entries may be missing`,
		'Choose a shorter range. If this keeps happening, please open an issue.',
	);
