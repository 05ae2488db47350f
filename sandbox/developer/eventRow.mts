import type { DeveloperSettings } from './developerSettings.mts';
import type { EventFields } from './eventFields.mts';

/** A record as JSON has it in the Events API; fields without a value are left out. */
export function eventRow(fields: EventFields, settings: DeveloperSettings): object {
	const asText =
		settings.idsAs === 'mixed'
			? fields.etransaction_id.charCodeAt(0) % 2 === 0
			: settings.idsAs === 'text';
	const id = (value: number | undefined) => (asText ? value?.toString() : value);
	const listName = settings.commissionsListAs;
	return {
		etransaction_id: fields.etransaction_id,
		advertiser_id: id(fields.advertiser_id),
		sid: id(fields.sid),
		order_id: fields.order_id,
		[settings.offerIdAs]: id(fields.offer_id),
		sku_number: fields.sku_number,
		sale_amount: fields.sale_amount,
		quantity: fields.quantity,
		commissions: fields.commissions,
		process_date: dateString(fields.process_date),
		transaction_date: dateString(fields.transaction_date),
		transaction_type: fields.transaction_type,
		product_name: fields.product_name || undefined,
		u1: fields.u1 || undefined,
		currency: fields.currency,
		is_event: settings.isEventAs === 'boolean' ? fields.is_event : fields.is_event ? 'Y' : 'N',
		lock_status: fields.lock_status,
		order_auto_lock_date: fields.order_auto_lock_date && dateString(fields.order_auto_lock_date),
		...(listName !== 'never' && { [listName]: fields.commissions_list_id }),
	};
}

/** As JavaScript writes a date: `Wed Apr 15 2020 21:20:27 GMT+0000 (UTC)`. */
function dateString(instant: number): string {
	const [weekday, day, month, year, time] = new Date(instant * 1000)
		.toUTCString()
		.replace(',', '')
		.split(' ');
	return `${weekday} ${month} ${day} ${year} ${time} GMT+0000 (UTC)`;
}
