/**
 * A postback URL as it was meant. What Rakuten shows may have its markup written as entities
 * (`&amp;`, `&lt;`) or percent-encoded (`%3C`), or blanks at its ends: the letters differ from those
 * that were registered, the URL is the same.
 */
export function plainUrl(url: string): string {
	let plain = url.trim();
	// `&amp;amp;`: written twice.
	for (let times = 0; times < 3 && entity.test(plain); times++) {
		plain = plain.replace(entities, (_, name: string) => meanings[name.toLowerCase()] ?? '');
	}
	return plain.replace(/%3C/gi, '<').replace(/%3E/gi, '>').trim();
}

/** A URL without entities, everything else left as it is. */
export function withoutEntities(url: string): string {
	return entity.test(url)
		? url.replace(entities, (_, name: string) => meanings[name.toLowerCase()] ?? '')
		: url;
}

/** Whether two texts are the same URL, whatever the form that Rakuten shows one of them in. */
export const isSameUrl = (one: string, other: string): boolean => compared(one) === compared(other);

/** Scheme and host in small letters, and no usual port: they have no other meaning. */
function compared(url: string): string {
	const plain = plainUrl(url);
	return URL.canParse(plain) ? new URL(plain).href : plain;
}

const meanings: Readonly<Record<string, string>> = {
	amp: '&',
	'#38': '&',
	'#038': '&',
	'#x26': '&',
	lt: '<',
	'#60': '<',
	'#060': '<',
	'#x3c': '<',
	gt: '>',
	'#62': '>',
	'#062': '>',
	'#x3e': '>',
	quot: '"',
	'#34': '"',
	'#x22': '"',
	'#39': "'",
	'#039': "'",
	'#x27': "'",
	apos: "'",
	'#61': '=',
	'#x3d': '=',
	'#47': '/',
	'#x2f': '/',
};

const names = Object.keys(meanings).join('|');
const entity = new RegExp(`&(?:${names});`, 'i');
const entities = new RegExp(`&(${names});`, 'gi');
