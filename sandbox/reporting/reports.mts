import type { Side } from '../host/tokens.mts';
import { columnOf, type Column } from './columns.mts';

/** A report as someone saved it in the dashboard, or as Rakuten ships it. */
export interface ReportDefinition {
	/** As in the path: case and percent-encoding count. */
	key: string;
	name: string;
	/** Who may run it. */
	side: Side | 'both';
	columns: string[];
	/** `line`: a row for every line; `aggregate`: a row for every combination of its dimensions. */
	level: 'line' | 'aggregate';
	/** Only lines that nothing is paid for. */
	unpaidOnly?: boolean;
}

/** A definition whose columns are resolved. */
export interface Report extends ReportDefinition {
	resolved: Column[];
}

const ACTIVITY = '# of Impressions,# of Clicks,# of Orders,Sales,Total Commission';

const ORDER_ITEM =
	'Order ID,Transaction Date,Transaction Time,MID,Advertiser Name,SKU,Product Name,Sales,' +
	'# of Items,Total Commission';

/** Reports every account has. */
const BUILT_IN: ReportDefinition[] = [
	aggregate('sales-and-activity-report', 'Sales and Activity', `MID,Advertiser Name,${ACTIVITY}`),
	aggregate('revenue-report-by-day', 'Revenue by Day', `Transaction Date,${ACTIVITY}`),
	aggregate(
		'revenue-report-by-month',
		'Revenue by Month',
		`Transaction Month and Year,${ACTIVITY}`,
	),
	aggregate('link-type-report', 'Link Type', `Link Type,${ACTIVITY}`),
	aggregate(
		'product-success-report',
		'Product Success',
		'MID,Advertiser Name,SKU,Product Name,# of Items,Sales,Total Commission',
	),
	aggregate('offer-report', 'Offer', `MID,Advertiser Name,Offer ID,Offer Name,${ACTIVITY}`),
	aggregate(
		'signature-activity-report',
		'Signature Activity',
		'Member ID (U1),MID,Advertiser Name,# of Clicks,Sales,Total Commission',
		'publisher',
	),
	{
		...lines(
			'media-optimization-report',
			'Media Optimization',
			'Member ID (U1),MID,Advertiser Name,Non-Commissionable Order ID,Transaction Date,' +
				'Transaction Time,Non-Commissionable Sales,Non-Commissionable Items,' +
				'Non-Commissionable Reason',
		),
		unpaidOnly: true,
	},
	lines('individual-item-report', 'Individual Item', ORDER_ITEM, 'both'),
	lines(
		'signature-orders-report',
		'Signature Orders',
		'Member ID (U1),MID,Advertiser Name,Order ID,Transaction Date,Transaction Time,SKU,Sales,' +
			'# of Items,Total Commission,Process Date,Process Time',
	),
];

/** Reports this account has saved, under the kinds of keys that saved names give. */
const SAVED: ReportDefinition[] = [
	lines(
		'earnings-recommended',
		'Earnings (recommended)',
		'Transaction ID,Order ID,MID,Advertiser Name,SKU,Product Name,Member ID (U1),Currency,' +
			'Transaction Date,Transaction Time,Process Date,Process Time,Sales,# of Items,' +
			'Total Commission,Network,Offer ID,Commission Status',
	),
	aggregate(
		'quanti-report',
		'QUANTI report',
		'Transaction Date,# of impressions,# of Clicks,# of orders,Gross Commissions,' +
			'Total Commissions,Sales,Order ID,Sub-Publihser ID,Sub-Publisher Name,Sub-Publisher URL,' +
			'Publisher Group ID,Publisher Group Name,Publisher ID,Publisher Name,Publisher URL,' +
			'Offer ID,Offer Name,Link Id,Link Name',
	),
	aggregate(
		'mr-publisher-report',
		'mr-publisher-report',
		'# of Clicks,# of Impressions,Publisher Group Name,Publisher ID,Publisher Name,Publisher URL',
		'advertiser',
	),
	lines(
		'api-orders-report',
		'API orders report',
		`${ORDER_ITEM},Transaction ID,Currency,Process Date,Process Time,Member ID (U1)`,
	),
	lines(
		'reporting-portal%3A-transaction',
		'Reporting portal: transaction',
		`Transaction ID,Network ID,${ORDER_ITEM},Currency`,
	),
	lines(
		'Individual-Item-Report-%2B-Transaction-ID-%2B-Currency',
		'Individual Item Report + Transaction ID + Currency',
		`${ORDER_ITEM},Transaction ID,Currency`,
	),
];

function aggregate(
	key: string,
	name: string,
	columns: string,
	side: Side | 'both' = 'both',
): ReportDefinition {
	return { key, name, side, columns: columns.split(','), level: 'aggregate' };
}

function lines(
	key: string,
	name: string,
	columns: string,
	side: Side | 'both' = 'publisher',
): ReportDefinition {
	return { key, name, side, columns: columns.split(','), level: 'line' };
}

/** The reports of the account, by key. */
export class Reports {
	#reports = new Map<string, Report>();

	constructor() {
		for (const definition of [...BUILT_IN, ...SAVED]) this.save(definition);
	}

	/** Saves a report; one saved under the same key is replaced, a built-in one as well. */
	save(given: Partial<ReportDefinition> & Pick<ReportDefinition, 'key' | 'columns'>): Report {
		const { key, columns } = given;
		const isText = (value: unknown) => typeof value === 'string';
		if (!isText(key) || !/^[^/?#\s]+$/.test(key)) throw new Error('a report needs a key');
		if (!Array.isArray(columns) || columns.length === 0 || !columns.every(isText)) {
			throw new Error('a report needs columns, a list of headers');
		}
		const report: Report = {
			name: key,
			side: 'both',
			level: 'line',
			...given,
			resolved: columns.map(columnOf),
		};
		this.#reports.set(key, report);
		return report;
	}

	remove(key: string): boolean {
		return this.#reports.delete(key);
	}

	/** Compared as it is, without decoding. */
	get(key: string): Report | undefined {
		return this.#reports.get(key);
	}

	list(): ReportDefinition[] {
		return [...this.#reports.values()].map(({ resolved: _, ...definition }) => definition);
	}
}
