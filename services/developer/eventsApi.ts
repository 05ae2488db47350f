import { millisecondsPerDay } from '../../rakuten/date/calendar';
import { second } from '../../rakuten/date/milliseconds';
import { eventFields } from '../../rakuten/line/eventLine';
import { outcomeOf } from '../../rakuten/outcome';
import { readFault } from '../../rakuten/service/readFault';
import type { ServiceContext } from '../context';
import { exactJson } from '../exactJson';
import { pages } from '../pages';
import { quoted, ServiceProblem } from '../problem';
import { nothing, saysNone } from './noRecords';
import { askDeveloperApi } from './developerApi';
import type { DeveloperConnection } from './developerApi';

/** What to ask the Events API for. */
export interface EventsQuery {
	/** Which of a line's two dates the window applies to. */
	readonly dateType: 'process' | 'transaction';
	/** ISO UTC. */
	readonly from: string;
	/** ISO UTC, included. In the past: a window that is still open grows between two pages. */
	readonly to: string;
	/** Three letters. */
	readonly currency?: string;
	readonly type?: 'realtime' | 'batch';
}

/**
 * Days back from now that the API answers for, with a day of margin: it refuses process dates older
 * than 30 days (observed) and transaction dates older than 100 (a client that cites the official
 * guide; an account may have less).
 */
export const eventsReachDays = { process: 29, transaction: 99 } as const;

/** The longest range that one request may have, both ends included. */
const longestRange = 30 * millisecondsPerDay;

/** Observed to work; 100 by default. */
const pageRows = 1000;

/** The API's own default. */
const usualPageRows = 100;

/** A page of the answer. */
export interface EventPage {
	readonly records: ReadonlyArray<Record<string, unknown>>;
	/** When Rakuten answered, by its own clock (ms); undefined where it does not say. */
	readonly answeredAt: number | undefined;
}

/**
 * The records of a window as they came, page by page; numbers are texts. A window that is too long
 * for one request is read in ranges, the newest first, as the API has the newest lines first. An ID
 * that appears again on a later page, because the API moved its lines on, is returned once. Throws a
 * ServiceProblem, also if the API returns one page again and again: without end, or with lines left
 * out.
 */
export async function* eventPages(
	context: ServiceContext,
	connection: DeveloperConnection,
	query: EventsQuery,
): AsyncGenerator<EventPage> {
	const start = Date.parse(query.from);
	for (let end = Date.parse(query.to); end >= start; end -= longestRange) {
		const from = new Date(Math.max(end - longestRange + second, start)).toISOString();
		yield* rangePages(context, connection, { ...query, from, to: new Date(end).toISOString() });
	}
}

async function* rangePages(
	context: ServiceContext,
	connection: DeveloperConnection,
	query: EventsQuery,
): AsyncGenerator<EventPage> {
	yield* pages(
		async (page): Promise<EventPage> => {
			const request = {
				method: 'GET',
				path: '/events/1.0/transactions',
				query: {
					[`${query.dateType}_date_start`]: written(query.from),
					[`${query.dateType}_date_end`]: written(query.to),
					...(query.currency !== undefined && { currency: query.currency }),
					...(query.type !== undefined && { type: query.type }),
					limit: String(pageRows),
					page: String(page),
				},
			} as const;
			const asked = await outcomeOf(askDeveloperApi(context, connection, request, exactJson));
			if (asked.ok) {
				const { value, answeredAt } = asked.value;
				return { records: recordsIn(value), answeredAt };
			}
			if (saysNone(asked.cause)) return { records: [], answeredAt: undefined };
			throw isOlderRefused(query, asked.cause) ? olderRefused(asked.cause) : asked.cause;
		},
		{
			name: 'The Events API',
			id: 'etransaction_id',
			usualEntries: usualPageRows,
		},
	);
}

/** A refusal of transaction dates that are older than any process date may be. */
const isOlderRefused = ({ dateType, from }: EventsQuery, cause: unknown): cause is ServiceProblem =>
	dateType === 'transaction' &&
	Date.parse(from) < Date.now() - eventsReachDays.process * millisecondsPerDay &&
	cause instanceof ServiceProblem &&
	cause.problemName === 'badRequest';

const olderRefused = ({ message, said }: ServiceProblem) =>
	new ServiceProblem(
		'olderRefused',
		message,
		'Rakuten refuses the transaction dates of this range for this account.',
		{ said },
	);

/** `YYYY-MM-DD HH:mm:ss` in UTC: a space, and neither T nor Z. */
const written = (iso: string) =>
	new Date(iso).toISOString().replace('T', ' ').slice(0, 'YYYY-MM-DD HH:mm:ss'.length);

/**
 * A plain list, or one record alone, as the API's description has it; "No records found" in any
 * form is empty. Entries that are not records are kept under a name, to be reported as unreadable.
 */
function recordsIn(answer: unknown): Array<Record<string, unknown>> {
	// A 204: only an empty body would not be a valid answer.
	if (answer === undefined || answer === null) return [];
	if (!Array.isArray(answer)) {
		if (isTransaction(answer)) return [answer];
		const inside = listIn(answer);
		if (inside) return recordsIn(inside);
		const fault = readFault(JSON.stringify(answer));
		if (nothing.test(fault.words) && fault.words.length < longestNothing) return [];
		throw new ServiceProblem(
			'unexpectedAnswer',
			'The Events API did not return a list of transactions',
			"Check the 'Base URL' in the credential, or try again later.",
			{ said: quoted(fault, []) },
		);
	}
	return answer.map((each: unknown) =>
		typeof each === 'object' && each !== null && !Array.isArray(each)
			? (each as Record<string, unknown>)
			: { value: each },
	);
}

/** "No records found" and a little more; a longer text says something else as well. */
const longestNothing = 200;

const isTransaction = (answer: unknown): answer is Record<string, unknown> =>
	typeof answer === 'object' &&
	answer !== null &&
	eventFields.some((name) => Object.hasOwn(answer, name));

/** The list or record under `data`, as the sibling API for postbacks has it. */
function listIn(answer: unknown): unknown[] | undefined {
	const data = (answer as { data?: unknown } | null)?.data;
	if (Array.isArray(data)) return data as unknown[];
	return isTransaction(data) ? [data] : undefined;
}
