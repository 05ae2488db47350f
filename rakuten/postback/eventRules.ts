import type { EventLine } from '../line/eventLine';

/** Which lines a rule applies to; a condition that is left out matches any. */
export interface EventRule {
	readonly advertiserIds: readonly string[];
	readonly offerIds: readonly string[];
	readonly skus: readonly string[];
	/** True for early events (is_event Y) only, false for transactions (N) only. */
	readonly isEvent: boolean | undefined;
	readonly amount: 'positive' | 'zero' | 'negative' | undefined;
	/** Whether its lines are left out. */
	readonly discards: boolean;
	/** The name its lines get; empty for the usual one. */
	readonly eventName: string;
}

/** The first rule that applies to a line, by its number from 1 on. */
export interface MatchingRule {
	readonly number: number;
	readonly rule: EventRule;
}

const kindOfAmount = { positive: 'sale', zero: 'zero', negative: 'correction' } as const;

/** Finds the rule for a line; undefined if none applies. */
export function matchingRule(
	line: EventLine,
	rules: readonly EventRule[],
): MatchingRule | undefined {
	const index = rules.findIndex((rule) => isAbout(rule, line));
	return index < 0 ? undefined : { number: index + 1, rule: rules[index] };
}

function isAbout(rule: EventRule, line: EventLine): boolean {
	return (
		includes(rule.advertiserIds, line.advertiserId) &&
		includes(rule.offerIds, line.offerId) &&
		includes(rule.skus, line.sku) &&
		(rule.isEvent === undefined || rule.isEvent === line.isEvent) &&
		(rule.amount === undefined || kindOfAmount[rule.amount] === line.kind)
	);
}

const includes = (wanted: readonly string[], value: string | null) =>
	wanted.length === 0 || (value !== null && wanted.includes(value));

/** The texts of a list as a user writes it: separated by commas, semicolons or lines. */
export const readList = (text: string): string[] =>
	text
		.split(/[,;\n]/)
		.map((each) => each.trim())
		.filter((each) => each !== '');

/** The IDs of a list, which contain no spaces: separated by these as well. */
export const readIds = (text: string): string[] =>
	text.split(/[\s,;]+/).filter((each) => each !== '');

/**
 * The name of an event that no rule names: with value, without, or negative. The value is the
 * commission, or the sale amount if there is no commission. Without either it is just a conversion.
 */
export function defaultEventName({ kind }: EventLine): string {
	if (kind === 'sale') return 'Purchase';
	if (kind === 'zero') return 'Lead';
	return kind === 'correction' ? 'Correction' : 'Conversion';
}
