/**
 * Keys for a header's columns, one each and all different, so that no value is lost: a header that
 * is empty, occurred before or is a name of JavaScript's object prototype (`constructor`,
 * `__proto__`) gets its position, counted from 1: `Sales (4)`, `Column (7)`.
 */
export function headerKeys(header: readonly string[]): string[] {
	const taken = new Set<string>();
	// Headers that can stay as they are come first, lest a made-up key take the name of one.
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
