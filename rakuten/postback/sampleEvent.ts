/** Events that a user can see before Rakuten sends the first. */
export const sampleNames = ['purchase', 'lead', 'correction'] as const;
export type SampleName = (typeof sampleNames)[number];

export const isSampleName = (name: unknown): name is SampleName =>
	sampleNames.some((each) => each === name);

/** The fields of a sample as a postback would bring them. */
export function sampleEvent(
	name: SampleName,
	siteId: string | undefined,
	now: Date,
): Record<string, string> {
	const processed = postbackDate(now);
	const sale = {
		etransaction_id: `SAMPLE${name.toUpperCase().padEnd(26, '0')}`,
		advertiser_id: '45904',
		sid: siteId ?? '3771737',
		order_id: '4000110733',
		offer_id: '1262960',
		sku_number: 'TRCAT5DB',
		sale_amount: '43.17',
		quantity: '1',
		commissions: '2.59',
		process_date: processed,
		transaction_date: processed,
		transaction_type: 'realtime',
		product_name: 'Trail running shoes',
		u1: 'summer-guide',
		currency: 'EUR',
		is_event: 'N',
	};
	if (name === 'purchase') return sale;
	if (name === 'lead') {
		return {
			...sale,
			order_id: '4000110734',
			sku_number: 'NEWSLETTER',
			product_name: 'Newsletter sign-up',
			sale_amount: '0',
			commissions: '0',
		};
	}
	return {
		...sale,
		sale_amount: '-43.17',
		commissions: '-2.59',
		transaction_date: postbackDate(new Date(now.getTime() - 3 * 86_400_000)),
	};
}

/** `2023-05-21T06:58:45.000+0000`, as postbacks write dates. */
const postbackDate = (date: Date) => `${date.toISOString().slice(0, 19)}.000+0000`;
