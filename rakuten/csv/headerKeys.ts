/**
 * Keys for a header's columns, one for each and all different, so that no value is lost. A header
 * that is empty, occurred before or is a name on JavaScript's object prototype (`constructor`,
 * `__proto__`) gets its position, counted from 1: `Sales (4)`, `Column (7)`.
 */
export function headerKeys(header: readonly string[]): string[] {
	const taken = new Set<string>();
	// Headers that can stay unchanged come first, so that no made-up key takes one of their names.
	const keys = header.map((text) => {
		const usable = text !== '' && !(text in Object.prototype) && !taken.has(text);
		if (usable) taken.add(text);
		return usable ? text : undefined;
	});
	return keys.map((key, index) => {
		if (key !== undefined) return key;
		const wanted = `${header[index] || 'Column'} (${index + 1})`;
		let free = wanted;
		for (let number = 2; taken.has(free); number += 1) free = `${wanted} (${number})`;
		taken.add(free);
		return free;
	});
}
