import type { FeedLine } from '../account/lines.mts';
import { jsonAnswer, v1Refusal, type Answer } from '../host/answers.mts';
import { decoded, rawQuery } from '../host/query.mts';
import type { Developer } from './developer.mts';
import type { DeveloperSettings } from './developerSettings.mts';
import { eventRow } from './eventRow.mts';

const DAY = 86_400;
const CURRENCIES = ['USD', 'CAD', 'GBP', 'EUR', 'BRL', 'AUD', 'JPY'];
const TYPES = ['realtime', 'batch'];

/** What is asked for; instants are seconds since 1970, both ends included. */
interface EventsRequest {
	process: { from: number; to: number } | undefined;
	transaction: { from: number; to: number } | undefined;
	limit: number;
	page: number;
	currency: string | undefined;
	type: string | undefined;
}

/**
 * `GET /events/1.0/transactions`: a bare JSON array, newest process date first. Nothing keeps a
 * page stable: lines that come while someone pages move the others on.
 */
export function answerEvents(developer: Developer, method: string, query: string): Answer {
	if (method !== 'GET') return v1Refusal(405, 'Method not allowed');
	const asked = readEventsRequest(query, developer);
	if (typeof asked === 'string') return v1Refusal(400, asked);
	const { feed, settings } = developer;
	const found = feed.lines().filter((feedLine) => fits(developer, asked, feedLine));
	if (settings.eventsOrder === 'newestFirst') found.reverse();
	const limit =
		settings.mostPerPage > 0 ? Math.min(asked.limit, settings.mostPerPage) : asked.limit;
	const start = (asked.page - 1) * limit;
	const page = found
		.slice(start, start + limit)
		.map((feedLine) => eventRow(feed.fieldsOf(feedLine), settings));
	if (page.length === 0) return noEvents(settings);
	return jsonAnswer(200, settings.eventsAs === 'oneAlone' && page.length === 1 ? page[0] : page);
}

function noEvents({ noEventsAs }: DeveloperSettings): Answer {
	switch (noEventsAs) {
		case 'list':
			return jsonAnswer(200, []);
		case 'message':
			return jsonAnswer(200, { message: 'No records found' });
		case 'notFound':
			return v1Refusal(404, 'No records found');
	}
}

function fits(
	{ settings, feed }: Developer,
	{ process, transaction, currency, type }: EventsRequest,
	feedLine: FeedLine,
): boolean {
	const { line } = feedLine;
	return (
		(!process || (line.processAt >= process.from && line.processAt <= process.to)) &&
		(!transaction ||
			(line.transactionAt >= transaction.from && line.transactionAt <= transaction.to)) &&
		(currency === undefined || line.advertiser.currency === currency) &&
		(type === undefined || feed.fieldsOf(feedLine).transaction_type === type) &&
		(settings.eventsOf === 'account' || !line.secondSite)
	);
}

/** @returns the request, or what is wrong with it */
function readEventsRequest(queryText: string, developer: Developer): EventsRequest | string {
	const query = new Map(
		rawQuery(queryText)
			.reverse()
			.map(([name, raw]) => [name, decoded(raw)]),
	);
	const { reachDays, transactionReachDays } = developer.settings;
	const process = readDates(query, 'process_date', reachDays, developer);
	const transaction = readDates(query, 'transaction_date', transactionReachDays, developer);
	const limit = wholeNumber(query, 'limit', 100);
	const page = wholeNumber(query, 'page', 1);
	const currency = query.get('currency');
	const type = query.get('type');
	for (const value of [process, transaction, limit, page]) {
		if (typeof value === 'string') return value;
	}
	if (currency !== undefined && !CURRENCIES.includes(currency)) {
		return `currency must be one of ${CURRENCIES.join(', ')}`;
	}
	if (type !== undefined && !TYPES.includes(type)) return `type must be one of ${TYPES.join(', ')}`;
	return { process, transaction, limit, page, currency, type } as EventsRequest;
}

/** Both dates of a pair or neither. */
function readDates(
	query: ReadonlyMap<string, string>,
	name: string,
	reachDays: number,
	developer: Developer,
): { from: number; to: number } | undefined | string {
	const start = query.get(`${name}_start`);
	const end = query.get(`${name}_end`);
	if (start === undefined && end === undefined) return undefined;
	if (start === undefined || end === undefined) {
		return `${name}_start and ${name}_end must be provided together`;
	}
	const [from, to] = [instantOf(start), instantOf(end)];
	if (from === undefined) return `${name}_start must have the format YYYY-MM-DD HH:mm:ss`;
	if (to === undefined) return `${name}_end must have the format YYYY-MM-DD HH:mm:ss`;
	if (from < earliestDate(developer, reachDays)) {
		return `${name}_start must not be more than ${reachDays} days in the past`;
	}
	if (reachDays > 0 && to - from > 30 * DAY) return `${name} range must not be longer than 30 days`;
	if (from > to) return `${name}_start must not be after ${name}_end`;
	return { from, to };
}

/** Seen on the real host: it takes no process dates older than 30 days, no orders older than 100. */
function earliestDate({ account }: Developer, reachDays: number): number {
	if (reachDays === 0) return -Infinity;
	// For an account on a made-up day, the reach counts from that day.
	const now = Math.min(Math.floor(Date.now() / 1000), account.clock);
	return now - reachDays * DAY;
}

/** `YYYY-MM-DD HH:mm:ss` in UTC, with a blank; neither `T` nor a zone is taken. */
function instantOf(text: string): number | undefined {
	if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
	const iso = `${text.replace(' ', 'T')}.000Z`;
	const ms = Date.parse(iso);
	return !Number.isNaN(ms) && new Date(ms).toISOString() === iso ? ms / 1000 : undefined;
}

function wholeNumber(
	query: ReadonlyMap<string, string>,
	name: string,
	byDefault: number,
): number | string {
	const text = query.get(name);
	if (text === undefined) return byDefault;
	if (/^\d{1,9}$/.test(text) && Number(text) >= 1) return Number(text);
	return `${name} must be greater than or equal to 1`;
}
