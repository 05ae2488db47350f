import { withoutEnds } from '../../withoutEnds';

/**
 * The parts of a URL cell that are not URLs. Publishers write bare domains, and several URLs
 * separated by spaces, line ends, commas, semicolons or bars; all of that is normal. A cell that is
 * longer than any list of URLs is not looked through: it has a finding of its own.
 */
export function badUrls(cell: string): string[] {
	if (cell.length > longestCell) return [];
	// The semicolon of an entity, as in `?a=1&amp;b=2`, separates nothing.
	const parts = cell.replaceAll('&amp;', '&').split(/[\s;|]+/);
	return parts.flatMap((part) => {
		const url = withoutEnds(part, /[,"'>)\]]/, /[,"'<([]/);
		if (url === '' || isUrl(url)) return [];
		// A comma may be part of a path: that is why a URL as a whole comes before several.
		return url.includes(',') ? url.split(',').filter((each) => !isUrl(each)) : [part];
	});
}

/** No list of a publisher's URLs is longer. */
export const longestCell = 4000;

const label = String.raw`[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_-]{0,61}[\p{L}\p{M}\p{N}])?`;
const webAddress = new RegExp(
	String.raw`^(?:https?:)?(?:\/\/)?(?:[^\s/?#@]+@)?(?:${label}\.)+(?:\p{L}[\p{L}\p{M}]+|xn--[\w-]+)\.?(?::\d{1,5})?(?:[/?#].*)?$`,
	'iu',
);

/** Links to apps, where some publishers are. */
const appLink = /^(?:itms-apps|market|android-app|ios-app):\/\/\S+$/i;

const isUrl = (text: string) => webAddress.test(text) || appLink.test(text);
