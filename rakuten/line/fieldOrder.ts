/** The fields of a line that a reader looks for first, in this order. */
const firstFields = [
	'transactionDate',
	'advertiserName',
	'productName',
	'quantity',
	'saleAmount',
	'commission',
	'currency',
	'kind',
	'u1',
	'lineId',
] as const;

/** Which fields of a line are wanted: the first ones, all of them, or those with these names. */
export type WantedFields = 'simplified' | 'all' | readonly string[];

/**
 * The names of a line's fields in the order a reader wants them, whatever order its source has: what
 * was sold, when, by whom and for how much, then everything else as it came, identifiers last.
 *
 * @param names the fields that the line has
 * @param wanted `simplified`: the first ten, of which a line may lack some; an advertiser without a
 * name is shown by its ID. Names: these fields in the order given, if the line has them
 */
export function orderedFields(names: readonly string[], wanted: WantedFields): string[] {
	const has = new Set(names);
	if (typeof wanted !== 'string') return [...new Set(wanted)].filter((name) => has.has(name));
	const first = firstFields
		.map((name) => (name === 'advertiserName' && !has.has(name) ? 'advertiserId' : name))
		.filter((name) => has.has(name));
	if (wanted === 'simplified') return first;
	const rest = [...has].filter((name) => !(firstFields as readonly string[]).includes(name));
	return [
		...firstFields.filter((name) => has.has(name)),
		...rest.filter((name) => !isIdentifier(name)),
		...rest.filter(isIdentifier),
	];
}

/** `orderId`, `orderKey`, `sku`: what names a thing and says nothing about it to a reader. */
const isIdentifier = (name: string) => /(?:Id|Key)$/.test(name) || name === 'sku';

/** A line with the wanted fields, in their order. */
export const withFields = <L extends object>(line: L, wanted: WantedFields): Partial<L> =>
	Object.fromEntries(
		orderedFields(Object.keys(line), wanted).map((name) => [name, line[name as keyof L]]),
	) as Partial<L>;
