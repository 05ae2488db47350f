import type { Advertiser } from './advertisers.mts';

/**
 * One transaction line as the host keeps it: a SKU of an order, or a correction of one. Amounts are
 * minor units of `advertiser.currency`; instants are seconds since 1970.
 */
export interface Line {
	/** One per line, unlike the order id. */
	transactionId: string;
	advertiser: Advertiser;
	orderId: string;
	sku: string;
	productName: string;
	u1: string;
	/** Until then the sub-ID is not matched yet and shows as missing. */
	u1KnownFrom: number;
	/** When the customer ordered; a correction keeps it. */
	transactionAt: number;
	/** When the host recorded this line. */
	processAt: number;
	sales: number;
	commission: number;
	/** A correction keeps the number of items; only its amounts are negative. */
	quantity: number;
	/** Index into the advertiser's offers and links. */
	offer: number;
	link: number;
	/** Index into PUBLISHERS; the second own site is every fifteenth order's. */
	publisher: number;
	secondSite: boolean;
	correction: boolean;
	/** Known from the moment it was added, whatever its process date; other lines wait for the clock. */
	atOnce?: boolean;
}

/** Impressions and clicks of one link on one day; reports of lines never show them. */
export interface Activity {
	advertiser: Advertiser;
	at: number;
	offer: number;
	link: number;
	publisher: number;
	u1: string;
	impressions: number;
	clicks: number;
}

/** What the generator makes of one network's day. */
export interface Day {
	lines: Line[];
	activity: Activity[];
}

/**
 * What a line is: a correction reverses something (a sale or a commission below zero), a zero line
 * is a sale that nothing is paid for.
 */
export function kindOf(line: Line): 'sale' | 'correction' | 'zero' {
	if (line.sales < 0 || line.commission < 0) return 'correction';
	return line.commission === 0 ? 'zero' : 'sale';
}

/** A line as the Events API and the postback report it, event records included. */
export interface FeedLine {
	line: Line;
	/** True for an event: reported before its transaction, with its own id, and in no report. */
	isEvent: boolean;
}
