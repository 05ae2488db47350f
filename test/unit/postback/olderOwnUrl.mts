/** Our postback URL as versions before the key came first registered it. */
export function olderOwnUrl({
	address,
	key,
	before,
}: {
	address: string;
	key: string;
	before?: { url: string; isActive: boolean };
}): string {
	const fields = [
		...['etransaction_id', 'advertiser_id', 'sid', 'order_id', 'offer_id', 'sku_number'],
		...['sale_amount', 'quantity', 'commissions', 'process_date', 'transaction_date'],
		...['transaction_type', 'product_name', 'u1', 'currency', 'is_event', 'commissions_list_id'],
	].map((name) => `${name}=<${name}>`);
	const copy = before
		? `&before=${before.isActive ? 'Y' : 'N'}${Buffer.from(before.url).toString('base64url')}`
		: '';
	return `${address}?${fields.join('&')}&key=${key}${copy}`;
}
