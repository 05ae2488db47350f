import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { LineFilter } from '../../rakuten/line/lineFilter';
import { planSources } from '../../rakuten/line/sourcePlan';
import type { SourcePlan } from '../../rakuten/line/sourcePlan';
import { resolveTimeWindow } from '../../rakuten/line/timeWindow';
import { oneOf, wholeNumber } from '../kit/fieldValue';
import { eventsReachDays } from '../../services/developer/eventsApi';
import { eventCurrencies } from '../RakutenAdvertising/resources/transaction/getMany.fields';

/** Everything that one run of Transaction > Get Many is to do, read from the node's fields. */
export interface TransactionPlan {
	readonly sources: SourcePlan;
	readonly filter: LineFilter;
	/** Lines to return at most. */
	readonly limit: number;
	readonly includeRaw: boolean;
}

/** Reads the fields of one item; throws a RakutenProblem where they don't make sense together. */
export function readTransactionPlan(
	context: IExecuteFunctions,
	itemIndex: number,
	siteId: string,
): TransactionPlan {
	const field = <T>(name: string, fallback: T) =>
		context.getNodeParameter(name, itemIndex, fallback) as T;
	const now = DateTime.utc();
	const window = resolveTimeWindow({
		preset: String(field('timeRange', 'last7Days')),
		start: momentText(field<unknown>('start', '')),
		end: momentText(field<unknown>('end', '')),
		now,
	});
	const dateType = oneOf(field<unknown>('lineDate', 'process'), 'Date Type', [
		'process',
		'transaction',
	]);
	const continues = field<boolean>('continueFromReport', false);
	return {
		sources: planSources(dateType, window, { now, reachDays: eventsReachDays, continues }),
		filter: readFilter(field<IDataObject>('filters', {}), siteId),
		limit: field<boolean>('returnAll', false)
			? Number.POSITIVE_INFINITY
			: wholeNumber(field<unknown>('limit', 50), 'Limit', 1),
		includeRaw: field<IDataObject>('options', {}).includeRaw === true,
	};
}

function readFilter(filters: IDataObject, siteId: string): LineFilter {
	const chosen = <T extends string>(name: string, label: string, choices: readonly T[]) =>
		filters[name] === undefined || filters[name] === ''
			? undefined
			: oneOf(filters[name], label, choices);
	const flag = chosen('eventFlag', 'Event Flag', ['events', 'transactions']);
	const u1 = String(filters.u1 ?? '').trim();
	return {
		currency: chosen('currency', 'Currency', eventCurrencies),
		transactionType: chosen('transactionType', 'Transaction Type', ['realtime', 'batch']),
		advertiserIds: String(filters.advertiserIds ?? '')
			.split(/[\s,;]+/)
			.filter((id) => id !== ''),
		isEvent: flag === undefined ? undefined : flag === 'events',
		u1: u1 === '' ? undefined : u1,
		siteId: chosen('sites', 'Sites', ['credential', 'all']) === 'all' ? undefined : siteId,
	};
}

/** A date field holds a text, or a date object where an expression made it. */
function momentText(value: unknown): string {
	if (value instanceof Date) return value.toISOString();
	const date = value as { toISO?: () => string | null } | null | undefined;
	return typeof date?.toISO === 'function' ? (date.toISO() ?? '') : String(value ?? '');
}
