/** The query as it is: names decoded, values not. */
export function rawQuery(query: string): Array<[name: string, raw: string]> {
	return query
		.split('&')
		.filter((pair) => pair !== '')
		.map((pair) => {
			const end = pair.indexOf('=');
			return end < 0 ? [decoded(pair), ''] : [decoded(pair.slice(0, end)), pair.slice(end + 1)];
		});
}

/** One percent-decoding of a query value; `+` is a blank, and bad escapes stay as they are. */
export function decoded(raw: string): string {
	const text = raw.replaceAll('+', ' ');
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
