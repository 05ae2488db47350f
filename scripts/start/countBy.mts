/** How often each value occurs. */
export function countBy<T>(values: readonly T[], of: (value: T) => string): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[of(value)] = (counts[of(value)] ?? 0) + 1;
	return counts;
}
