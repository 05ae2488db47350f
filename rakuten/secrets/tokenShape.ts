/**
 * The make of a report token, as public examples show it: base64 of the word `encrypted` followed by
 * a PHP-serialized array of the account's 64-character security token and its user type. Rakuten
 * documents none of this, so a token of another make is never refused for that alone.
 */

/** Base64 of `encrypted`: how every report token seen so far begins. */
export const tokenStart = 'ZW5jcnlwdGVk';

/** What was found where a report token begins. */
export type FoundToken = { readonly token: string } | 'cut off' | undefined;

/**
 * Finds a report token of the known make in any text: percent-encoded any number of times, broken
 * over lines, with words around it, without its padding. None of that can change which token is
 * meant, because its text says where it ends.
 */
export function findToken(text: string): FoundToken {
	const joined = percentDecoded(text.replace(/[\s\u200b-\u200d\ufeff\u00ad]+/g, ''));
	const start = joined.indexOf(tokenStart);
	if (start < 0) return undefined;
	const run = /^[A-Za-z0-9+/]+/.exec(joined.slice(start))?.[0] ?? '';
	const plain = Buffer.from(run, 'base64').toString('latin1');
	const whole = /^encrypteda:\d+:\{.*?;\}/s.exec(plain);
	if (whole) return { token: Buffer.from(whole[0], 'latin1').toString('base64') };
	return /^encrypted(?:$|a(?:$|:))/.test(plain) ? 'cut off' : undefined;
}

/** What a token of the known make says about itself; undefined for any other text. */
export function tokenContents(
	token: string,
): { securityToken?: string; userType?: string } | undefined {
	if (!token.startsWith(tokenStart)) return undefined;
	const plain = Buffer.from(token, 'base64').toString('latin1');
	return {
		securityToken: /"Token";s:\d+:"([^"]+)/.exec(plain)?.[1],
		userType: /"UserType";s:\d+:"([^"]+)"/.exec(plain)?.[1],
	};
}

/**
 * Percent-decodes ASCII until nothing changes, so that a token encoded twice is read too. Base64
 * has no `%`, so this can't decode too much.
 */
export function percentDecoded(text: string): string {
	let decoded = text;
	for (let round = 0; round < 4; round++) {
		const next = decoded.replace(/%([0-7][0-9A-Fa-f])/g, (_, hex: string) =>
			String.fromCharCode(parseInt(hex, 16)),
		);
		if (next === decoded) break;
		decoded = next;
	}
	return decoded;
}
