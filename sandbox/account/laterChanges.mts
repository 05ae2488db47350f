import { dayOf, instantOf, orderKey, type Account, type LineFilter } from './account.mts';
import { correctionOf } from './generator.mts';
import { kindOf, type Line } from './lines.mts';
import { minorUnits } from './money.mts';
import { Random } from './random.mts';

const DAY = 86_400;

/**
 * Changes the commission of sales in place, as an adjusted rate does: same line, other amount.
 * @param change a percentage of the old commission (rounded), or the new amount as decimal text
 * @returns the lines changed
 */
export function restateCommission(
	account: Account,
	filter: LineFilter,
	change: { percent?: number; amount?: string },
): Line[] {
	const lines = matching(account, filter, (line) => kindOf(line) === 'sale');
	for (const line of lines) {
		line.commission =
			change.amount === undefined
				? Math.round((line.commission * (change.percent ?? 150)) / 100)
				: minorUnits(change.amount, line.advertiser.currency);
	}
	return lines;
}

/**
 * Shows the sub-IDs that are not matched yet; with `value`, lines that have none get this one.
 * @returns the lines whose sub-ID shows newly
 */
export function fillInU1(account: Account, filter: LineFilter, value?: string): Line[] {
	const lines = matching(
		account,
		filter,
		(line) => account.u1Of(line) === '' && (line.u1 !== '' || value !== undefined),
	);
	for (const line of lines) {
		line.u1 ||= value!;
		line.u1KnownFrom = 0;
	}
	return lines;
}

/**
 * Takes an order back, wholly or in part: new negative lines with the order's old transaction date
 * and a new process date. Unless an order or a line is named it picks the newest order older than
 * five days that has not been corrected.
 * @param share per cent of the amounts, 100 by default; below 100 one line is corrected
 * @param processed the day (`YYYY-MM-DD`, noon; one to come waits for the clock) or the instant (ISO)
 * of the process date; by default now, as the account's clock has it
 * @returns the new lines; none when no order fits
 */
export function addCorrection(
	account: Account,
	filter: LineFilter,
	share = 100,
	processed?: string,
): Line[] {
	const sales = matching(account, { ...filter, limit: undefined }, (line) => !line.correction);
	const isNamed = filter.orderId !== undefined || filter.transactionId !== undefined;
	const order = isNamed ? sales[0] : newestUncorrected(account, sales);
	if (!order) return [];
	const lines = sales.filter((line) => orderKey(line) === orderKey(order)).reverse();
	const { processAt, atOnce } = processDate(account, processed);
	const added = (share < 100 ? lines.slice(0, 1) : lines).map((line) => {
		const earlier = account.find({ orderId: line.orderId }).length;
		const random = new Random('late correction', line.transactionId, processAt, earlier);
		return { ...correctionOf(line, share, processAt, random.hex(32)), atOnce };
	});
	account.add(added);
	return added;
}

function processDate(account: Account, processed: string | undefined) {
	if (processed === undefined) return { processAt: account.clock, atOnce: true };
	if (processed.includes('T')) return { processAt: instantOf(processed), atOnce: true };
	const day = dayOf(processed);
	return { processAt: day * DAY + DAY / 2, atOnce: day <= dayOf(account.today) };
}

function newestUncorrected(account: Account, sales: readonly Line[]): Line | undefined {
	const corrected = new Set(
		account
			.find({})
			.filter((line) => line.correction)
			.map(orderKey),
	);
	return sales.find(
		(line) =>
			line.processAt < account.now - 5 * DAY &&
			kindOf(line) === 'sale' &&
			!corrected.has(orderKey(line)),
	);
}

/** Lines that fit the filter and the condition; the filter's limit counts these. */
function matching(
	account: Account,
	filter: LineFilter,
	condition: (line: Line) => boolean,
): Line[] {
	return account
		.find({ ...filter, limit: undefined })
		.filter(condition)
		.slice(0, filter.limit);
}
