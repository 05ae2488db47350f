import type { EventLine } from './eventLine';
import type { CurrencySource, ReportRow } from './reportRow';

/** Where a line was read from. */
export type LineSource = 'events' | 'report';

/** A line with the same names whichever source it came from; null for what a source lacks. */
export interface SourcedLine extends Omit<EventLine, 'currencySource'> {
	currencySource: CurrencySource | null;
	source: LineSource;
}

export const lineFromEvents = (line: EventLine): SourcedLine => ({ ...line, source: 'events' });

/**
 * A report's row (normalized, from a report with a Transaction ID) as a line. Reports contain
 * neither how a line was recorded nor its event flag; their commission is the total, the Events
 * API's the base commission.
 */
export function lineFromReport(row: ReportRow): SourcedLine {
	const text = (name: string) => (row[name] === undefined ? null : (row[name] as string | null));
	return {
		lineId: row.lineId ?? '',
		orderKey: row.orderKey,
		kind: row.kind,
		transactionId: text('transactionId'),
		siteId: text('siteId') ?? text('publisherId'),
		advertiserId: text('advertiserId'),
		orderId: text('orderId'),
		offerId: text('offerId'),
		sku: text('sku'),
		productName: text('productName'),
		quantity: (row.quantity as number | null | undefined) ?? null,
		saleAmount: text('saleAmount'),
		commission: text('commission'),
		currency: row.currency,
		currencySource: row.currencySource,
		transactionDate: text('transactionDate'),
		processDate: text('processDate'),
		transactionType: null,
		isEvent: null,
		u1: text('u1'),
		commissionListId: null,
		lockStatus: text('lockStatus'),
		orderAutoLockDate: text('orderAutoLockDate'),
		source: 'report',
	};
}
