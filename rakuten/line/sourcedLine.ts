import type { EventLine } from './eventLine';
import type { CurrencySource, ReportRow } from './reportRow';

/** Where a line was read. */
export type LineSource = 'events' | 'report';

/** A line under the same names whichever source it came from; what a source does not tell is null. */
export interface SourcedLine extends Omit<EventLine, 'currencySource'> {
	currencySource: CurrencySource | null;
	source: LineSource;
}

export const lineFromEvents = (line: EventLine): SourcedLine => ({ ...line, source: 'events' });

/**
 * A report's row (normalized, of a report with Transaction ID) as a line. Reports tell neither how a
 * line was recorded nor its event flag; their commission is the total, the Events API's the base.
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
		source: 'report',
	};
}
