/**
 * The columns that Rakuten's reports are known to have, and their names and types in n8n.
 *
 * The list of headers comes from public connectors (106 headers, chrisgoddard/tap-rakuten; offers,
 * travel and commissioning lists, CsvToDatabaseInserter), Rakuten's help on advertiser reports, and
 * the default and payment reports. A saved report may contain any of them in any order, and others,
 * so columns are always found by header, never by position.
 */

/** How a column's text is read: `amount` is money in the row's currency, `count` a whole number. */
type ColumnType = 'text' | 'amount' | 'count' | 'ratio' | 'date' | 'time';

export interface KnownColumn {
	/** The header as written in the dashboard. */
	readonly header: string;
	/** The field name in a normalized row. */
	readonly name: string;
	readonly type: ColumnType;
	/** Other spellings seen in reports of other ages or sides, or in connectors. */
	readonly aliases?: readonly string[];
}

const column = (
	type: ColumnType,
	header: string,
	name: string,
	...aliases: string[]
): KnownColumn => ({ header, name, type, aliases });

const text = (header: string, name: string, ...aliases: string[]) =>
	column('text', header, name, ...aliases);
const amount = (header: string, name: string, ...aliases: string[]) =>
	column('amount', header, name, ...aliases);
const count = (header: string, name: string, ...aliases: string[]) =>
	column('count', header, name, ...aliases);
const ratio = (header: string, name: string, ...aliases: string[]) =>
	column('ratio', header, name, ...aliases);
const date = (header: string, name: string) => column('date', header, name);
const time = (header: string, name: string) => column('time', header, name);

