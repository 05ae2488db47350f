/**
 * What kind of line this is, by its amounts. Rakuten has no status field: a return or cancellation
 * is a new line with negative amounts and the original transaction date and order (help article on
 * transaction and process dates); LinkShare Japan may make the quantity negative instead. A zero
 * line is one that earns nothing (a coupon was used, an item is not eligible): it is legitimate and
 * kept.
 */
export type LineKind = 'sale' | 'correction' | 'zero';

/** Amounts are canonical decimal strings; undefined if the report has no such column. */
export function lineKind(
	saleAmount: string | null | undefined,
	commission: string | null | undefined,
	quantity: number | null | undefined,
): LineKind {
	if (isNegative(saleAmount) || isNegative(commission)) return 'correction';
	if (typeof quantity === 'number' && quantity < 0) return 'correction';
	return isZero(commission === undefined ? saleAmount : commission) ? 'zero' : 'sale';
}

const isZero = (amount: string | null | undefined) => !amount || !/[1-9]/.test(amount);
const isNegative = (amount: string | null | undefined) =>
	!!amount && amount.charCodeAt(0) === 45 && !isZero(amount);
