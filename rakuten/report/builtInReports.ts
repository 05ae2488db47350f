/** A report that every account has, as the dashboard's Choose Report menu names it. */
interface BuiltInReport {
	/** The part of the Get API URL between `/reports/` and `/filters`. */
	readonly key: string;
	readonly name: string;
	/** The accounts that have it. */
	readonly side: 'both' | 'publisher';
}

/**
 * The built-in reports whose key is known: Revenue by Day from Rakuten's help article, the others
 * observed in public code. Gross Sales and Commissions, Multi-Touch Commissioning and
 * Non-Commissionable Sales exist too, but their keys were seen nowhere; they can be reached by key.
 */
export const builtInReports: readonly BuiltInReport[] = [
	{ key: 'signature-orders-report', name: 'Signature Orders', side: 'publisher' },
	{ key: 'individual-item-report', name: 'Individual Item', side: 'both' },
	{ key: 'sales-and-activity-report', name: 'Sales and Activity', side: 'both' },
	{ key: 'signature-activity-report', name: 'Signature Activity', side: 'publisher' },
	{ key: 'revenue-report-by-day', name: 'Revenue by Day', side: 'both' },
	{ key: 'revenue-report-by-month', name: 'Revenue by Month', side: 'both' },
	{ key: 'link-type-report', name: 'Link Type', side: 'both' },
	{ key: 'product-success-report', name: 'Product Success', side: 'both' },
	{ key: 'offer-report', name: 'Offer', side: 'both' },
	{ key: 'media-optimization-report', name: 'Media Optimization', side: 'publisher' },
];

/** The report that is read where nobody named one. */
export const usualReportKey = builtInReports[0].key;

/**
 * What a report is called: as in the dashboard's menu if it is built in, otherwise by its key, of
 * whose percent codes those of visible characters are read.
 */
export function reportName(key: string): string {
	const builtIn = builtInReports.find((report) => report.key === key);
	return builtIn?.name ?? visibleText(key) ?? key;
}

/** Undefined where the codes are not UTF-8, or of characters that nobody sees. */
function visibleText(encoded: string): string | undefined {
	try {
		const text = decodeURIComponent(encoded);
		return /[\p{C}\p{Zl}\p{Zp}]/u.test(text) ? undefined : text;
	} catch {
		return undefined;
	}
}
