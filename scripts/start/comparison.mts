/** A figure of what was stored beside the one it should equal. */
export interface Comparison {
	name: string;
	stored: string;
	expected: string;
	/** Shown only where it differs. */
	isDetail: boolean;
}

export function comparison(
	name: string,
	stored: unknown,
	expected: unknown,
	isDetail = false,
): Comparison {
	return { name, stored: String(stored ?? 'none'), expected: String(expected ?? 'none'), isDetail };
}

/** Every currency that either has totals for, in order, with the totals of both. */
export function byCurrency<T extends { currency: string }>(
	stored: readonly T[],
	expected: readonly T[],
): Array<{ currency: string; stored: T | undefined; expected: T | undefined }> {
	const currencies = new Set([...stored, ...expected].map(({ currency }) => currency));
	const of = (totals: readonly T[], currency: string) =>
		totals.find((each) => each.currency === currency);
	return [...currencies].sort().map((currency) => ({
		currency,
		stored: of(stored, currency),
		expected: of(expected, currency),
	}));
}

/** The figures that differ, in words; empty when all are equal. */
export function differencesOf(comparisons: readonly Comparison[]): string[] {
	return comparisons
		.filter((each) => each.stored !== each.expected)
		.map((each) => `${each.name}: ${each.stored} instead of ${each.expected}`);
}

/** A table for the terminal. */
export function comparisonTable(
	comparisons: readonly Comparison[],
	heads: { stored: string; expected: string },
): string {
	const rows = comparisons
		.filter((each) => !each.isDetail || each.stored !== each.expected)
		.map((each) => [
			each.name,
			withSeparators(each.stored),
			withSeparators(each.expected),
			each.stored === each.expected ? 'equal' : 'DIFFERENT',
		]);
	const table = [['', heads.stored, heads.expected, ''], ...rows];
	const widths = table[0]!.map((_, column) =>
		Math.max(...table.map((cells) => cells[column]!.length)),
	);
	return table
		.map(([name, ...figures]) =>
			[
				name!.padEnd(widths[0]!),
				figures[0]!.padStart(widths[1]!),
				figures[1]!.padStart(widths[2]!),
				figures[2]!,
			]
				.join('   ')
				.trimEnd(),
		)
		.join('\n');
}

/** `1234567.50` → `1,234,567.50`. */
function withSeparators(number: string): string {
	return number.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
}
