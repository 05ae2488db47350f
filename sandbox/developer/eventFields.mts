import { transactionTypeOf, type TransactionType } from '../account/advertisers.mts';
import type { FeedLine } from '../account/lines.mts';
import { decimalText } from '../account/money.mts';
import type { DeveloperSettings } from './developerSettings.mts';

/** What a record contains, by the names of the Events API; instants are seconds since 1970. */
export interface EventFields {
	etransaction_id: string;
	advertiser_id: number;
	sid: number;
	order_id: string;
	offer_id: number | undefined;
	sku_number: string;
	/** In units of the currency, not in cents. */
	sale_amount: number;
	quantity: number;
	commissions: number;
	process_date: number;
	transaction_date: number;
	transaction_type: TransactionType;
	product_name: string;
	u1: string;
	currency: string;
	is_event: boolean;
	commissions_list_id: string | undefined;
	lock_status?: 'LOCKED' | 'OPEN' | undefined;
	order_auto_lock_date?: number | undefined;
}

/** Names that a postback's macros may have. */
export const MACRO_NAMES: ReadonlyArray<keyof EventFields> = [
	'etransaction_id',
	'advertiser_id',
	'sid',
	'order_id',
	'offer_id',
	'sku_number',
	'sale_amount',
	'quantity',
	'commissions',
	'process_date',
	'transaction_date',
	'transaction_type',
	'product_name',
	'u1',
	'currency',
	'is_event',
	'commissions_list_id',
	'lock_status',
	'order_auto_lock_date',
];

/** Days from an order until it is locked. */
const LOCK_DAYS = 30;

/** @param siteId the first site's; the account's second site has the number after it */
export function eventFieldsOf(
	{ line, isEvent }: FeedLine,
	siteId: string,
	settings: DeveloperSettings,
): EventFields {
	const { advertiser } = line;
	const amount = (minor: number) => Number(decimalText(minor, advertiser.currency));
	// Which records lack what: by the id, so that it is the same every time.
	const sign = Number.parseInt(line.transactionId.slice(-1), 16) % 4;
	const tellsOffer = settings.offerIds === 'sometimes' ? sign > 0 : settings.offerIds === 'always';
	const tellsList = settings.commissionsListAs !== 'never' && sign === 1;
	const tellsLock = settings.lockStatus === 'told';
	const lockDate = line.transactionAt + LOCK_DAYS * 86_400;
	const offer = advertiser.offers[line.offer]!.id;
	return {
		etransaction_id: line.transactionId,
		advertiser_id: advertiser.mid,
		sid: Number(siteId) + (line.secondSite ? 1 : 0),
		order_id: line.orderId,
		offer_id: tellsOffer ? offer : undefined,
		sku_number: line.sku,
		sale_amount: amount(line.sales),
		quantity: line.quantity,
		commissions: amount(line.commission),
		process_date: line.processAt,
		transaction_date: line.transactionAt,
		transaction_type: transactionTypeOf(advertiser),
		product_name: line.productName,
		u1: line.u1,
		currency: advertiser.currency,
		is_event: isEvent,
		commissions_list_id: tellsList ? String(offer % 1000) : undefined,
		lock_status: tellsLock ? (lockDate <= line.processAt ? 'LOCKED' : 'OPEN') : undefined,
		order_auto_lock_date: tellsLock ? lockDate : undefined,
	};
}