export const knownColumns: readonly KnownColumn[] = [
	// The order line
	text('Transaction ID', 'transactionId', 'TID', 'eTransaction ID'),
	text('Order ID', 'orderId'),
	text('MID', 'advertiserId', 'Advertiser ID', 'Merchant ID'),
	text('Advertiser Name', 'advertiserName', 'Merchant Name', 'Advertiser'),
	text('SKU', 'sku', 'SKU Number', 'SKU #'),
	text('Product Name', 'productName'),
	text('Member ID (U1)', 'u1', 'Member ID', 'U1', 'Sub ID', 'Sub-ID (U1)'),
	text('Currency', 'currency', 'Currency Code'),
	text('Network', 'network', 'Network Name'),
	text('Network ID', 'networkId'),
	text('Site ID', 'siteId', 'SID'),
	date('Transaction Date', 'transactionDate'),
	time('Transaction Time', 'transactionTime'),
	date('Process Date', 'processDate'),
	time('Process Time', 'processTime'),
	text('Lock Status', 'lockStatus'),
	date('Order Auto Lock Date', 'orderAutoLockDate'),
	amount('Sales', 'saleAmount', 'Sale Amount'),
	count('# of Items', 'quantity', 'Quantity', 'Items'),
	amount('Total Commission', 'commission', 'Commissions', 'Commission'),

	// Other amounts of the line
	amount('Adjusted Commission', 'adjustedCommission'),
	amount('Average Item Value', 'averageItemValue'),
	amount('Average Order Value', 'averageOrderValue'),
	amount('Baseline Commission', 'baselineCommission'),
	amount('Actual Commission', 'actualCommission'),
	amount('Gross Commissions', 'grossCommissions'),
	amount('Gross Sales', 'grossSales'),
	amount('Gross Total Commissions', 'grossTotalCommissions'),
	amount('Cost Per Action (CPA)', 'costPerAction'),
	amount('Earnings Per Click (EPC)', 'earningsPerClick'),
	amount('Non-Commissionable Sales', 'nonCommissionableSales'),
	amount('Item Discount Amount', 'itemDiscountAmount'),
	amount('Order Discount Amount', 'orderDiscountAmount'),
	amount('Estimated Gross Total Cost', 'estimatedGrossTotalCost'),
	amount('Estimated Net Total Cost', 'estimatedNetTotalCost'),

	// Counts and ratios
	count('# of Cancelled Items', 'cancelledItems'),
	count('# of Clicks', 'clicks', 'Clicks'),
	count('# of Impressions', 'impressions', 'Impressions'),
	count('# of Net Items', 'netItems'),
	count('# of Orders', 'orders', 'Orders'),
	count('Publishers Per Group', 'publishersPerGroup'),
	count('Non-Commissionable Items', 'nonCommissionableItems'),
	count('Net Items Per Order', 'netItemsPerOrder'),
	ratio('Click Through Rate (CTR)', 'clickThroughRate'),
	ratio('Item Profit Margin', 'itemProfitMargin'),
	ratio('Orders/Click', 'ordersPerClick'),

	// Publishers, links, offers
	text('Publisher ID', 'publisherId'),
	text('Publisher Encrypted ID', 'publisherEncryptedId', 'Encrypted ID'),
	text('Publisher Name', 'publisherName', 'Publisher'),
	text('Publisher URL', 'publisherUrl'),
	text('Publisher Group ID', 'publisherGroupId'),
	text('Publisher Group Name', 'publisherGroupName'),
	text('Sub-Publisher ID', 'subPublisherId', 'Sub-Publihser ID'),
	text('Sub-Publisher Name', 'subPublisherName'),
	text('Sub-Publisher URL', 'subPublisherUrl'),
	text('Link ID', 'linkId'),
	text('Link Name', 'linkName'),
	text('Link Size', 'linkSize'),
	text('Link Type', 'linkType'),
	text('Offer ID', 'offerId'),
	text('Offer Name', 'offerName'),
	text('Offer Group ID', 'offerGroupId', 'Group Offer ID'),
	text('Offer Number', 'offerNumber'),
	text('Offer Rule', 'offerRule'),
	text('Commissioning List ID', 'commissionListId', 'Commission List ID'),
	text('Commissioning List Name', 'commissionListName', 'Commission List Name'),

	// The order and its items
	text('Order Status', 'orderStatus'),
	text('Commission Status', 'commissionStatus'),
	text('Order Coupon Code(s)', 'orderCouponCodes'),
	text('Item Coupon Code(s)', 'itemCouponCodes'),
	text('Product Brand', 'productBrand'),
	text('Product Category', 'productCategory'),
	text('Product Category 2', 'productCategory2'),
	text('Product Category 3', 'productCategory3'),
	text('Product Category 4', 'productCategory4'),
	text('Product Category 5', 'productCategory5'),
	text('Product Category ID', 'productCategoryId'),
	text('Product Category ID 2', 'productCategoryId2'),
	text('Product Category ID 3', 'productCategoryId3'),
	text('Product Category ID 4', 'productCategoryId4'),
	text('Product Category ID 5', 'productCategoryId5'),
	text('Product ID', 'productId'),
	text('Conversion Type', 'conversionType'),
	text('Merchant Store ID', 'storeId'),
	text('Sale Flag', 'saleFlag'),
	text('Non-Commissionable Order ID', 'nonCommissionableOrderId'),
	text('Non-Commissionable Reason', 'nonCommissionableReason'),
	text('Ship-To Country', 'shipToCountry'),
	text('Tax Exempt', 'taxExempt', 'Tax Excempt'),
	text('Converting Site Name', 'convertingSiteName'),
	text('Landing URL', 'landingUrl'),
	text('Referrer URL', 'referrerUrl'),

	// Travel
	text('Travel Type', 'travelType'),
	text('Accommodation Type', 'accommodationType'),
	text('Property Type', 'propertyType'),
	text('Vehicle Type', 'vehicleType'),
	date('Check In Date', 'checkInDate'),
	date('Check Out Date', 'checkOutDate'),
	date('Reservation Start Date', 'reservationStartDate'),
	date('Reservation End Date', 'reservationEndDate'),
	count('Stay Length', 'stayLength'),

	// Payments
	text('Payment ID', 'paymentId'),
	text('Payment Type', 'paymentType'),
	text('Payment Status', 'paymentStatus'),
	text('Transaction Payment Status', 'transactionPaymentStatus'),
	text('Check Number', 'checkNumber'),
	text('Invoice Number', 'invoiceNumber'),
	date('Invoice Date', 'invoiceDate'),
	date('Advertiser Payment Date', 'advertiserPaymentDate'),
	text('Advertiser Payment Memo', 'advertiserPaymentMemo'),
	amount('Total Commission Amount Paid', 'commissionPaid'),
	amount('Payment Amount', 'paymentAmount'),
	amount('Transaction Commissions', 'transactionCommissions'),
	amount('CPM & CPC Commissions', 'cpmAndCpcCommissions'),
	amount('Bonus Amount', 'bonusAmount'),
	amount('Adjustments', 'adjustments'),
	amount('Held Commissions', 'heldCommissions'),
	amount('Previously Held Commissions', 'previouslyHeldCommissions'),
	amount('Cancelled Commissions', 'cancelledCommissions'),
	amount('VAT/GST', 'vatOrGst'),
	date('Date', 'date'),
	time('Time', 'time'),
	text('Reason', 'reason'),

	// Advertisers
	text('Advertiser Description', 'advertiserDescription'),
	text('Commission Terms', 'commissionTerms'),
	text('Link to T&C', 'linkToTerms'),
	count('Return Days', 'returnDays'),
	text('Status', 'status'),

	// The consumer and the device
	text('Consumer City', 'consumerCity'),
	text('Consumer Country', 'consumerCountry'),
	text('Consumer Region', 'consumerRegion'),
	text('Consumer Connection Speed', 'consumerConnectionSpeed'),
	text('Click IP Address', 'clickIpAddress'),
	text('Customer ID', 'customerId'),
	text('Customer Score', 'customerScore'),
	text('Customer Status', 'customerStatus'),
	text('Browser', 'browser'),
	text('Browser Major Version', 'browserMajorVersion'),
	text('Browser Name', 'browserName'),
	text('Browser Version', 'browserVersion'),
	text('Device', 'device'),
	text('Mobile Operating System', 'mobileOperatingSystem'),
	text('In-Store Address', 'inStoreAddress'),
	text('In-Store City', 'inStoreCity'),
	text('In-Store Country', 'inStoreCountry'),
	text('In-Store ID', 'inStoreId'),
	text('In-Store Name', 'inStoreName'),
	text('In-Store State', 'inStoreState'),
	text('In-Store Zip Code', 'inStoreZipCode'),

	// Other dates and parts of dates
	date('Signature Match Date', 'signatureMatchDate'),
	time('Signature Match Time', 'signatureMatchTime'),
	date('Transaction Created On Date', 'transactionCreatedOnDate'),
	time('Transaction Created On Time', 'transactionCreatedOnTime'),
	date('Booking Consumed Date', 'bookingConsumedDate'),
	date('Order Ship Date', 'orderShipDate'),
	date('Transaction Week Begin Date', 'transactionWeekBeginDate'),
	date('Transaction Week End Date', 'transactionWeekEndDate'),
	text('Transaction Day of Week', 'transactionDayOfWeek'),
	text('Transaction Month', 'transactionMonth'),
	text('Transaction Month and Year', 'transactionMonthAndYear'),
	text('Transaction Month-Day', 'transactionMonthDay'),
	text('Transaction Year', 'transactionYear'),
	text('Process Day of Week', 'processDayOfWeek'),
	text('Process Month', 'processMonth'),
	text('Process Month and Year', 'processMonthAndYear'),
	text('Process Month-Day', 'processMonthDay'),
	date('Process Week Begin Date', 'processWeekBeginDate'),
	date('Process Week End Date', 'processWeekEndDate'),
	text('Process Year', 'processYear'),
];

