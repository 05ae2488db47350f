/** A number with its noun, `1 row` or `2 rows`; `many` for nouns that do not just add an s. */
export const countText = (number: number, one: string, many = `${one}s`): string =>
	`${number} ${number === 1 ? one : many}`;