/** A date column and the column with its time of day: together they are one instant. */
export const timeColumnOf: ReadonlyMap<string, string> = new Map([
	['transactionDate', 'transactionTime'],
	['processDate', 'processTime'],
	['signatureMatchDate', 'signatureMatchTime'],
	['transactionCreatedOnDate', 'transactionCreatedOnTime'],
	['date', 'time'],
]);

/**
 * A header without case, spaces, punctuation, "# of" and plural endings, so that `Total
 * Commissions`, ` total commission` and `TOTAL COMMISSION` are the same column.
 */
export function plainHeader(header: string): string {
	return header
		.replace(/^\uFEFF/, '')
		.toLowerCase()
		.replace(/(?:#|\bno\.?|\bnumber)\s+of\b|#of\b/g, ' ')
		.replace(/\(s\)/g, ' ')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim()
		.split(' ')
		.map((word) => (word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word))
		.join(' ');
}

const columnByPlainHeader: ReadonlyMap<string, KnownColumn> = new Map(
	knownColumns.flatMap((known) =>
		[known.header, ...(known.aliases ?? [])].map((header): [string, KnownColumn] => [
			plainHeader(header),
			known,
		]),
	),
);

/** For headers without blanks: `OrderID`. */
const columnByJoinedHeader: ReadonlyMap<string, KnownColumn> = new Map(
	[...columnByPlainHeader].map(([plain, known]): [string, KnownColumn] => [
		plain.replaceAll(' ', ''),
		known,
	]),
);

/** The known column that a report's header means, whatever its spelling, or undefined. */
export function knownColumn(header: string): KnownColumn | undefined {
	const plain = plainHeader(header);
	return (
		columnByPlainHeader.get(plain) ??
		columnByJoinedHeader.get(plain.replaceAll(' ', '')) ??
		columnByPlainHeader.get(plainHeader(header.trimEnd().replace(/\([A-Z]{3}\)$/, '')))
	);
}
